"""Virus check by a ClamAV daemon, where an installation has one (settings CLAMAV_*).

The protocol is clamd's INSTREAM (clamd(8)): chunks with their length before them, an empty chunk
at the end, one line as answer.
"""

from __future__ import annotations

import logging
import socket
import struct
from contextlib import closing

from django.conf import settings
from django.utils.translation import gettext as _

from media.intake.unusable import Unusable

CHUNK = 64 * 1024
TIMEOUT = 20.0  # seconds
logger = logging.getLogger(__name__)


class ScannerDown(Exception):
    """The daemon can't be reached, or doesn't answer as it should."""


def refuse_infected(file) -> None:
    """Raises Unusable for a virus; and when the daemon is down, if CLAMAV_REQUIRED says so."""
    if not settings.CLAMAV_ADDRESS:
        return
    try:
        virus = scan(file, settings.CLAMAV_ADDRESS)
    except (OSError, ScannerDown) as error:
        logger.warning("ClamAV at %s: %s", settings.CLAMAV_ADDRESS, error)
        if settings.CLAMAV_REQUIRED:
            raise Unusable(
                _("Chưa kiểm tra được vi-rút nên tệp chưa được nhận. Hãy thử lại sau ít phút."),
                code="unscanned",
            ) from error
        return
    if virus:
        logger.warning("ClamAV refused a file: %s", virus)
        raise Unusable(
            _("Tệp có mã độc (%(virus)s) nên không được nhận.") % {"virus": virus}, code="virus"
        )


def scan(file, address: str) -> str:
    """The virus's name, or an empty string. Raises OSError, ScannerDown."""
    with closing(_connect(address)) as link:
        link.sendall(b"zINSTREAM\0")
        file.seek(0)
        while chunk := file.read(CHUNK):
            link.sendall(struct.pack(">I", len(chunk)) + chunk)
        file.seek(0)
        link.sendall(struct.pack(">I", 0))
        answer = _answer(link)
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise ScannerDown(answer or "no answer")


def _connect(address: str) -> socket.socket:
    """`/run/clamav/clamd.ctl`, `host:3310` or `[::1]:3310`."""
    if address.startswith("/"):
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(TIMEOUT)
        try:
            link.connect(address)
        except OSError:
            link.close()
            raise
        return link
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT)


def _answer(link: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096:
        part = link.recv(4096)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
