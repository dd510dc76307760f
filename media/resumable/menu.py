from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from media.models import Picture


class UploadItem(MenuItem):
    """“Tải ảnh lên”, beside Wagtail's pictures, for those who may add some."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Tải ảnh lên"),
            reverse_lazy("resumable_page"),
            name="upload-pictures",
            icon_name="upload",
            order=299,
        )

    def is_shown(self, request) -> bool:
        return policy_registry.get_by_type(Picture).user_has_permission(request.user, "add")
