from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Ảnh và tài liệu")

    def ready(self) -> None:
        from PIL import Image
        from pillow_heif import register_heif_opener
        from wagtail.images.views import chooser, images, multiple

        from media import audit, signal_handlers  # noqa: F401
        from media.people import permissions
        from media.selectors import look_alikes
        from media.stores import checks  # noqa: F401

        register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
        # Sizes are judged by `media.intake.headers`, kind by kind and before Pillow decodes. Its
        # own bound would refuse on opening, before it can be told how large the picture is.
        Image.MAX_IMAGE_PIXELS = None
        # Wagtail's upload screens ask about a duplicate of the same bytes; ours look alike.
        chooser.find_image_duplicates = multiple.find_image_duplicates = look_alikes
        permissions.register()
        # Its list of pictures offers to add some: on our page, that a bad line doesn't undo.
        images.IndexView.add_url_name = "resumable_page"
        images.IndexView.add_item_label = _("Thêm ảnh")
