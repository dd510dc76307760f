from __future__ import annotations

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from stories.pages.models import ExemplarPage, StoryPage


@receiver(pre_delete, sender=StoryPage)
@receiver(pre_delete, sender=ExemplarPage)
def deleting_withdraws(sender, instance, **kwargs) -> None:
    """A deleted page is withdrawn: what was public of it ends with a release, not with silence."""
    if instance.live:
        instance.left_the_public()
