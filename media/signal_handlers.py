from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from media.models import Picture


@receiver(pre_delete, sender=Picture)
def released_pictures_stay(sender, instance, **kwargs) -> None:
    """A picture that the public sees isn't deleted: its story is withdrawn first."""
    if instance.is_public:
        raise PermissionDenied(
            _("Ảnh “%(title)s” đang được đăng nên không xóa được.") % {"title": instance.title}
        )
