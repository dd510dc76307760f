"""Deleted pictures and documents on record: which, not what was on them."""

from __future__ import annotations

from django.db.models.signals import post_delete
from django.dispatch import receiver

from accounts.audit.actions import Action
from accounts.audit.services import record
from media.models import File, Picture


@receiver(post_delete, sender=Picture)
def picture_deleted(sender, instance, **kwargs) -> None:
    record(
        action=Action.MEDIA_DELETED,
        target=f"picture:{instance.uuid}",
        data={"sha1": instance.file_hash, "collection": instance.collection_id},
    )


@receiver(post_delete, sender=File)
def file_deleted(sender, instance, **kwargs) -> None:
    record(
        action=Action.MEDIA_DELETED,
        target=f"file:{instance.pk}",
        data={"sha1": instance.file_hash, "collection": instance.collection_id},
    )
