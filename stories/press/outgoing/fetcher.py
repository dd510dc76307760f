"""A public web page, fetched once, because a person asked for it: bounded in time, size and kind.

Every address on the way, the first and each redirect's, is looked up once, checked and called at
just that address, as `sender` does. No cookie, no script, no picture, nothing beside the page.
"""

from __future__ import annotations

import threading
import time
import zlib
from dataclasses import dataclass, replace
from http.client import HTTPException
from urllib.parse import urldefrag, urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from stories.press.outgoing import addresses, sender
from stories.press.outgoing.addresses import PORTS, Refused, Target

TOTAL = 10.0  # seconds for everything: look-ups, redirects, the page
MOST = 4 * 1024 * 1024  # bytes of a page, as it comes and as it is unpacked
MOST_HOPS = 5
TYPES = ("text/html", "application/xhtml+xml", "text/plain")
REDIRECTS = (301, 302, 303, 307, 308)
_ASKED = {"Accept": ", ".join(TYPES), "Accept-Encoding": "identity", "Connection": "close"}
_WINDOWS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}  # zlib's `wbits`, to be tried


@dataclass(frozen=True, slots=True)
class Fetched:
    """`error` says in Vietnamese why there is no page, else "". `body` is unpacked.

    `status` and `host` are those of the last server that was asked, None and "" before any.
    `charset` is what the server says, "" where it doesn't.
    """

    status: int | None = None
    error: str = ""
    body: bytes = b""
    charset: str = ""
    host: str = ""

    @property
    def is_gone(self) -> bool:
        """The server says so itself."""
        return self.status in (404, 410)


def fetch(url: str) -> Fetched:
    """The page there, after at most MOST_HOPS redirects; never raises for what happens outside."""
    until = time.monotonic() + TOTAL
    host = ""
    for _hop in range(MOST_HOPS + 1):
        try:
            target = _target(url)
            host = target.host
            found = _looked_up(target, until)
        except Refused as error:
            return Fetched(error=str(error), host=host)
        answer, url = _asked(target, found, url, until)
        if not url:
            return replace(answer, host=host)
    return Fetched(error=_("Trang chuyển tiếp quá nhiều lần."), host=host)


def _target(url: str) -> Target:
    """Raises Refused, also for a port where no newspaper's page is."""
    target = addresses.parse(urldefrag(url).url, plain=True)
    if target.port not in PORTS.values() and not settings.WEBHOOK_PRIVATE_ADDRESSES:
        raise Refused(_("Chỉ mở trang ở cổng thông thường (80, 443)."))
    return target


def _looked_up(target: Target, until: float) -> list[str]:
    """`addresses.checked`, given up when the time is over: a resolver has no clock of its own."""
    done: list[list[str] | Exception] = []

    def look() -> None:
        try:
            done.append(addresses.checked(target))
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            done.append(error)

    thread = threading.Thread(target=look, name="look-up", daemon=True)
    thread.start()
    thread.join(max(until - time.monotonic(), 0))
    if not done:
        raise Refused(_("Máy chủ trả lời quá chậm."))
    if isinstance(done[0], Exception):
        raise done[0]
    return done[0]


def _asked(target: Target, found: list[str], url: str, until: float) -> tuple[Fetched, str]:
    """The answer of one server and "", or the next address to ask."""
    try:
        connection = sender.connect(target, found[: sender.MOST_ADDRESSES], until)
    except (OSError, HTTPError) as error:
        return Fetched(error=sender.words(error)), ""
    with sender.Watch(connection.sock, until) as watch:
        following = ""
        try:
            connection.timeout = TOTAL
            own = {"Host": target.authority, "User-Agent": sender.AGENT}
            connection.request(
                "GET",
                target.path,
                headers=own | _ASKED,
                preload_content=False,
                decode_content=False,
            )
            response = connection.getresponse()
            if following := _redirected(response, url):
                answer = Fetched(status=response.status)
            else:
                answer = _read(response)
        except (OSError, HTTPError, HTTPException) as error:
            answer, following = Fetched(error=sender.words(error)), ""
        finally:
            connection.close()
    if watch.cut:
        return Fetched(error=_("Máy chủ trả lời quá chậm.")), ""
    return answer, following


def _redirected(response: BaseHTTPResponse, url: str) -> str:
    """Where it leads, "" where it doesn't. Header fields come as Latin-1, whatever they are."""
    if response.status not in REDIRECTS:
        return ""
    said = response.headers.get("Location", "")
    try:
        return urljoin(url, said.encode("latin-1").decode("utf-8"))
    except ValueError:
        return ""


def _read(response: BaseHTTPResponse) -> Fetched:
    status = response.status
    if not 200 <= status < 300:
        return Fetched(status=status, error=_("Máy chủ trả lời mã %(n)d.") % {"n": status})
    kind, _semicolon, rest = response.headers.get("Content-Type", "").partition(";")
    if kind.strip().lower() not in TYPES:
        return Fetched(status=status, error=_("Địa chỉ này không phải là một trang chữ."))
    packed = response.read(MOST + 1, decode_content=False)
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    try:
        body = _unpacked(packed, coding)
    except (ValueError, zlib.error):
        return Fetched(status=status, error=_("Trang được đóng gói theo cách không đọc được."))
    if len(packed) > MOST or len(body) > MOST:
        return Fetched(status=status, error=_("Trang quá lớn nên không kiểm tra được."))
    return Fetched(status=status, body=body, charset=_charset(rest))


def _unpacked(packed: bytes, coding: str) -> bytes:
    """At most MOST + 1 bytes, however much is packed. Raises ValueError and zlib.error."""
    if coding in ("", "identity"):
        return packed
    if coding not in _WINDOWS:
        raise ValueError(coding)
    *others, last = _WINDOWS[coding]
    for window in others:
        try:
            return zlib.decompressobj(window).decompress(packed, MOST + 1)
        except zlib.error:
            continue
    return zlib.decompressobj(last).decompress(packed, MOST + 1)


def _charset(parameters: str) -> str:
    for one in parameters.split(";"):
        name, _equals, value = one.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'").lower()
    return ""
