"""NITF 3.6 without a namespace, as clients of the AP Media API want it.

What real readers need beyond the standard (superdesk-core 2.5.3, `nitf.py`, `newsml_2_0.py`): the
text in blocks inside one `block`, the abstract in one paragraph (of several it reads the first),
the byline as bare text. Pictures follow the block, so that no caption is taken for a sentence.
"""

from __future__ import annotations

from lxml import etree

from stories.press.faces import blocks, house, markup, subjects
from stories.press.faces.markup import put
from stories.press.faces.ninjs import URGENCY

MEDIA_TYPE = "application/nitf+xml"
VERSION = "-//IPTC//DTD NITF 3.6//EN"
TAGS = {
    "h2": "hl2",
    "h3": "hl2",
    "p": "p",
    "ul": "ul",
    "ol": "ol",
    "li": "li",
    "footer": "p",
    "a": "a",
    "b": "em",
    "strong": "em",
    "i": "em",
    "em": "em",
    "br": "br",
}
IDENTIFIED = {"person": "person", "organisation": "org", "object": "object.title"}


def document(payload: dict, base: str, *, pictures: bool = True) -> bytes:
    """The document (UTF-8). Without `pictures` no media element, for clients that ask for them
    apart and would take the captions for text."""
    root = element(payload, base, pictures=pictures)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def element(
    payload: dict, base: str, *, pictures: bool = True, namespace: str | None = None
) -> etree._Element:
    """The `nitf` element of a release; in a namespace where it is part of another document."""
    root = etree.Element(
        etree.QName(namespace, "nitf"), nsmap={None: namespace} if namespace else None
    )
    root.set("version", VERSION)
    root.set("baselang", payload["language"])
    _head(put(root, "head"), payload)
    body = put(root, "body")
    _body_head(put(body, "body.head"), payload)
    content = put(body, "body.content")
    block = put(content, "block", id="Main")
    for part in markup.tree(_html(payload, base)):
        _copy(part, block)
    if pictures and payload["kind"] not in house.WITHDRAWN:
        own = [payload] if payload["type"] == "picture" else payload.get("pictures", ())
        for picture in own:
            _media(content, picture, base)
    return root


def _html(payload: dict, base: str) -> str:
    if payload["kind"] in house.WITHDRAWN:
        return "".join(blocks.paragraphs(blocks.notice(payload)))
    if payload["type"] == "picture":
        return "".join(blocks.paragraphs(payload.get("caption") or ""))
    return blocks.body_html(payload, base)


def _head(head: etree._Element, payload: dict) -> None:
    withdrawn = payload["kind"] in house.WITHDRAWN
    slug = payload["kind"] if withdrawn else blocks.slug(payload)
    put(head, "title", payload["title"])
    put(head, "meta", name="anpa-keyword", content=slug)
    status = "embargoed" if payload.get("embargoed") else payload["pubstatus"]
    data = put(head, "docdata", management_status=status)
    put(data, "doc-id", id_string=payload["uri"])
    put(data, "du-key", version=str(payload["version"]), key=payload["uuid"])
    put(data, "urgency", ed_urg=str(URGENCY[payload["kind"]]))
    put(data, "date.issue", norm=stamp(payload["released_at"]))
    # When it may be used: of what is sent early, the end of its embargo.
    usable_from = payload.get("embargoed") or payload["first_released_at"]
    put(data, "date.release", norm=stamp(usable_from))
    if note := house.note(payload):
        put(data, "ed-msg", info=note)
    year = payload["first_released_at"][:4]
    put(data, "doc.copyright", holder=house.PUBLISHER, year=year)
    if withdrawn:
        return
    told = subjects.told_of(payload)
    tags = payload.get("tags", ())
    if tags:
        keys = put(data, "key-list")
        for tag in tags:
            put(keys, "keyword", key=tag)
    if told:
        identified = put(data, "identified-content")
        for kind, exemplar in told:
            put(identified, IDENTIFIED[kind], exemplar["title"])


def _body_head(head: etree._Element, payload: dict) -> None:
    withdrawn = payload["kind"] in house.WITHDRAWN
    put(put(head, "hedline"), "hl1", payload["title"])
    put(head, "rights", payload.get("terms") or house.USAGE_TERMS)
    byline = "" if withdrawn else payload.get("byline") or payload.get("credit")
    if byline:
        put(head, "byline", byline)
    put(head, "distributor", house.PUBLISHER)
    if not withdrawn and payload.get("unit"):
        put(put(head, "dateline"), "location", payload["unit"]["name"])
    if payload.get("lead"):
        put(put(head, "abstract"), "p", payload["lead"])


def _copy(source: etree._Element, target: etree._Element) -> None:
    """One element with all its words; figures stay out (pictures come after the block)."""
    top = etree.QName(target).localname == "block"
    if source.tag == "blockquote":
        _quote(source, target)
    elif isinstance(source.tag, str) and source.tag != "figure":
        # An unknown tag keeps its words, but never as bare text of the block: readers skip that.
        name = TAGS.get(source.tag) or ("p" if top else None)
        inner = put(target, name) if name else target
        if name == "a" and source.get("href"):
            inner.set("href", source.get("href"))
        _copy_into(inner, source)
    # White space between blocks is layout, not text.
    if source.tail and not top:
        markup.say(target, source.tail)
    elif source.tail and source.tail.strip():
        put(target, "p", source.tail)


def _quote(source: etree._Element, target: etree._Element) -> None:
    """Each paragraph quoted, then who said it. Not as `bq`: that needs blocks of its own, and
    clients of the AP Media API cut `</block>` out of the text wherever it stands."""
    for part in source:
        if part.tag == "p":
            _copy_into(put(put(target, "p"), "q"), part)
        else:
            _copy(part, target)


def _copy_into(inner: etree._Element, source: etree._Element) -> None:
    markup.say(inner, source.text)
    for child in source:
        _copy(child, inner)


def _media(content: etree._Element, picture: dict, base: str) -> None:
    rendition = house.rendition(picture)
    if rendition is None:
        return
    media = put(content, "media", media_type="image")
    put(
        media,
        "media-reference",
        mime_type=rendition["mimetype"],
        source=house.absolute(rendition["href"], base),
        alternate_text=picture.get("alt") or "",
        width=str(rendition["width"]),
        height=str(rendition["height"]),
    )
    if picture.get("caption"):
        put(put(media, "media-caption"), "p", picture["caption"])
    if picture.get("credit"):
        put(media, "media-producer", picture["credit"])


def stamp(moment: str) -> str:
    """ISO 8601's basic form: `20261120T030000Z`."""
    return moment.replace("-", "").replace(":", "")
