"""Plain text to paste, as into Zalo: title, lead, body, credit line, code, link."""

from __future__ import annotations

import re

from stories.press.faces import blocks, house

MEDIA_TYPE = "text/plain"
ZALO_LIMIT = 2000  # characters that one message of Zalo takes
SHORTEST = 600  # below this a long address with title and credit may not fit
READ_ON = "… (đọc tiếp ở đường dẫn dưới đây)"
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s")


def render(payload: dict, base: str, limit: int | None = None) -> str:
    """The whole text; with `limit` (characters, at least SHORTEST) the body is cut at the end of a
    paragraph or sentence, and the text says so. Credit and link always stay."""
    head = [house.headline(payload)]
    lead = payload.get("lead") or payload.get("caption") or ""
    if payload["kind"] in house.WITHDRAWN:
        return "\n\n".join(dict.fromkeys([*head, lead, blocks.notice(payload)]))
    if payload.get("kind") == "correction" and payload.get("note"):
        head.insert(0, f"ĐÍNH CHÍNH: {payload['note']}")
    if embargo := house.embargo(payload):
        head.insert(0, embargo)
    foot = f"{credit(payload)}\n{code(payload)}\n{house.absolute(payload['href'], base)}"
    body = blocks.body_text(payload)
    whole = _joined(*head, lead, body, foot)
    if limit is None or len(whole) <= limit:
        return whole
    return _shortened(_joined(*head), _joined(lead, body), foot, limit)


def credit(payload: dict) -> str:
    """“Theo Thu Hà – Hội LHPN tỉnh Phú Thọ”; a picture's is its photographer's."""
    byline = payload.get("byline") or payload.get("credit")
    return f"Theo {byline} – {house.SOURCE}" if byline else f"Theo {house.SOURCE}"


def code(payload: dict) -> str:
    """By what a newsroom finds its copy when the text is corrected or taken back."""
    return f"Mã: {payload['uuid']}"


def _joined(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _shortened(head: str, text: str, foot: str, limit: int) -> str:
    """Head, as much of the text as fits, and the foot; a head too long by itself is cut too."""
    room = limit - len(foot) - len(READ_ON) - 6  # the blank lines between them
    if len(head) > room:
        return _joined(f"{head[: max(room - 1, 0)].rstrip()}…", foot)
    kept = _cut(text, room - len(head))
    return _joined(head, f"{kept}\n{READ_ON}".strip(), foot)


def _cut(text: str, room: int) -> str:
    """The longest beginning of whole sentences that fits; empty when not even one does."""
    kept = ""
    start = 0
    for end in [found.start() for found in _SENTENCE_END.finditer(text)] + [len(text)]:
        if end > room:
            break
        kept, start = text[:end], end
    return kept.rstrip() if start else ""
