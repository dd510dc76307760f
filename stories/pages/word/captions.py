"""Which line under a picture is its caption, and what of it names the photographer."""

from __future__ import annotations

import re

from stories.pages.word.document import Kind, Paragraph

CAPTION_LENGTH, CREDIT_LENGTH = 500, 200
OPENING = re.compile(
    r"^(?:ảnh|hình|chú thích(?: ảnh)?|trong ảnh)(?:\s+\d+)?\s*[:.]\s*", re.IGNORECASE
)
CREDIT_MARK = re.compile(r"(?:\b[Ảả]nh|\bẢNH|\bNguồn(?: ảnh)?)\s*:")
NOT_NAMES = re.compile(r"[.,;!?]|\d")
SOURCES = ("sưu tầm", "tư liệu", "internet", "minh họa", "nhân vật cung cấp", "cơ sở cung cấp")
SMALL_WORDS = {"và", "-", "–", "&", "xã", "phường", "tỉnh", "huyện", "của"}


def fits(line: Paragraph, *, has_caption: bool, in_cell: bool) -> bool:
    """Whether a line right under a picture is its caption. `in_cell`: a table holds the two."""
    if line.shots or line.kind in (Kind.HEADING, Kind.TITLE, Kind.LIST):
        return False
    caption, credit = split(line.text)
    if len(caption) > CAPTION_LENGTH:
        return False
    if has_caption:
        return bool(credit) and not caption  # only its credit may follow a caption
    if line.kind is Kind.CAPTION or in_cell:
        return True
    if OPENING.match(line.text) or (credit and not caption):
        return True
    return line.is_italic and (line.align == "center" or line.beside)


def split(text: str) -> tuple[str, str]:
    """(caption, credit): “Chị Lan bên khung nón. Ảnh: Thu Hà” → its two parts.

    “Ảnh: …” alone is a credit where it names someone, else a caption.
    """
    if len(text) > CAPTION_LENGTH + CREDIT_LENGTH:
        return text, ""
    marks = list(CREDIT_MARK.finditer(text))
    if not marks:
        return OPENING.sub("", text), ""
    before = text[: marks[-1].start()].rstrip(" ([–—-")
    name = text[marks[-1].end() :].strip(" )].")
    if not name or len(name) > CREDIT_LENGTH - len("Ảnh: ") or not (before or names_someone(name)):
        return OPENING.sub("", text), ""
    return OPENING.sub("", before), f"Ảnh: {name}"


def names_someone(text: str) -> bool:
    if text.lower() in SOURCES:
        return True
    words = [word for word in text.split() if word.lower() not in SMALL_WORDS]
    return (
        0 < len(words) <= 8
        and not NOT_NAMES.search(text)
        and all(word[0].isupper() for word in words)
    )
