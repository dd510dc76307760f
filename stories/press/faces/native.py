"""The native face: the stored text itself, with addresses made absolute."""

from __future__ import annotations

import json

from accounts.canonical import canonical

RELATIVE = b'"href":"/'


def absolute(text: bytes, base: str) -> bytes:
    """The payload's JSON text (UTF-8) with every `href` made absolute; nothing is parsed.

    `base` has no trailing slash. A plain replace is exact here, because the stored text is
    canonical compact JSON: no space follows the colon, and a quotation mark inside a string is
    always written `\\"`, so the characters `"href":"/` can only be a key `href` followed by a
    string that begins with a slash, never a part of somebody's sentence. They are ASCII, so no
    letter of UTF-8 can contain a part of them either.
    """
    return text.replace(RELATIVE, b'"href":"' + base.encode() + b"/")


def picked(text: bytes, names: frozenset[str]) -> bytes:
    """The stored text with these top-level names only; untouched where none are chosen."""
    if not names:
        return text
    data = json.loads(text)
    return canonical({name: data[name] for name in data if name in names}).encode()
