"""Writes: sent early, sent again, taken back. All of them go through `settle`."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from accounts.audit import services as audit
from accounts.audit.actions import Action
from accounts.canonical import canonical
from accounts.notices.kinds import Kind as Notice
from accounts.notices.services import tell
from stories.moderation.models import Approval
from stories.moderation.notices import board, edit_link
from stories.releases import payload as payloads
from stories.releases import services as releases
from stories.releases.advance import pictures, selectors
from stories.releases.advance.wanted import Unwanted, Wanted, page_of, wanted
from stories.releases.ledger import lock_head
from stories.releases.models import Advance, Item, Release, Takedown
from stories.releases.permissions import may_withdraw
from stories.releases.signals import sent_early

Kind = Release.Kind
logger = logging.getLogger(__name__)


@transaction.atomic
def settle(item: UUID, *, takedown: Takedown | None = None) -> Advance | None:
    """Make what is sent early of a page what may be sent now; the row this took, if any.

    Raises what drawing pictures raises, for a text that is sent for the first time.
    """
    if Item.objects.filter(pk=item).exists():
        return None
    now = wanted(item)
    if isinstance(now, Unwanted):
        return _take_back(item, now, takedown)
    last = selectors.newest(item)
    if last is None or not last.is_standing or last.sha256 != now.ready.sha256:
        if now.until <= timezone.now():
            return None  # it is due: nothing of it would be early
        files = releases.renditions(now.ready.content)  # before the lock: drawing takes time
        return _send(item, now, _text(now, files))
    if last.embargoed_until != now.until or last.data["purposes"] != now.purposes:
        return _send(item, now, None)
    return None


def settle_all(*, takedown: Takedown | None = None) -> list[Advance]:
    """`settle` each text that is sent early now."""
    items = list(Advance.objects.standing().texts().values_list("item", flat=True))
    rows = [settle(item, takedown=takedown) for item in items]
    return [row for row in rows if row is not None]


@transaction.atomic
def cancel(*, item: UUID, user) -> None:
    """Take back the time of publication, and with it what was sent early; the text is a draft then.
    Raises PermissionDenied for those who may not withdraw."""
    if not may_withdraw(user):
        raise PermissionDenied(_("Chỉ Ban Tuyên giáo thu lại được bài gửi trước."))
    lock_head()  # before the revision's own row
    page = page_of(item)
    with LogContext(user=user):
        for revision in page.revisions.exclude(approved_go_live_at=None) if page else ():
            revision.approved_go_live_at = None
            revision.save(user=user, update_fields=["approved_go_live_at"])
        settle(item)


def settle_each() -> None:
    """The same, each in a transaction of its own: one that fails stops no other."""
    found = Advance.objects.newest().texts().exclude(kind=Kind.CANCELED)
    for item in list(found.values_list("item", flat=True)):
        try:
            settle(item)
        except Exception:
            logger.exception("Chưa xét lại được bài gửi trước %s", item)


def _text(now: Wanted, files: dict[str, list[dict]]) -> dict:
    """The payload without its envelope: as published, with the pictures as JPEG only."""
    content = now.ready.content
    told = releases.told(content.get("exemplars", []))
    return payloads.public(content, {}, pictures.for_press(files), told)


def _send(item: UUID, now: Wanted, text: dict | None) -> Advance | None:
    """Send the text, or (None) the same as before for another time or for other purposes."""
    lock_head()
    if Item.objects.filter(pk=item).exists():
        return None  # published meanwhile
    last, ready = selectors.newest(item), now.ready
    stands = last is not None and last.is_standing
    body = text if text is not None else pictures.bare(last.data)
    page = ready.page
    row = append(
        of=Item(
            uuid=item,
            type=page.item_type,
            path=f"/id/{item}/",
            source_id=page.source_id,
            is_news=page.is_news,
            date=page.date,
        ),
        last=last,
        kind=Kind.CORRECTION if stands else Kind.USABLE,
        body=body | {"purposes": now.purposes},
        until=now.until,
        sha256=ready.sha256,
        approval=ready.approval,
        note=_changed(last, now) if stands else "",
    )
    before = _shown(last.data) if stands else set()
    pictures.settle(before | _shown(row.data), append)
    return row


def _take_back(item: UUID, why: Unwanted, takedown: Takedown | None) -> Advance | None:
    last = selectors.newest(item)
    if last is None or last.kind in (why.kind, Kind.CANCELED):
        return None
    lock_head()
    last = selectors.newest(item)
    if last.kind in (why.kind, Kind.CANCELED) or Item.objects.filter(pk=item).exists():
        return None
    shown, title = _shown(last.data), last.title
    row = take_back_row(last, why, takedown)
    pictures.settle(shown, append, why=why, takedown=takedown)
    if last.is_standing:
        _tell_board(row, title, why)
    return row


def take_back_row(last: Advance, why: Unwanted, takedown: Takedown | None = None) -> Advance:
    """The notice after an item's last row."""
    return append(
        of=pictures.stub(last),
        last=last,
        kind=Kind(why.kind),
        body=None,
        until=last.embargoed_until,
        sha256=last.sha256,
        approval=None,
        note=why.note,
        reason=why.reason,
        takedown=takedown,
    )


def append(
    *,
    of: Item,
    last: Advance | None,
    kind: str,
    body: dict | None,
    until,
    sha256: str,
    approval: Approval | None,
    note: str = "",
    reason: str = "",
    takedown: Takedown | None = None,
) -> Advance:
    """The one function that writes a row; under the ledger's lock, so `seq` is gapless and in the
    order of commits. `of` isn't saved; `last` is the item's row before, if it has one."""
    now = timezone.now().replace(microsecond=0)
    if last is not None:
        now = max(now, last.released_at + timedelta(seconds=1))
        first = Advance.objects.filter(item=of.uuid).order_by("seq").first()
        of.first_released_at = first.released_at
    version = last.version + 1 if last else 1
    head = payloads.envelope(of, kind, version, now, note)
    if kind in Release.PUBLIC:
        data = (body or {}) | head | {"embargoed": payloads.instant(until)}
    else:
        data = payloads.notice(head, reason)
    row = Advance.objects.create(
        seq=selectors.head() + 1,
        item=of.uuid,
        type=of.type,
        version=version,
        kind=kind,
        released_at=now,
        embargoed_until=until,
        payload=canonical(data),
        sha256=sha256,
        approval=approval,
        note=note[:500],
        reason=reason,
        takedown=takedown,
    )
    _on_record(row)
    transaction.on_commit(lambda: sent_early.send_robust(sender=Advance, seq=row.seq))
    return row


def _on_record(row: Advance) -> None:
    public = row.kind in Release.PUBLIC
    data = {"version": row.version, "kind": str(row.kind), "sha256": row.sha256}
    if public:
        data["until"] = payloads.instant(row.embargoed_until)
    else:
        data["reason"] = str(row.reason)
    audit.record(
        action=Action.SENT_EARLY if public else Action.EARLY_TAKEN_BACK,
        target=f"{row.type}:{row.item}",
        actor=audit.acting() or (row.approval and row.approval.approved_by),
        data=data,
    )


def _shown(data: dict) -> set[str]:
    """Uuids of the pictures in a text's payload."""
    return {picture["uuid"] for picture in data.get("pictures", ())}


def _changed(last: Advance, now: Wanted) -> str:
    if last.sha256 != now.ready.sha256:
        return _("Bài đã được sửa và phê duyệt lại.")
    if last.embargoed_until != now.until:
        return _("Giờ công bố đã đổi.")
    return _("Phạm vi được sử dụng đã đổi.")


def _tell_board(row: Advance, title: str, why: Unwanted) -> None:
    users = get_user_model().objects.filter(board()).distinct()
    tell(
        users=[user for user in users if user != audit.acting()],
        kind=Notice.TAKEDOWN,
        subject=_("Đã thu lại bài gửi trước: %(title)s") % {"title": title},
        text=_(
            "Bài “%(title)s” đã gửi cho cơ quan báo chí trước giờ công bố vừa được thu lại. "
            "Lý do: %(why)s\n\nCơ quan nào đã nhận đều được báo phải gỡ và phải xác nhận."
        )
        % {"title": title, "why": why.note},
        link=edit_link(page) if (page := page_of(row.item)) else "",
    )


def unsettled(items: Iterable[UUID] | None = None) -> list[Advance]:
    """Texts that are sent and may not be any more: none, unless something changed just now."""
    found = Advance.objects.standing().texts()
    if items is not None:
        found = found.filter(item__in=list(items))
    return [row for row in found if isinstance(wanted(row.item), Unwanted)]
