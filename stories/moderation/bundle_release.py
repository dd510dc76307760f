"""A bundle's release, all of it or nothing, and what stops an approved bundle."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import services as trail
from accounts.audit.actions import Action
from media.stores.base import StorageDown
from stories.moderation import choices, notices, permissions
from stories.moderation.choices import Choice, Stopped
from stories.moderation.models import Bundle, BundleItem, ReviewState

Status = Bundle.Status
logger = logging.getLogger(__name__)


class Unreleasable(PermissionDenied):
    """Texts of the bundle can't be approved; `reasons` says why by the item's id."""

    def __init__(self, items: Sequence[BundleItem], reasons: Mapping[int, str]) -> None:
        self.reasons = reasons
        said = [f"“{item.title}”: {reasons[item.pk]}" for item in items if item.pk in reasons]
        super().__init__(_("Chưa đăng bài nào của chùm. %(why)s") % {"why": " ".join(said)})


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a bundle's release at its time went; `why` is empty when it was released."""

    title: str
    why: str = ""


def lock_reviews(ids: Iterable[int]) -> None:
    """Lock reviews until the transaction ends, always in the same order."""
    list(ReviewState.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk"))


def checked(items: Sequence[BundleItem], chosen: Sequence[Choice], user) -> dict[int, list[str]]:
    """The codes accepted for each item, if the user could approve every one at this moment.

    Raises Unreleasable with all that stand in the way.
    """
    by_page = _by_page(chosen)
    accepted, reasons = {}, {}
    for item in items:
        try:
            _eligible(item, user)
            if item.page_id not in by_page:
                raise Stopped(item.title, item.page_id, _not_chosen())
            accepted[item.pk] = choices.check(by_page[item.page_id], user)
        except Stopped as stopped:
            reasons[item.pk] = stopped.why
    if reasons:
        raise Unreleasable(items, reasons)
    return accepted


def keep(
    items: Sequence[BundleItem], chosen: Sequence[Choice], accepted: Mapping[int, list[str]]
) -> None:
    """Write to each item what was chosen for its text and `checked`."""
    by_page = _by_page(chosen)
    for item in items:
        choice = by_page[item.page_id]
        item.review_id, item.revision_id = choice.state_id, int(choice.revision_id)
        item.sha256, item.accepted = choice.sha256, accepted[item.pk]
        item.title = item.page.draft_title
        item.save()


def release(bundle: Bundle, user) -> Bundle:
    """Approve and release every text in the caller's transaction, by what its items keep.

    Exemplars first, so that stories tell of them. Raises Unreleasable, for the transaction to be
    undone; each text is tried, so that all reasons are known.
    """
    bundle.status, bundle.released_at = Status.RELEASED, timezone.now()
    bundle.save()
    bundle.items.update(is_open=False)
    items = sorted(bundle.items.select_related("page"), key=_exemplars_first)
    permissions.remember_offices(user)
    reasons = {}
    for item in items:
        choice = Choice(item.review_id or 0, item.revision_id, item.sha256, item.accepted, True)
        try:
            _eligible(item, user)
            choices.approve(choice, user)
        except Stopped as stopped:
            reasons[item.pk] = stopped.why
    if reasons:
        raise Unreleasable(items, reasons)
    on_record(Action.BUNDLE_RELEASED, bundle, user)
    return bundle


def release_due(now: datetime | None = None) -> list[Outcome]:
    """Release what is due, each bundle in its own transaction; one that fails stops no other.

    Safe to run again, late, and twice at once: a bundle is released only while it is approved.
    """
    now = now or timezone.now()
    due = list(Bundle.objects.due(now))
    return [outcome for bundle in due if (outcome := _release_one(bundle, now))]


def _release_one(bundle: Bundle, now: datetime) -> Outcome | None:
    reasons: Mapping[int, str] = {}
    why = ""
    try:
        with transaction.atomic():
            return _at_its_time(bundle, now)
    except Unreleasable as refusal:
        reasons, said = refusal.reasons, str(refusal)
    except OperationalError:  # the database was busy: the next run tries again
        logger.exception("Chùm bài %s chưa đăng được", bundle.pk)
        return Outcome(bundle.title, _("Cơ sở dữ liệu đang bận; lần chạy sau sẽ làm lại."))
    except StorageDown:
        logger.exception("Chùm bài %s chưa đăng được", bundle.pk)
        return Outcome(bundle.title, _("Kho tệp đang tạm ngừng; lần chạy sau sẽ làm lại."))
    except Exception:
        logger.exception("Chùm bài %s không đăng được", bundle.pk)
        why = said = _("Chưa đăng được vì lỗi kỹ thuật. Hãy báo quản trị viên.")
    stop(bundle.pk, reasons, why=why)
    return Outcome(bundle.title, said)


def _at_its_time(bundle: Bundle, now: datetime) -> Outcome | None:
    """None when another run was faster, or the bundle isn't approved any more."""
    lock_reviews(bundle.items.exclude(review=None).values_list("review", flat=True))
    trail.lock()
    still = Bundle.objects.due(now).select_for_update().filter(pk=bundle.pk).first()
    if still is None:
        return None
    release(still, still.approved_by)
    return Outcome(still.title)


def stop_for(items: QuerySet[BundleItem], why: str) -> None:
    """Something happened to these texts: their bundles, once approved, need attention."""
    for bundle_id, item_id in items.approved().values_list("bundle", "pk"):
        stop(bundle_id, {item_id: why})


def item_changed(uuid: UUID, why: str) -> None:
    """As `stop_for`, for a text by its id in the ledger."""
    stop_for(BundleItem.objects.filter(item=uuid), why)


@transaction.atomic
def stop(
    bundle_id: int, reasons: Mapping[int, str] | None = None, *, why: str = "", actor=None
) -> None:
    """An approved bundle becomes one that needs attention; Ban Tuyên giáo is told, once.

    `reasons` by the item's id, `why` for the whole. What happens to its texts later is noted too.
    """
    trail.lock()
    bundle = Bundle.objects.select_for_update().get(pk=bundle_id)
    if bundle.status not in Bundle.DECIDED:
        return
    stopped = bundle.items.filter(pk__in=reasons or {})
    for item in stopped:
        item.why = reasons[item.pk]
        item.save(update_fields=["why"])
    if bundle.status == Status.NEEDS_ATTENTION:
        return
    bundle.status, bundle.why = Status.NEEDS_ATTENTION, why[:500]
    bundle.save(update_fields=["status", "why"])
    by = [str(item.item) for item in stopped]
    on_record(Action.BUNDLE_FAILED, bundle, actor, stopped_by=by)
    # Once all that happens to its texts in this transaction is noted.
    transaction.on_commit(lambda: notices.bundle_stopped(bundle_id), robust=True)


def on_record(action: Action, bundle: Bundle, user, **data) -> None:
    data |= {"items": [str(item) for item in bundle.items.values_list("item", flat=True)]}
    if bundle.release_at:
        data["release_at"] = bundle.release_at.isoformat()
    trail.record(action=action, target=f"bundle:{bundle.pk}", actor=user, data=data)


def _eligible(item: BundleItem, user) -> None:
    """What `on_action` asks too, in words for those who read of it later. Raises Stopped."""
    if item.page is None:
        raise Stopped(item.title, None, _("Bài đã bị xóa."))
    if not permissions.on_board(user):
        why = _("%(person)s, người duyệt chùm, không còn thuộc Ban Tuyên giáo.")
    elif permissions.is_author(item.page, user):
        why = _("%(person)s là người viết hoặc người gửi bài này nên không được duyệt.")
    else:
        return
    raise Stopped(item.title, item.page_id, why % {"person": user})


def _by_page(chosen: Sequence[Choice]) -> dict[int, Choice]:
    """The choices by the page that their review is of."""
    reviews = ReviewState.objects.filter(pk__in=[choice.state_id for choice in chosen])
    pages = dict(reviews.values_list("pk", "workflow_state__object_id"))
    return {int(pages[choice.state_id]): choice for choice in chosen if choice.state_id in pages}


def _not_chosen() -> str:
    return _("Bài chưa đến bước Ban Tuyên giáo phê duyệt, hoặc chưa được đánh dấu đã đọc.")


def _exemplars_first(item: BundleItem) -> tuple[bool, int]:
    kind = item.page and getattr(item.page.specific_class, "item_type", "")
    return kind != "exemplar", item.pk
