"""What a newspaper's page says: its words and the day that it gives. Pure; nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from lxml import etree, html

HEAD = 4096  # bytes in which a page names its encoding
EARLIEST = date(1990, 1, 1)
# Never Python's other codecs: some of them unpack, some take quadratic time.
CHARSETS = {"utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252", "windows-1258", "utf-16"}
_NAMED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,20})", re.IGNORECASE)
_JSON_DAY = re.compile(r"\"datePublished\"\s*:\s*\"(\d{4}-\d\d-\d\d)")
_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)")
_UNREAD = ("script", "style", "noscript", "template", "svg", "head")
_DAYS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished' or @name='pubdate']/@content",
    "//time/@datetime",
)


@dataclass(frozen=True, slots=True)
class Page:
    """`titles` are what the page calls itself, `text` is what a reader sees of it."""

    titles: tuple[str, ...]
    text: str
    dated_on: date | None


def read(body: bytes, charset: str) -> Page:
    """A page from its bytes; an empty one from what no parser understands."""
    text = _decoded(body, charset).replace("\0", " ")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return Page((), "", None)
    titles = (
        *root.xpath("//meta[@property='og:title']/@content"),
        *("".join(one.itertext()) for one in root.iter("title")),
        *("".join(one.itertext()) for one in root.iter("h1")),
    )
    day = _day(root, text)
    for one in list(root.iter(*_UNREAD)):
        one.drop_tree()
    return Page(titles, " ".join(root.itertext()), day)


def _decoded(body: bytes, charset: str) -> str:
    named = _NAMED.search(body[:HEAD])
    inside = named.group(1).decode("ascii", "replace").lower() if named else ""
    for one in (charset, inside):
        if one in CHARSETS:
            return body.decode(one, "replace")
    return body.decode("utf-8", "replace")


def _day(root: html.HtmlElement, source: str) -> date | None:
    """The first day of publication that the page gives and that can be one."""
    latest = timezone.localdate() + timedelta(days=1)
    for text in _said(root, source):
        try:
            found = date.fromisoformat(text)
        except ValueError:
            continue
        if EARLIEST <= found <= latest:
            return found
    return None


def _said(root: html.HtmlElement, source: str) -> Iterator[str]:
    for path in _DAYS:
        for value in root.xpath(path):
            if match := _DAY.match(value):
                yield match.group(1)
    yield from _JSON_DAY.findall(source)
