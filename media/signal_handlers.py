from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from media.models import Picture


@receiver(pre_delete, sender=Picture)
def used_pictures_stay(sender, instance, **kwargs) -> None:
    """A picture that a page uses, public or in review, isn't taken from under it.

    But for the purge of what was withdrawn for good: no page may ever publish it.
    """
    if instance.is_used and not getattr(instance, "is_purged", False):
        raise PermissionDenied(
            _("Ảnh “%(title)s” đang dùng trong bài nên không xóa được.") % {"title": instance.title}
        )
