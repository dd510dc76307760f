"""Codes of consent records: short enough to type from paper, without letters that look alike."""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ACDEFGHJKMNPQRTUVWXY"  # no 0/O, 1/I/L, B/8, S/5, Z/2
PREFIX = "PT"
_SEPARATORS = re.compile(r"[\s\-–—./]+")
_CODE = re.compile(rf"{PREFIX}([{ALPHABET}]{{4}})([{ALPHABET}]{{3}})")


def new() -> str:
    """For example "PT-7K3M-92Q": 13 thousand million of them; the database keeps them apart."""
    letters = [secrets.choice(ALPHABET) for _ in range(7)]
    return f"{PREFIX}-{''.join(letters[:4])}-{''.join(letters[4:])}"


def read(typed: str) -> str | None:
    """The code that somebody typed, in its one form; None if it is none."""
    found = _CODE.fullmatch(_SEPARATORS.sub("", typed).upper())
    return f"{PREFIX}-{found[1]}-{found[2]}" if found else None
