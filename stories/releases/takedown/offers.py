"""A corrected version instead of an end: offered to the unit's editors, published by nobody but the
usual way of approval."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import WorkflowState

from accounts.audit import services as audit
from accounts.audit.actions import Action
from accounts.notices.kinds import Kind
from accounts.notices.services import tell
from media.models import Consent, Depiction, Person, Picture
from stories.moderation.bundle_release import item_changed
from stories.moderation.notices import edit_link
from stories.moderation.permissions import authors
from stories.pages import people
from stories.pages.models.moderated import ModeratedPage
from stories.releases.models import Item, Release, Takedown, TakedownItem
from stories.releases.takedown import records
from stories.units.selectors import keepers

IN_REVIEW = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def wanted(part: TakedownItem) -> bool:
    """For a text that is withheld because of a person, and so may come back without her."""
    release = part.release
    return (
        release.item.type != Item.Type.PICTURE
        and release.kind == Release.Kind.WITHHELD
        and release.reason == Release.Reason.CONSENT
    )


@transaction.atomic
def offer(part: TakedownItem) -> None:
    """Save a draft without the canceled pictures, and tell the editors what is left to do; once.

    The draft has no author, so that nobody is kept from approving it.
    """
    part = TakedownItem.objects.select_for_update().get(pk=part.pk)
    page = records.page_of(part.item)
    if part.offered is not None or page is None or page.live:
        return
    draft = page.get_latest_revision_as_object()
    removed = _without_canceled(draft)
    if removed:
        draft.correction_note = _("Gỡ ảnh theo yêu cầu của người trong ảnh.")
        part.offered = draft.save_revision(user=None, log_action=False).pk
        audit.record(
            action=Action.TAKEDOWN_OFFERED,
            target=f"{part.item.type}:{part.item_id}",
            data={"revision": part.offered},
        )
    else:
        part.offered = 0
    part.save(update_fields=["offered"])
    _tell_editors(part, draft, removed)


def is_offered(part: TakedownItem) -> bool:
    page = records.page_of(part.item)
    found = TakedownItem.objects.filter(pk=part.pk).values_list("offered", flat=True).first()
    return found is not None or page is None or page.live


def _without_canceled(draft: ModeratedPage) -> int:
    """Take the canceled pictures from the draft, as it is in memory; how many places they had."""
    canceled = Item.objects.filter(type=Item.Type.PICTURE, kind=Release.Kind.CANCELED)
    gone = set(
        Picture.objects.filter(uuid__in=canceled.values("pk"), pk__in=_pictures(draft)).values_list(
            "pk", flat=True
        )
    )
    kept = [
        block
        for block in draft.body.raw_data
        if not (block["type"] == "picture" and block["value"].get("picture") in gone)
    ]
    removed = len(draft.body.raw_data) - len(kept) + (draft.lead_picture_id in gone)
    draft.body = StreamValue(draft.body.stream_block, kept, is_lazy=True)
    if draft.lead_picture_id in gone:
        draft.lead_picture = None
    return removed


def _pictures(draft: ModeratedPage) -> set[int]:
    blocks = [block["value"] for block in draft.body.raw_data if block["type"] == "picture"]
    return {value.get("picture") for value in blocks} - {None} | {draft.lead_picture_id} - {None}


def _tell_editors(part: TakedownItem, draft: ModeratedPage, removed: int) -> None:
    """The unit's editors, and who began the text."""
    red = [one for one in draft.publication_problems() if one.is_red]
    groups = [unit.editors_id for unit in keepers(draft.unit) if unit.editors_id]
    found = get_user_model().objects.filter(Q(groups__in=groups) | Q(pk=draft.owner_id))
    title = draft.get_admin_display_title()
    said = render_to_string(
        "releases/notices/offered.txt", {"title": title, "removed": removed, "red": red}
    )
    subject = _("Mời sửa bài đã tạm gỡ: %(title)s") % {"title": title}
    notices = tell(
        users=found.filter(is_active=True).distinct(),
        kind=Kind.TAKEDOWN,
        subject=subject,
        text=said,
        link=edit_link(draft),
    )
    records.tell(part.takedown, notices, "offered")


@transaction.atomic
def warn_reviews(takedown: Takedown) -> None:
    """Who works on a text with the person in it learns that it can't be approved as it is.

    Texts under review or returned, and those in bundles; approved bundles stop for a new look.
    """
    consent = Consent.objects.select_related("person").get(code=takedown.target)
    states = WorkflowState.objects.filter(status__in=IN_REVIEW).select_related(
        "current_task_state__revision"
    )
    for state in states.order_by("pk"):
        page = state.content_object and state.content_object.specific
        if not isinstance(page, ModeratedPage):
            continue
        draft = page.get_latest_revision_as_object()
        if _has(draft, consent):
            item_changed(draft.uuid, _("Có người trong bài rút lại sự đồng ý."))
            _warn(takedown, draft, state.requested_by_id)


def _has(draft: ModeratedPage, consent: Consent) -> bool:
    own = Person.objects.same_as(consent.person)
    shown = Depiction.objects.filter(person__in=own, picture__in=_pictures(draft))
    named = own.filter(uuid__in=people.named(draft))
    return named.exists() or shown.exists()


def _warn(takedown: Takedown, draft: ModeratedPage, sender: int | None) -> None:
    red = [one for one in draft.publication_problems() if one.is_red]
    if not red:
        return
    wanted_ = Q(pk__in=authors(draft)) | Q(pk__in=[sender, draft.owner_id])
    title = draft.get_admin_display_title()
    notices = tell(
        users=get_user_model().objects.filter(wanted_, is_active=True).distinct(),
        kind=Kind.TAKEDOWN,
        subject=_("Có người rút lại sự đồng ý: %(title)s") % {"title": title},
        text=render_to_string("releases/notices/in_review.txt", {"title": title, "red": red}),
        link=edit_link(draft),
    )
    records.tell(takedown, notices, "in_review")


def is_of_consent(takedown: Takedown) -> bool:
    return takedown.of == Takedown.Of.CONSENT
