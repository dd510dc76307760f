"""What the press routes share: positions in the ledger, the release asked for, the record."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stories.press import auth, cursors, entitlements, facts, selectors, services, waiting
from stories.press.api import filters
from stories.press.early import positions
from stories.press.early import selectors as early
from stories.press.early.positions import Position
from stories.press.errors import BadParameter, CursorGone, NotAgreed, NotFound, Withdrawn
from stories.press.facts import Chosen
from stories.press.models import PressDelivery
from stories.press.selectors import ALL
from stories.releases.models import Item

FEED = "feed"
TYPES = tuple(Item.Type.values)


def client_kind(request: HttpRequest) -> str:
    """What decides which releases the caller may have."""
    return auth.caller_of(request).client_kind


def record(request: HttpRequest, seqs: list[int], channel: PressDelivery.Channel) -> None:
    """Put on record what this answer carries; one to HEAD carries nothing."""
    if request.method == "GET":
        client = auth.caller_of(request).client_id
        services.record_deliveries(client_id=client, seqs=seqs, channel=channel)


def has_right(request: HttpRequest) -> bool:
    """Whether the caller gets what is sent before its time."""
    return bool(auth.caller_of(request).embargo)


def position(cursor: str | None, parameter: str) -> Position:
    """The place in the request's cursor; the beginning without one."""
    if not cursor:
        return Position(0)
    try:
        return positions.read(cursors.decode(FEED, cursor))
    except ValueError as error:
        message = _(
            "Con trỏ không phải do dòng tin này cấp. Hãy gửi nguyên văn “next” của trang trước, "
            "hoặc bỏ con trỏ để đọc từ đầu."
        )
        raise BadParameter(parameter, "cursor", message) from error


def page(
    request: HttpRequest, after: int, *, limit: int, types: list[str], chosen: Chosen = ALL
) -> selectors.FeedPage:
    """The releases after that place. Raises CursorGone beyond the ledger's end."""
    items = None
    if chosen != ALL:
        head = selectors.head()
        if chosen.facets:
            filters.ensure_current(head)
        items = facts.few(chosen) if head - after > facts.FAR else None
    asked = {
        "limit": limit,
        "types": types,
        "client_kind": client_kind(request),
        "chosen": chosen,
        "items": items,
    }
    beyond = False
    if has_right(request):
        after = after if isinstance(after, Position) else Position(after)
        found = early.feed_page(after=after, **asked)
        beyond = not found.rows and after.early > early.head()
    else:
        found = selectors.feed_page(after=int(after), **asked)
    if beyond or (not found.rows and after > selectors.head()):
        start = f"{settings.PUBLIC_BASE_URL}{request.path}"
        raise CursorGone(
            _("Con trỏ nằm sau cuối sổ phát hành; hãy đọc lại từ đầu."), extra={"start": start}
        )
    return found


def awaited(
    request: HttpRequest,
    after: int,
    *,
    wait: int,
    limit: int,
    types: list[str],
    chosen: Chosen = ALL,
) -> tuple[selectors.FeedPage, int | None]:
    """`page`; an empty one is held for `wait` seconds (see `waiting.hold`)."""

    def read(start: int) -> selectors.FeedPage:
        return page(request, start, limit=limit, types=types, chosen=chosen)

    found = read(after)
    if found.rows or not wait or request.method != "GET":
        return found, None
    client = auth.caller_of(request).client_id
    found, retry_after = waiting.hold(request, client, found, seconds=wait, read=read)
    if found.rows:
        auth.still_holds(request)  # the key may have been taken back meanwhile
    return found, retry_after


def types_of(given: str) -> list[str]:
    types = sorted(set(given.split(","))) if given else []
    if any(name not in TYPES for name in types):
        message = _("Chỉ nhận: %(types)s.") % {"types": ", ".join(TYPES)}
        raise BadParameter("types", "enum", message)
    return types


def release(request: HttpRequest, uuid: UUID, version: int | None = None) -> tuple[int, bytes]:
    """Ledger number and text of the version asked for, as this client may have it. Raises
    NotFound, NotAgreed, Withdrawn."""
    kind, right = client_kind(request), has_right(request)
    found = selectors.current(uuid)
    if found is None and right:
        return early.release(uuid, version, kind)
    if found is None:
        raise NotFound(selectors.unknown())
    if version is not None and version > found.version:
        raise NotFound(selectors.no_version())
    told = entitlements.told(kind, found.seq, found.text, early=right)
    if told is None:
        raise NotAgreed(entitlements.refusal(kind))
    if version is None or version == found.version:
        return found.seq, told
    earlier = selectors.earlier(uuid, version) if told == found.text else None
    if earlier is None and not selectors.was_released(uuid, version):
        raise NotFound(selectors.no_version())
    if earlier is None:
        raise Withdrawn(
            _("Bản này đã được thu hồi, hoặc có ảnh, điển hình đã thu hồi."),
            extra={"uuid": str(uuid), "kind": found.kind, "version": found.version},
        )
    if not entitlements.may_have_text(kind, earlier[1]):
        raise NotAgreed(entitlements.refusal(kind))
    return earlier
