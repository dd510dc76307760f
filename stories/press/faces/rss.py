"""RSS 2.0 of the column, with pictures by Media RSS (JPEG only: readers skip WebP)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from stories.press.faces import column, house
from stories.press.faces.markup import put

MEDIA_TYPE = "application/rss+xml"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
NAMES = {"atom": ATOM, "content": CONTENT, "dc": DC, "media": MEDIA}
START = "1970-01-01T00:00:00Z"


def feed(payloads: Iterable[dict], *, base: str, path: str) -> bytes:
    """The feed document (UTF-8) of these payloads, newest first; `path` is the feed's own."""
    payloads = list(payloads)
    root = etree.Element("rss", nsmap=NAMES)
    root.set("version", "2.0")
    channel = put(root, "channel")
    put(channel, "title", house.COLUMN)
    put(channel, "link", f"{base}{house.COLUMN_PATH}")
    put(channel, "description", house.COLUMN_SUBTITLE)
    put(channel, "language", "vi")
    put(channel, "copyright", house.USAGE_TERMS)
    newest = max((payload["released_at"] for payload in payloads), default=START)
    put(channel, "lastBuildDate", date(newest))
    put(channel, f"{{{ATOM}}}link", rel="self", type=MEDIA_TYPE, href=f"{base}{path}")
    for payload in payloads:
        item(channel, payload, base)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def item(channel: etree._Element, payload: dict, base: str) -> None:
    """One story, or its withdrawal. `pubDate` is the release's: it is the only date RSS has."""
    node = put(channel, "item")
    put(node, "title", house.headline(payload))
    put(node, "link", house.absolute(payload["href"], base))
    put(node, "guid", payload["uri"], isPermaLink="false")
    put(node, "pubDate", date(payload["released_at"]))
    if column.byline(payload):
        put(node, f"{{{DC}}}creator", column.byline(payload))
    put(node, "description", payload["lead"])
    put(node, f"{{{CONTENT}}}encoded", column.content_html(payload, base))
    for _scheme, term in column.categories(payload):
        put(node, "category", term["name"])
    found = column.pictures(payload)
    for picture, rendition in found[:1]:
        if picture["uuid"] == payload.get("lead_picture"):
            href = house.absolute(rendition["href"], base)
            length = str(rendition["size"])
            put(node, "enclosure", url=href, type=rendition["mimetype"], length=length)
    for picture, rendition in found:
        _media(node, picture, rendition, base)


def _media(node: etree._Element, picture: dict, rendition: dict, base: str) -> None:
    media = put(
        node,
        f"{{{MEDIA}}}content",
        url=house.absolute(rendition["href"], base),
        medium="image",
        type=rendition["mimetype"],
        fileSize=str(rendition["size"]),
        width=str(rendition["width"]),
        height=str(rendition["height"]),
    )
    for name, text in (("title", picture.get("title")), ("description", picture.get("caption"))):
        if text:
            put(media, name, text, type="plain")
    if picture.get("credit"):
        put(media, "credit", picture["credit"], role="photographer")
    put(media, "copyright", picture.get("terms") or house.USAGE_TERMS)


def date(moment: str) -> str:
    """RFC 822's form of an instant in UTC."""
    parsed = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return format_datetime(parsed, usegmt=True)
