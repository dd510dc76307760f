"""A file in pieces: `Range` and `If-Range` of RFC 9110, one range at a time.

What isn't understood (another unit, several ranges, nonsense) is ignored, as the RFC allows: the
answer is the whole file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest

from stories.press.errors import OutOfRange

CHUNK = 64 * 1024  # bytes
_RANGE = re.compile(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)
MOST_DIGITS = 18


def asked(request: HttpRequest, *, size: int, etag: str) -> tuple[int, int] | None:
    """The first byte and the one after the last; None for the whole file. Raises OutOfRange.

    Only GET has ranges. Of an `If-Range` only our own strong ETag is the same file: we send no
    date that it could name.
    """
    header = request.headers.get("Range")
    if header is None or request.method != "GET":
        return None
    if request.headers.get("If-Range", etag).strip() != etag:
        return None
    return piece(header, size)


def piece(header: str, size: int) -> tuple[int, int] | None:
    """What the header asks of a file of `size` bytes, as above."""
    found = _RANGE.fullmatch(header.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = (_number(digits) for digits in found.groups())
    if first is None:
        start, end = max(0, size - last), size
    elif last is None:
        start, end = first, size
    elif last < first:
        return None
    else:
        start, end = first, min(last + 1, size)
    if start >= size:
        raise OutOfRange(size)
    return start, end


def _number(digits: str) -> int | None:
    """None for no digits; what is longer than any file is as good as the largest number."""
    if not digits:
        return None
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= MOST_DIGITS else sys.maxsize


class Piece:
    """Bytes `start` to `end` of a file, read as they are sent; closes it at the end."""

    def __init__(self, file: IO[bytes], start: int, end: int) -> None:
        self.file, self.start, self.end = file, start, end

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.start)
        left = self.end - self.start
        while left and (chunk := self.file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self.file.close()
