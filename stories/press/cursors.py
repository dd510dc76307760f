"""Opaque cursors: a short position with a checksum, so that a damaged one is refused.

A cursor gives no rights (every client may start anywhere), so the checksum is not a secret: a
cursor outlives a change of SECRET_KEY, and a client may keep it for years.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

CHECK_BYTES = 6


class CursorError(ValueError):
    """Not a cursor that this list gave out."""


def _check(purpose: str, body: bytes) -> bytes:
    return hashlib.sha256(purpose.encode() + b"\0" + body).digest()[:CHECK_BYTES]


def encode(purpose: str, position: str) -> str:
    """A cursor for this position in the list called `purpose`."""
    body = position.encode()
    return urlsafe_b64encode(_check(purpose, body) + body).rstrip(b"=").decode()


def decode(purpose: str, cursor: str) -> str:
    """The position in a cursor made for `purpose`. Raises CursorError for anything else."""
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        position = raw[CHECK_BYTES:].decode()
    except (binascii.Error, ValueError) as error:
        raise CursorError(cursor) from error
    # Comparing the text as well refuses the other spellings that base 64 allows.
    if not position or encode(purpose, position) != cursor:
        raise CursorError(cursor)
    return position
