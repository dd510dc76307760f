"""Who calls: the key in `Authorization: Bearer` or `X-API-Key`; for the AP routes also `apikey=`.

A key that is wrong, revoked, expired or of an inactive client is 401 on every route, the public
ones too: a client whose key has run out must notice, not slide into the public tier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import APIKeyHeader, APIKeyQuery, HttpBearer

from stories.press import keys, services
from stories.press.errors import KeyRefused, TooMany
from stories.press.models import PressKey
from stories.releases.prepared import Prepared

WINDOW = 60  # seconds of `requests_per_minute`


@dataclass(frozen=True, slots=True)
class Caller:
    """The client behind a live key."""

    key_id: int
    client_id: int
    client_kind: str
    requests_per_minute: int | None
    embargo: bool


def _holding(sha256: str, now: datetime, noted_before: datetime) -> QuerySet:
    """The live key of an active client with this digest, and whether its use is to be noted."""
    to_note = Case(When(services.use_to_note(noted_before), then=Value(1)), default=Value(0))
    return (
        PressKey.objects.live(now)
        .order_by()
        .filter(sha256=sha256, client__is_active=True)
        .annotate(to_note=to_note)
        .values_list(
            "pk",
            "client_id",
            "client__kind",
            "client__requests_per_minute",
            "client__embargo",
            "to_note",
        )
    )


_HOLDING = Prepared(_holding, sha256=str, now=datetime, noted_before=datetime)


QUERY_KEY = "apikey"  # of the AP routes only; redacted in logs by `config.logs`


def sent_key(request: HttpRequest, *, query: bool = False) -> str | None:
    """The key that the request carries, or None. Raises KeyRefused for two different ones.

    `Authorization: Basic` belongs to whatever stands before us and is not looked at; any other
    scheme than Bearer is a mistake that its sender has to hear of. With `query`, `apikey=` counts
    as well.
    """
    header_key = request.headers.get("X-API-Key")
    query_key = request.GET.get(QUERY_KEY) if query else None
    if query_key is not None:
        if header_key is not None and header_key != query_key:
            raise KeyRefused(_("Tiêu đề và tham số mang hai khóa khác nhau."), sent=True)
        header_key = query_key
    authorization = request.headers.get("Authorization", "")
    scheme, _space, bearer = authorization.partition(" ")
    if not authorization or scheme.lower() == "basic":
        return header_key
    if scheme.lower() != "bearer":
        raise KeyRefused(_("Gửi khóa theo dạng “Authorization: Bearer <khóa>”."), sent=True)
    bearer = bearer.strip()
    if header_key is not None and header_key != bearer:
        raise KeyRefused(_("Hai tiêu đề mang hai khóa khác nhau."), sent=True)
    return bearer


def identify(request: HttpRequest, *, query: bool = False) -> Caller | None:
    """The client whose live key this request carries; None when none was sent.

    Raises KeyRefused for a key that doesn't hold, TooMany beyond the client's limit. One query,
    and for each key one write a minute.
    """
    plain = sent_key(request, query=query)
    if plain is None:
        return None
    now = timezone.now()
    caller, to_note = _caller(plain, now)
    _count(caller, now)
    if to_note:
        services.note_use(key_id=caller.key_id, now=now)
    return caller


def still_holds(request: HttpRequest) -> None:
    """For an answer that was waited for. Raises KeyRefused when its key holds no more."""
    plain = sent_key(request)
    if plain is not None:
        _caller(plain, timezone.now())


def _caller(plain: str, now: datetime) -> tuple[Caller, bool]:
    """The client behind this key, and whether its use is to be noted. Raises KeyRefused."""
    row = None
    if keys.well_formed(plain):
        row = _HOLDING.first(
            sha256=keys.digest(plain), now=now, noted_before=now - services.USE_NOTED_EVERY
        )
    if row is None:
        # One answer for every reason: it tells a guesser nothing.
        detail = _(
            "Khóa sai, đã hết hạn hoặc đã bị thu hồi. Hãy xem đã chép đủ khóa chưa, hoặc xin Ban "
            "Tuyên giáo cấp khóa mới."
        )
        raise KeyRefused(detail, sent=True)
    *found, to_note = row
    return Caller(*found), bool(to_note)


def _count(caller: Caller, now: datetime) -> None:
    """The client's limit, in windows of a minute. Exact when all workers share one cache."""
    limit = caller.requests_per_minute
    if limit is None:
        return
    window, passed = divmod(int(now.timestamp()), WINDOW)
    slot = f"press-rate:{caller.client_id}:{window}"
    cache.add(slot, 0, WINDOW)
    if cache.incr(slot) > limit:
        raise TooMany(
            _("Vượt quá %(limit)d yêu cầu mỗi phút; hãy chờ %(wait)d giây rồi hỏi lại.")
            % {"limit": limit, "wait": WINDOW - passed},
            headers={"Retry-After": str(WINDOW - passed)},
        )


def caller_of(request: HttpRequest) -> Caller:
    """The caller of a press operation, as `press_auth` found it."""
    return request.auth  # type: ignore[attr-defined]  # set by ninja


def required(request: HttpRequest, *, query: bool = False) -> Caller:
    """`identify`, with KeyRefused when no key was sent."""
    caller = identify(request, query=query)
    if caller is None:
        raise KeyRefused.missing()
    return caller


def anyone(request: HttpRequest) -> object:
    """For public operations: anyone, but never with a key that doesn't hold."""
    return identify(request) or True


class PressBearer(HttpBearer):
    """`Authorization: Bearer <khóa>`; looks at both headers, so one rule decides."""

    def __call__(self, request: HttpRequest) -> Caller:
        return required(request)

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        raise NotImplementedError  # __call__ decides


class PressApiKey(APIKeyHeader):
    """`X-API-Key: <khóa>`, for the description only: PressBearer has decided before."""

    param_name = "X-API-Key"

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller:
        return required(request)


class ApBearer(PressBearer):
    """As PressBearer, and looks at the query too."""

    def __call__(self, request: HttpRequest) -> Caller:
        return required(request, query=True)


class ApQueryKey(APIKeyQuery):
    """`?apikey=<khóa>`, for the description only: ApBearer has decided before."""

    param_name = QUERY_KEY

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller:
        return required(request, query=True)


press_auth = [PressBearer(), PressApiKey()]
ap_auth = [ApBearer(), PressApiKey(), ApQueryKey()]
