"""What Ban Tuyên giáo does with a bundle: put texts together, approve them, take them apart.

While a bundle is approved and waits for its time, two guards hold: its texts can't be approved
singly (`services.InBundle`), and whatever ends a text's review stops the bundle
(`signal_handlers`). A release closes its bundle first and then approves the texts, all in one
transaction: so the guards let them through, and an undone release leaves the bundle as it was.

Locks are taken in one order: reviews, the audit trail's head, the bundle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import services as trail
from accounts.audit.actions import Action
from stories.moderation import permissions
from stories.moderation.bundle_release import (
    checked,
    keep,
    lock_reviews,
    on_record,
    release,
    stop,
)
from stories.moderation.choices import Choice
from stories.moderation.models import Bundle, BundleItem

Status = Bundle.Status
MOST = 20  # texts: each is to be read


class Refused(PermissionDenied):
    """What was asked of the bundle can't be done; the message says why and what to do."""


@transaction.atomic
def create(
    *,
    user,
    title: str,
    note: str = "",
    release_at: datetime | None = None,
    told_to_press: bool = False,
    pages: Iterable = (),
) -> Bundle:
    """A new bundle with these pages (see `add`). Raises Refused."""
    _of_board(user)
    check_time(release_at)
    trail.lock()
    bundle = Bundle.objects.create(
        title=title,
        note=note,
        release_at=release_at,
        told_to_press=told_to_press,
        created_by=user,
    )
    on_record(Action.BUNDLE_CREATED, bundle, user)
    add(bundle=bundle, user=user, pages=pages)
    return bundle


@transaction.atomic
def change(
    *,
    bundle: Bundle,
    user,
    title: str,
    note: str,
    release_at: datetime | None,
    told_to_press: bool = False,
) -> None:
    """Raises Refused for an approved bundle, which is to be taken back first."""
    bundle = _locked(bundle, user, Status.PREPARING)
    check_time(release_at)
    bundle.title, bundle.note, bundle.release_at = title, note, release_at
    bundle.told_to_press = told_to_press
    bundle.save(update_fields=["title", "note", "release_at", "told_to_press"])


@transaction.atomic
def add(*, bundle: Bundle, user, pages: Iterable) -> None:
    """Put pages into a bundle in preparation, at whatever step of the workflow they are.

    Pages that it has already are passed over. Raises Refused for one without a text to release,
    one in another open bundle, and beyond `MOST`.
    """
    bundle = _locked(bundle, user, Status.PREPARING)
    wanted = {page.uuid: page for page in pages}
    held = BundleItem.objects.filter(is_open=True, item__in=wanted).select_related("bundle")
    for item in held:
        if item.bundle_id != bundle.pk:
            raise Refused(
                _("“%(title)s” đã nằm trong chùm “%(bundle)s”. Hãy rút bài ra khỏi chùm đó trước.")
                % {"title": item.title, "bundle": item.bundle}
            )
        del wanted[item.item]
    for page in wanted.values():
        if page.live and not page.has_unpublished_changes:
            raise Refused(_("“%(title)s” đã đăng và không có bản sửa nào.") % {"title": page.title})
    if bundle.items.count() + len(wanted) > MOST:
        raise Refused(
            _("Một chùm nhiều nhất %(most)d bài. Hãy bớt bài, hoặc lập thêm chùm.") % {"most": MOST}
        )
    BundleItem.objects.bulk_create(
        BundleItem(bundle=bundle, page_id=page.pk, item=page.uuid, title=page.draft_title)
        for page in wanted.values()
    )


@transaction.atomic
def remove(*, bundle: Bundle, user, item_id: int) -> None:
    """Take a text out; an approved bundle then needs attention, for it was approved as a whole."""
    bundle = _locked(bundle, user, *Bundle.OPEN)
    item = bundle.items.filter(pk=item_id).first()
    if item is None:
        raise Refused(_("Bài này không còn trong chùm."))
    item.delete()
    said = _("“%(title)s” đã được rút khỏi chùm.") % {"title": item.title}
    stop(bundle.pk, why=said, actor=user)


@transaction.atomic
def reopen(*, bundle: Bundle, user) -> None:
    """Back to preparing: what was approved of its texts holds no longer."""
    bundle = _locked(bundle, user, Status.APPROVED, Status.NEEDS_ATTENTION)
    bundle.status, bundle.why = Status.PREPARING, ""
    bundle.approved_by = bundle.approved_at = None
    bundle.save()
    bundle.items.update(review=None, revision_id=None, sha256="", accepted=[], why="")


@transaction.atomic
def cancel(*, bundle: Bundle, user) -> None:
    """The texts go their own ways again."""
    bundle = _locked(bundle, user, *Bundle.OPEN)
    bundle.status = Status.CANCELED
    bundle.save(update_fields=["status"])
    bundle.items.update(is_open=False)
    on_record(Action.BUNDLE_CANCELED, bundle, user)


@transaction.atomic
def approve(
    *, bundle: Bundle, user, chosen: Sequence[Choice], release_at: datetime | None
) -> Bundle:
    """Approve all texts as they were shown; without a time they are released at once.

    `chosen` has a choice for each text; `release_at` is the time that the approver was shown.
    For a time nothing is approved yet: what was decided is kept until the release. Raises Refused
    for the bundle, Unreleasable naming each text that stops it; then nothing is changed.
    """
    lock_reviews(choice.state_id for choice in chosen)
    bundle = _locked(bundle, user, Status.PREPARING)
    if bundle.release_at != release_at:
        raise Refused(_("Giờ đăng của chùm vừa được sửa. Hãy xem lại rồi duyệt."))
    check_time(release_at)
    items = list(bundle.items.select_related("page"))
    if not items:
        raise Refused(_("Chùm chưa có bài nào. Hãy đưa bài vào chùm trước."))
    keep(items, chosen, checked(items, chosen, user))
    bundle.approved_by, bundle.approved_at = user, timezone.now()
    hashes = [item.sha256 for item in items]
    on_record(Action.BUNDLE_APPROVED, bundle, user, sha256=hashes)
    if release_at is None:
        return release(bundle, user)
    bundle.status = Status.APPROVED
    bundle.save()
    return bundle


def _of_board(user) -> None:
    if not permissions.on_board(user):
        raise Refused(_("Chỉ Ban Tuyên giáo lập và duyệt chùm bài."))


def check_time(release_at: datetime | None) -> None:
    """Raises Refused for a time that is past."""
    if release_at is not None and release_at <= timezone.now():
        raise Refused(
            _("Giờ đăng đã qua. Hãy chọn một giờ sắp tới, hoặc bỏ trống để đăng ngay khi duyệt.")
        )


def _locked(bundle: Bundle, user, *statuses: str) -> Bundle:
    """The bundle as it is now, locked until the transaction ends. Raises Refused."""
    _of_board(user)
    trail.lock()
    bundle = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if bundle.status not in statuses:
        raise Refused(
            _("Chùm “%(bundle)s” đang ở tình trạng “%(status)s” nên không làm được việc này.")
            % {"bundle": bundle, "status": bundle.get_status_display()}
        )
    return bundle
