"""Atom (RFC 4287) of the column: entries for readers that know nothing of tombstones.

Such readers take items by `updated` and ignore RFC 6721, so a withdrawn story stays: the same id,
a newer `updated`, the notice as title and content, no picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from xml.etree import ElementTree as ET

from stories.press.faces import blocks, house

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
# Characters that XML 1.0 can't carry at all, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("", ATOM)


def feed(payloads: Iterable[dict], *, base: str, path: str) -> bytes:
    """The feed document (UTF-8) of these payloads, newest first; `path` is the feed's own."""
    payloads = list(payloads)
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": "vi"})
    _add(root, "id", f"{base}{house.COLUMN_PATH}")
    _add(root, "title", house.COLUMN)
    _add(root, "subtitle", house.COLUMN_SUBTITLE)
    # RFC 4287 wants a date even before the first story.
    updated = max((payload["released_at"] for payload in payloads), default="1970-01-01T00:00:00Z")
    _add(root, "updated", updated)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=f"{base}{path}")
    _add(root, "link", rel="hub", href=f"{base}{house.HUB_PATH}")
    _add(root, "link", rel="alternate", type="text/html", href=f"{base}{house.COLUMN_PATH}")
    _add(_add(root, "author"), "name", house.PUBLISHER)
    _add(root, "rights", house.USAGE_TERMS)
    root.extend(entry(payload, base) for payload in payloads)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def entry(payload: dict, base: str) -> ET.Element:
    """One story (or its withdrawal) as an entry element."""
    node = ET.Element(f"{{{ATOM}}}entry")
    withdrawn = payload["kind"] in house.WITHDRAWN
    _add(node, "id", payload["uri"])
    _add(node, "title", _title(payload))
    _add(node, "updated", payload["released_at"])
    _add(node, "published", payload["first_released_at"])
    href = house.absolute(payload["href"], base)
    _add(node, "link", rel="alternate", type="text/html", href=href, hreflang="vi")
    if payload.get("byline"):
        _add(_add(node, "author"), "name", payload["byline"])
    _add(node, "summary", payload["lead"])
    if withdrawn:
        content = "\n".join(blocks.paragraphs(payload["text"] or payload["lead"]))
    else:
        content = _content(payload, base)
        for name, term in _categories(payload):
            scheme = house.scheme(base, name)
            _add(node, "category", term=term["code"], label=term["name"], scheme=scheme)
        _enclose(node, payload, base)
    _add(node, "content", content, type="html")
    return node


def _title(payload: dict) -> str:
    """The title; a canceled story's begins with THU HỒI whatever the notice's own title says."""
    title = payload["title"]
    if payload["kind"] == "canceled" and not title.upper().startswith("THU HỒI"):
        return f"THU HỒI: {title}"
    return title


def _content(payload: dict, base: str) -> str:
    """Lead, lead picture (when the body doesn't show it) and body: readers show content alone."""
    lines = (line for line in payload["lead"].split("\n") if line.strip())
    lead = "".join(f"<p><strong>{escape(line)}</strong></p>" for line in lines)
    shown = {b["picture"] for b in payload["body"] if b["type"] == "picture"}
    picture = _lead_picture(payload)
    figure = ""
    if picture and picture["uuid"] not in shown:
        figure = blocks.figure_html(picture, base)
    parts = (lead, figure, blocks.body_html(payload, base))
    return "\n".join(part for part in parts if part)


def _lead_picture(payload: dict) -> dict | None:
    lead = payload.get("lead_picture")
    return next((p for p in payload.get("pictures", ()) if p["uuid"] == lead), None)


def _enclose(node: ET.Element, payload: dict, base: str) -> None:
    picture = _lead_picture(payload)
    rendition = house.rendition(picture) if picture else None
    if rendition:
        _add(
            node,
            "link",
            rel="enclosure",
            type=rendition["mimetype"],
            href=house.absolute(rendition["href"], base),
            length=str(rendition["size"]),
        )


def _categories(payload: dict) -> list[tuple[str, dict]]:
    found = [("content", term) for term in payload.get("contents", ())]
    if payload.get("group"):
        found.append(("group", payload["group"]))
    return found + [("tag", {"code": tag, "name": tag}) for tag in payload.get("tags", ())]


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    node = ET.SubElement(parent, f"{{{ATOM}}}{name}", clean)
    if text:
        node.text = _NOT_XML.sub("", text)
    return node
