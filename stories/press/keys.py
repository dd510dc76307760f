"""The shape of a press key: `gsdt_<27 secret><6 checksum>`, all base 62.

Learnt from Wagtail 8's APIToken: a prefix that secret scanners can find, a CRC32 so that a
mistyped key is refused without asking the database, and a digest as the only thing stored. The
secret has 160 random bits, so a plain SHA-256 can't be searched and keys outlive a change of
SECRET_KEY.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
KEY_PREFIX = "gsdt_"
SECRET_BYTES, SECRET_LENGTH, CHECKSUM_LENGTH = 20, 27, 6
DISPLAY_LENGTH = len(KEY_PREFIX) + 6  # enough to tell keys apart; over 120 bits stay secret
_LETTERS = frozenset(ALPHABET)


def _base62(value: int, length: int) -> str:
    letters = []
    for _ in range(length):
        value, rest = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def _checksum(secret: str) -> str:
    return _base62(zlib.crc32(f"{KEY_PREFIX}{secret}".encode()), CHECKSUM_LENGTH)


def generate() -> str:
    """A new key in plain text; show it once, store `digest(key)` and `display(key)`."""
    secret = _base62(int.from_bytes(secrets.token_bytes(SECRET_BYTES), "big"), SECRET_LENGTH)
    return f"{KEY_PREFIX}{secret}{_checksum(secret)}"


def well_formed(key: str) -> bool:
    """False when no such key can exist; True says nothing about whether it does."""
    body = key.removeprefix(KEY_PREFIX)
    if body == key or len(body) != SECRET_LENGTH + CHECKSUM_LENGTH or not _LETTERS.issuperset(body):
        return False
    return body[SECRET_LENGTH:] == _checksum(body[:SECRET_LENGTH])


def digest(key: str) -> str:
    """SHA-256 of the key, hex: what is stored and looked up."""
    return hashlib.sha256(key.encode()).hexdigest()


def display(key: str) -> str:
    """The beginning that may be shown, logged and used to name the key."""
    return key[:DISPLAY_LENGTH]
