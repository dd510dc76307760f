"""One request to an address of someone else's: bounded in time and size, to a checked address."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException

from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from stories.press.outgoing import addresses
from stories.press.outgoing.addresses import Refused, Target

CONNECT, TOTAL, SHORTEST = 3.0, 10.0, 0.05  # seconds
MOST = 64 * 1024  # bytes of an answer that are read
MOST_ADDRESSES = 2  # of a host with many: one that is there
AGENT = "guong-sang-dat-to"


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is None where none came; `error` says in Vietnamese why it isn't `ok`, else "".

    `retry_after` is in seconds, None where the answer doesn't say.
    """

    status: int | None = None
    error: str = ""
    body: bytes = b""
    retry_after: int | None = None

    @property
    def ok(self) -> bool:
        return not self.error

    @property
    def is_down(self) -> bool:
        """The whole host doesn't work, or wants to be left alone, whatever is sent to it."""
        return self.status is None or self.status == 429 or self.status >= 500


def send(method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Answer:
    """Send it and read at most MOST bytes of the answer; never raises for what happens outside.

    No answer within CONNECT and TOTAL seconds is one with an error, and so is a redirect.
    """
    try:
        target = addresses.parse(url)
        found = addresses.checked(target)
    except Refused as error:
        return Answer(error=str(error))
    until = time.monotonic() + TOTAL
    try:
        connection = connect(target, found[:MOST_ADDRESSES], until)
    except (OSError, HTTPError) as error:
        return Answer(error=words(error))
    with Watch(connection.sock, until) as watch:
        try:
            answer = _exchange(connection, target, method, headers, body)
        except (OSError, HTTPError, HTTPException) as error:
            answer = Answer(error=words(error))
        finally:
            connection.close()
    if watch.cut:  # what was read until then may look whole
        return Answer(error=_("Máy chủ trả lời quá chậm."))
    return answer


def trust() -> ssl.SSLContext:
    """Whose certificates are believed: the system's list."""
    return ssl.create_default_context()


def connect(target: Target, found: list[str], until: float) -> HTTPConnection:
    """A connection to one of these addresses; the certificate must be of the host's name."""
    for address in found:
        connection = _connection(target, address, until)
        try:
            connection.connect()
        except (OSError, HTTPError):
            connection.close()
            if address == found[-1] or time.monotonic() > until:
                raise
        else:
            return connection
    raise OSError


def _connection(target: Target, address: str, until: float) -> HTTPConnection:
    timeout = min(CONNECT, max(until - time.monotonic(), SHORTEST))
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=timeout)
    return HTTPSConnection(
        address,
        target.port,
        timeout=timeout,
        ssl_context=trust(),
        server_hostname=target.host,
    )


def _exchange(
    connection: HTTPConnection, target: Target, method: str, headers: Mapping[str, str], body: bytes
) -> Answer:
    connection.timeout = TOTAL  # what urllib3 sets when it waits for the answer
    own = {"Host": target.authority, "User-Agent": AGENT, "Accept-Encoding": "identity"}
    connection.request(
        method,
        target.path,
        body=body or None,
        headers=own | dict(headers),
        preload_content=False,
        decode_content=False,
    )
    response = connection.getresponse()
    content = response.read(MOST, decode_content=False)
    return Answer(
        status=response.status,
        error=_why_not(response.status),
        body=content[:MOST],
        retry_after=_seconds(response.headers.get("Retry-After", "")),
    )


def _why_not(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return _("Máy chủ chuyển sang địa chỉ khác (mã %(n)d); không đi theo.") % {"n": status}
    return _("Máy chủ trả lời mã %(n)d.") % {"n": status}


def _seconds(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def words(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("Chứng chỉ của máy chủ không hợp lệ.")
    if isinstance(error, ssl.SSLError):
        return _("Không lập được kết nối an toàn.")
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return _("Máy chủ trả lời quá chậm.")
    if isinstance(error, HTTPException):
        return _("Máy chủ trả lời không đúng cách.")
    return _("Không kết nối được với máy chủ.")


class Watch:
    """Cuts the connection when the time is over: a byte now and then resets every other clock."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.cut = False
        self._sock = sock
        self._timer = threading.Timer(max(until - time.monotonic(), 0), self._end)
        self._timer.daemon = True

    def _end(self) -> None:
        self.cut = True
        with suppress(OSError):
            # Of the plain socket: a TLS socket's own would first forget that it is encrypted.
            socket.socket.shutdown(self._sock, socket.SHUT_RDWR)

    def __enter__(self) -> Watch:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
