"""The body's blocks as HTML and as plain text, for faces that carry the text in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from media.credits import credit_line
from stories.press.faces import house

# Paragraphs are safe HTML: `<` in a sentence is `&lt;`, so `<a ` only ever opens a link.
_OWN_LINK = re.compile(r'(<a\s[^>]*?\bhref=")/(?!/)')


def body_html(payload: dict, base: str) -> str:
    """The whole body as HTML (h2, p, ul, blockquote, figure), links absolute. May be empty."""
    pictures = {picture["uuid"]: picture for picture in payload.get("pictures", ())}
    parts = [block_html(block, pictures, base) for block in payload.get("body", ())]
    parts.append(remainder_html(payload, nothing_yet=not any(parts)))
    return "\n".join(part for part in parts if part)


def remainder_html(payload: dict, *, nothing_yet: bool | None = None) -> str:
    """What follows the blocks: the awards, and before them the bare text where no block has any."""
    if nothing_yet is None:
        nothing_yet = not payload.get("body")
    parts = paragraphs(payload["text"]) if nothing_yet and payload.get("text") else []
    return "\n".join(parts + _awards_html(payload))


def body_text(payload: dict) -> str:
    """The whole body as plain text, one paragraph a line."""
    lines = [payload.get("text", ""), *_awards_lines(payload)]
    return "\n".join(line for line in lines if line)


def notice(payload: dict) -> str:
    """What a withdrawn item says, as plain text."""
    return payload["text"] or payload["lead"]


def slug(payload: dict) -> str:
    """The last part of the item's own address: `chi-lan-giu-nghe-non`."""
    return payload["href"].strip("/").rsplit("/", 1)[-1]


def paragraphs(text: str) -> list[str]:
    """Plain text as HTML paragraphs, one a line."""
    return [f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip()]


def figure_html(picture: dict, base: str) -> str:
    """A picture with caption and credit; empty without a press rendition."""
    rendition = house.rendition(picture)
    if rendition is None:
        return ""
    source = escape(house.absolute(rendition["href"], base))
    caption = caption_of(picture)
    tail = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    size = f'width="{rendition["width"]}" height="{rendition["height"]}"'
    alt = escape(picture.get("alt") or "")
    return f'<figure><img src="{source}" alt="{alt}" {size}>{tail}</figure>'


def caption_of(picture: dict) -> str:
    """Caption and credit in one line: “Chị Lan bên khung nón. Ảnh: Thu Hà”."""
    caption, credit = picture.get("caption") or "", credit_line(picture.get("credit") or "")
    return " ".join(part for part in (caption, credit) if part)


def block_html(block: dict, pictures: dict[str, dict], base: str) -> str:
    """One block as HTML. A kind of block not known here keeps its words as a paragraph."""
    match block["type"]:
        case "paragraph":
            return _OWN_LINK.sub(rf"\g<1>{base}/", block["html"])
        case "heading":
            return f"<h2>{escape(block['text'])}</h2>"
        case "quote":
            by = block.get("attribution")
            foot = f"<footer>— {escape(by)}</footer>" if by else ""
            return f"<blockquote>{''.join(paragraphs(block['text']))}{foot}</blockquote>"
        case "figures":
            return _list(
                f"<strong>{escape(str(item['value']))}</strong> {escape(item['label'])}"
                for item in block["items"]
            )
        case "video":
            title = block.get("title") or block["url"]
            href = escape(house.absolute(block["url"], base))
            return f'<p><a href="{href}">{escape(title)}</a></p>'
        case "picture":
            picture = pictures.get(block["picture"])
            return figure_html(picture, base) if picture else ""
        case _:
            return block.get("html") or "".join(paragraphs(block.get("text", "")))


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _awards_lines(payload: dict) -> list[str]:
    lines = []
    for award in payload.get("awards", ()):
        parts = [award["title"], award.get("awarded_by"), award.get("decision_number")]
        year = f" ({award['year']})" if award.get("year") else ""
        lines.append(", ".join(str(part) for part in parts if part) + year)
    return lines


def _awards_html(payload: dict) -> list[str]:
    lines = _awards_lines(payload)
    if not lines:
        return []
    return ["<h2>Khen thưởng</h2>", _list(escape(line) for line in lines)]
