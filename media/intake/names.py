"""Names of files as people's devices send them → names that are safe on any storage."""

from __future__ import annotations

import re
import secrets
import unicodedata
from pathlib import PurePosixPath

from wagtail.coreutils import string_to_ascii

STEM_LENGTH, SUFFIX_LENGTH, NAME_BYTES = 40, 8, 200


def base(name: str) -> str:
    """The last part of a path of any system, composed (NFC), without control characters."""
    name = unicodedata.normalize("NFC", str(name)).replace("\\", "/")
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    return PurePosixPath(name).name.strip()


def suffix(name: str) -> str:
    """`"Ảnh.JPG"` → `"jpg"`; an empty string when there is none."""
    return PurePosixPath(base(name)).suffix.lower().lstrip(".")


def stem(name: str) -> str:
    return PurePosixPath(base(name)).stem.strip(". ")


def shortened(name: str, limit: int = NAME_BYTES) -> str:
    """The base name in at most `limit` bytes of UTF-8, with its suffix: no system refuses it."""
    name = base(name)
    tail = PurePosixPath(name).suffix[: SUFFIX_LENGTH + 1]
    head = name.removesuffix(tail) if tail else name
    room = limit - len(tail.encode())
    return head.encode()[:room].decode("utf-8", "ignore").rstrip() + tail


def stored(name: str) -> str:
    """A short ASCII name that no other file has: `"chi-lan-giu-nghe-3fa9c1b2.jpg"`."""
    ascii_stem = string_to_ascii(stem(name)).lower()
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_stem).strip("-")[:STEM_LENGTH].rstrip("-")
    end = re.sub(r"[^a-z0-9]", "", suffix(name))[:SUFFIX_LENGTH]
    return f"{plain or 'tep'}-{secrets.token_hex(4)}" + (f".{end}" if end else "")


def title(name: str, length: int = 255) -> str:
    """A title from a file's name, for a file that came without one."""
    return " ".join(stem(name).replace("_", " ").split())[:length]
