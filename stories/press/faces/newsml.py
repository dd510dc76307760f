"""NewsML-G2 2.35, power conformance, with the text as inline NITF.

Inline XHTML would be valid too, and real parsers lose text of it (they keep an element's first
words only); of inline NITF they read every element of the block.
"""

from __future__ import annotations

from lxml import etree

from stories.press.faces import blocks, house, nitf, subjects
from stories.press.faces.markup import put
from stories.press.faces.ninjs import URGENCY

MEDIA_TYPE = "application/vnd.iptc.g2.newsitem+xml"
NAR = "http://iptc.org/std/nar/2006-10-01/"
NITF = "http://iptc.org/std/NITF/2006-10-18/"
XML = "http://www.w3.org/XML/1998/namespace"
VERSION = "2.35"
CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"
SIGNAL = {"correction": "sig:correction"}


def document(payload: dict, base: str) -> bytes:
    """A release as one newsItem document (UTF-8)."""
    root = etree.Element(etree.QName(NAR, "newsItem"), nsmap={None: NAR})
    root.set("guid", payload["uri"])
    root.set("version", str(payload["version"]))
    root.set("standard", "NewsML-G2")
    root.set("standardversion", VERSION)
    root.set("conformance", "power")
    root.set(f"{{{XML}}}lang", payload["language"])
    put(root, "catalogRef", href=CATALOG)
    _rights(put(root, "rightsInfo"), payload, base)
    _item_meta(put(root, "itemMeta"), payload, base)
    _content_meta(put(root, "contentMeta"), payload, base)
    _content(put(root, "contentSet"), payload, base)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _named(parent: etree._Element, element: str, uri: str, name: str, **more: str) -> None:
    put(put(parent, element, uri=uri, **more), "name", name)


def _rights(rights: etree._Element, payload: dict, base: str) -> None:
    _named(rights, "copyrightHolder", f"{base}/", house.PUBLISHER)
    put(rights, "usageTerms", payload.get("terms") or house.USAGE_TERMS)


def _item_meta(meta: etree._Element, payload: dict, base: str) -> None:
    kind = "picture" if payload["type"] == "picture" else "text"
    put(meta, "itemClass", qcode=f"ninat:{kind}")
    _named(meta, "provider", f"{base}/", house.PUBLISHER)
    put(meta, "versionCreated", payload["released_at"])
    put(meta, "firstCreated", payload["first_released_at"])
    if payload.get("embargoed"):
        put(meta, "embargoed", payload["embargoed"])
    put(meta, "pubStatus", qcode=f"stat:{payload['pubstatus']}")
    put(meta, "title", payload["title"])
    if note := house.note(payload):
        put(meta, "edNote", note)
    if payload["kind"] in SIGNAL:
        put(meta, "signal", qcode=SIGNAL[payload["kind"]])
    if payload["kind"] in house.WITHDRAWN:
        return
    for picture in payload.get("pictures", ()):
        link = put(meta, "link", rel="irel:seeAlso", residref=f"{base}/id/{picture['uuid']}")
        put(link, "itemClass", qcode="ninat:picture")
        put(link, "headline", picture.get("title") or "")


def _content_meta(meta: etree._Element, payload: dict, base: str) -> None:
    """Administrative properties first, as the schema wants, then the descriptive ones."""
    withdrawn = payload["kind"] in house.WITHDRAWN
    put(meta, "urgency", str(URGENCY[payload["kind"]]))
    if payload.get("date"):
        put(meta, "contentCreated", f"{payload['date']}T05:00:00Z")
    if not withdrawn and (unit := payload.get("unit")):
        _named(meta, "located", subjects.uri(base, "unit", unit["code"]), unit["name"])
    _named(meta, "infoSource", f"{base}/", house.PUBLISHER)
    byline = "" if withdrawn else payload.get("byline") or payload.get("credit") or ""
    if byline:
        put(put(meta, "creator", literal=byline), "name", byline)
    put(meta, "language", tag=payload["language"])
    if not withdrawn:
        _subjects(meta, payload, base)
    put(meta, "slugline", payload["kind"] if withdrawn else blocks.slug(payload))
    put(meta, "headline", payload["title"])
    if byline:
        put(meta, "by", byline)
    description = payload.get("lead") or payload.get("caption")
    if description:
        put(meta, "description", description, role="drol:summary")


def _subjects(meta: etree._Element, payload: dict, base: str) -> None:
    for tag in payload.get("tags", ()):
        put(meta, "keyword", tag)
    for scheme, term in subjects.terms(payload):
        if scheme != "tag":
            _named(meta, "subject", subjects.uri(base, scheme, term["code"]), term["name"])
    classes = {"person": "cpnat:person", "organisation": "cpnat:organisation"}
    for kind, exemplar in subjects.told_of(payload):
        uri = f"{base}/id/{exemplar['uuid']}"
        _named(meta, "subject", uri, exemplar["title"], type=classes.get(kind, "cpnat:object"))


def _content(content: etree._Element, payload: dict, base: str) -> None:
    """The picture itself, or the text; what was withdrawn has its notice as text."""
    rendition = house.rendition(payload)
    if payload["type"] == "picture" and rendition and payload["kind"] not in house.WITHDRAWN:
        put(
            content,
            "remoteContent",
            rendition="rnd:highRes",
            href=house.absolute(rendition["href"], base),
            contenttype=rendition["mimetype"],
            size=str(rendition["size"]),
            width=str(rendition["width"]),
            height=str(rendition["height"]),
        )
        return
    inline = put(content, "inlineXML", contenttype=nitf.MEDIA_TYPE)
    text = nitf.element(payload, base, namespace=NITF)
    block = next(text.iter(etree.QName(NITF, "block")))
    inline.set("wordcount", str(len("\n".join(block.itertext()).split())))
    inline.append(text)
