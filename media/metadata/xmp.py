"""XMP (ISO 16684-1) with the properties of the IPTC Photo Metadata Standard, read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from PIL import Image

NAMES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
}
XML = "http://www.w3.org/XML/1998/namespace"
SIGNATURE = b"http://ns.adobe.com/xap/1.0/\0"
LONGEST = 1024 * 1024  # bytes of a packet that is read
for _prefix, _uri in NAMES.items():
    register_namespace(_prefix, _uri)


@dataclass(frozen=True, slots=True)
class Packet:
    title: str = ""
    headline: str = ""
    description: str = ""
    creator: str = ""
    credit: str = ""
    rights: str = ""
    owner: str = ""
    terms: str = ""
    place: str = ""
    created: str = ""
    keywords: tuple[str, ...] = ()
    has_location: bool = False


def name(short: str) -> str:
    """`"dc:title"` → ElementTree's name of it."""
    prefix, local = short.split(":")
    return f"{{{NAMES[prefix]}}}{local}"


def read(image: Image.Image) -> Packet:
    """The XMP of an opened picture; empty where there is none or it is broken or hostile."""
    raw = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    raw = raw.encode() if isinstance(raw, str) else bytes(raw)
    if not raw or len(raw) > LONGEST:
        return Packet()
    try:
        root = fromstring(raw.strip(b"\0 \r\n\t"))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return Packet()
    return _packet(root, list(root.iter(name("rdf:Description"))))


def _packet(root: Element, nodes: list[Element]) -> Packet:
    def many(short: str) -> list[str]:
        return [text for node in nodes for text in _values(node, name(short)) if text.strip()]

    def one(*shorts: str) -> str:
        return next((text for short in shorts for text in many(short)), "")

    places = (one("Iptc4xmpCore:Location"), one("photoshop:City"), one("photoshop:State"))
    return Packet(
        title=one("dc:title"),
        headline=one("photoshop:Headline"),
        description=one("dc:description"),
        creator=", ".join(many("dc:creator")),
        credit=one("photoshop:Credit"),
        rights=one("dc:rights"),
        # A structure in a list: its parts stand deeper than the properties.
        owner=next((e.text for e in root.iter(name("plus:CopyrightOwnerName")) if e.text), "")
        or one("xmpRights:Owner"),
        terms=one("xmpRights:UsageTerms"),
        place=", ".join(dict.fromkeys(filter(None, places))),
        created=one("photoshop:DateCreated", "exif:DateTimeOriginal", "xmp:CreateDate"),
        keywords=tuple(many("dc:subject")),
        has_location=any(_tells_location(node) for node in nodes),
    )


def _values(node: Element, wanted: str) -> Iterator[str]:
    """A property's values: an attribute, a text, or the items of a list (the default one first)."""
    if wanted in node.attrib:
        yield node.attrib[wanted]
    for found in node.findall(wanted):
        items = list(found.iter(name("rdf:li")))
        items.sort(key=lambda item: item.get(f"{{{XML}}}lang", "x-default") != "x-default")
        if items and found.find(name("rdf:Alt")) is not None:
            yield items[0].text or ""
        elif items:
            yield from (item.text or "" for item in items)
        else:
            yield found.text or ""


def _tells_location(node: Element) -> bool:
    names = (*node.attrib, *(child.tag for child in node))
    return any(one.startswith(name("exif:GPS")) and "Version" not in one for one in names)


def packet(
    texts: Iterable[tuple[str, str]],
    languages: Iterable[tuple[str, str]],
    lists: Iterable[tuple[str, str, list[str]]],
    owner: str = "",
) -> bytes:
    """A packet: simple properties, language alternatives, and lists (`rdf:Bag` or `rdf:Seq`).

    Pairs are (name, value); what is empty is left out. `owner` is PLUS's structure of the holder.
    """
    meta = Element(name("x:xmpmeta"))
    node = SubElement(SubElement(meta, name("rdf:RDF")), name("rdf:Description"))
    node.set(name("rdf:about"), "")
    for short, value in texts:
        if value:
            SubElement(node, name(short)).text = value
    for short, value in languages:
        if value:
            item = _items(node, short, "rdf:Alt", [value])[0]
            item.set(f"{{{XML}}}lang", "x-default")
    for short, kind, values in lists:
        if values:
            _items(node, short, kind, values)
    if owner:
        item = _items(node, "plus:CopyrightOwner", "rdf:Seq", [""])[0]
        item.set(name("rdf:parseType"), "Resource")
        SubElement(item, name("plus:CopyrightOwnerName")).text = owner
    body = tostring(meta, encoding="unicode")
    head = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    return f'{head}{body}<?xpacket end="r"?>'.encode()


def _items(node: Element, short: str, kind: str, values: list[str]) -> list[Element]:
    holder = SubElement(SubElement(node, name(short)), name(kind))
    items = [SubElement(holder, name("rdf:li")) for _value in values]
    for item, value in zip(items, values, strict=True):
        item.text = value or None
    return items
