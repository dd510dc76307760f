from __future__ import annotations

from uuid import UUID

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_unpublished, post_page_move, published

from accounts.audit import services as audit
from stories.moderation.bundle_release import item_changed
from stories.moderation.services import note_checklist
from stories.pages.checklist import similar
from stories.pages.models import ExemplarPage, StoryPage
from stories.pages.models.moderated import ModeratedPage, approved
from stories.pages.services import sections
from stories.pages.signals import going_public, gone_private, schedule_changed
from stories.units.signals import tree_changed


@receiver(tree_changed)
def rights_follow_the_tree(sender, **kwargs) -> None:
    """A new unit can write, a closed one's heirs take over, without waiting for the night."""
    sections.sync()


@receiver(pre_delete, sender=StoryPage)
@receiver(pre_delete, sender=ExemplarPage)
def deleting_withdraws(sender, instance, **kwargs) -> None:
    """A deleted page is withdrawn: what was public of it ends with a release, not with silence."""
    if instance.live:
        instance.left_the_public()


@receiver(going_public)
def remember_words(sender, pages, **kwargs) -> None:
    """What goes public is what later texts are compared with, whichever way it went."""
    similar.remember(ready.content for ready in pages)


@receiver(gone_private)
def withdrawing_stops_its_bundle(sender, page, **kwargs) -> None:
    """A correction in a bundle is looked at again once the text itself was taken down."""
    item_changed(page.uuid, _("Bài đã được gỡ khỏi trang công khai."))


@receiver(page_unpublished, sender=StoryPage)
@receiver(page_unpublished, sender=ExemplarPage)
def unpublishing_withdraws(sender, instance, **kwargs) -> None:
    """Expiry and bulk actions unpublish Wagtail's bare page, past the page's own `save()`."""
    if not getattr(instance, "_left", False):
        instance.left_the_public()


@receiver(pre_save, sender=Revision)
def only_approved_is_scheduled(sender, instance, update_fields=None, **kwargs) -> None:
    """A time of publication is set only for an approved text. Raises NotApproved."""
    if not _is_about_time(instance, update_fields):
        return
    audit.lock()  # before the revision's own row: whoever withdraws takes them in this order
    if instance.approved_go_live_at is not None:
        approved([instance.as_object()])


@receiver(post_save, sender=Revision)
def a_time_was_set(sender, instance, update_fields=None, **kwargs) -> None:
    """Set, or taken back by itself (publishing clears it past this signal)."""
    if _is_about_time(instance, update_fields):
        schedule_changed.send(sender=sender, uuid=UUID(instance.content["uuid"]))


@receiver(published)
def a_schedule_was_replaced(sender, instance, **kwargs) -> None:
    """Wagtail clears the times of a page's other revisions past every signal; this one follows."""
    if isinstance(instance, ModeratedPage) and not instance.live:
        schedule_changed.send(sender=sender, uuid=instance.uuid)


def _is_about_time(revision: Revision, update_fields) -> bool:
    if not issubclass(revision.content_type.model_class(), ModeratedPage):
        return False
    return revision.approved_go_live_at is not None or "approved_go_live_at" in (
        update_fields or ()
    )


@receiver(post_delete, sender=StoryPage)
@receiver(post_delete, sender=ExemplarPage)
def a_deleted_page_has_no_time(sender, instance, **kwargs) -> None:
    schedule_changed.send(sender=sender, uuid=instance.uuid)


@receiver(post_page_move, sender=StoryPage)
@receiver(post_page_move, sender=ExemplarPage)
def a_moved_draft_changes_its_unit(sender, instance, parent_page_after, **kwargs) -> None:
    """What was never public is of the unit in whose section it lies; a story once told stays."""
    if instance.first_published_at is None:
        sender.objects.filter(pk=instance.pk).update(unit=parent_page_after.specific.unit)


@receiver(post_save, sender=PageLogEntry)
def comments_change_the_checklist(sender, instance, created, raw, **kwargs) -> None:
    """Lists of what waits show how many points are red, and an open comment is one."""
    if raw or not created or not instance.action.startswith("wagtail.comments."):
        return
    page = instance.page.specific
    state = page.current_workflow_task_state if isinstance(page, ModeratedPage) else None
    if state is not None and state.red is not None:
        note_checklist(state, state.revision.as_object().publication_problems())
