"""The segments of a JPEG file (ITU-T T.81, annex B): taking metadata out and putting it in."""

from __future__ import annotations

import struct
from collections.abc import Iterator

APP0, APP1, APP2, APP13, APP14, COMMENT = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE
START, SCAN = b"\xff\xd8", 0xDA
# JFIF, a colour profile and Adobe's colour transform belong to the picture, the rest is told of it.
KEPT = {APP0: b"JFIF\0", APP2: b"ICC_PROFILE\0", APP14: b"Adobe"}
LONGEST = 0xFFFF - 2


def segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, body) of each segment before the first scan; last, (0xDA, all from there on).

    Raises ValueError for what is no JPEG.
    """
    if not content.startswith(START):
        raise ValueError("no JPEG")
    at = 2
    while True:
        if at + 4 > len(content) or content[at] != 0xFF:
            raise ValueError("broken JPEG")
        marker, length = content[at + 1], struct.unpack_from(">H", content, at + 2)[0]
        if marker == SCAN:
            yield marker, content[at:]
            return
        yield marker, content[at + 4 : at + 2 + length]
        at += 2 + length


def with_segments(content: bytes, added: list[tuple[int, bytes]]) -> bytes:
    """The same picture with these segments as its only metadata. Raises ValueError."""
    head, rest, scan = [], [], b""
    for marker, body in segments(content):
        if marker == SCAN:
            scan = body
        elif marker == APP0 and body.startswith(KEPT[APP0]):
            head.append((marker, body))
        elif APP0 <= marker <= 0xEF or marker == COMMENT:
            if marker in KEPT and body.startswith(KEPT[marker]):
                rest.append((marker, body))
        else:
            rest.append((marker, body))
    return START + b"".join(_packed(*one) for one in [*head, *added, *rest]) + scan


def _packed(marker: int, body: bytes) -> bytes:
    if len(body) > LONGEST:
        raise ValueError("segment too long")
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
