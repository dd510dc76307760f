"""Atom (RFC 4287) of the column: entries for readers that know nothing of tombstones.

Such readers take items by `updated` and ignore RFC 6721, so a withdrawn story stays: the same id,
a newer `updated`, the notice as title and content, no picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from stories.press.faces import column, house
from stories.press.faces.markup import clean

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"

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
    _add(node, "id", payload["uri"])
    _add(node, "title", house.headline(payload))
    _add(node, "updated", payload["released_at"])
    _add(node, "published", payload["first_released_at"])
    href = house.absolute(payload["href"], base)
    _add(node, "link", rel="alternate", type="text/html", href=href, hreflang="vi")
    if column.byline(payload):
        _add(_add(node, "author"), "name", column.byline(payload))
    _add(node, "summary", payload["lead"])
    for name, term in column.categories(payload):
        scheme = house.scheme(base, name)
        _add(node, "category", term=term["code"], label=term["name"], scheme=scheme)
    _enclose(node, payload, base)
    _add(node, "content", column.content_html(payload, base), type="html")
    return node


def _enclose(node: ET.Element, payload: dict, base: str) -> None:
    for picture, rendition in column.pictures(payload)[:1]:
        if picture["uuid"] == payload.get("lead_picture"):
            _add(
                node,
                "link",
                rel="enclosure",
                type=rendition["mimetype"],
                href=house.absolute(rendition["href"], base),
                length=str(rendition["size"]),
            )


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    kept = {key: clean(value) for key, value in attributes.items()}
    node = ET.SubElement(parent, f"{{{ATOM}}}{name}", kept)
    if text:
        node.text = clean(text)
    return node
