"""What is written into the JPEG that newsrooms get: IPTC-IIM, and XMP with IPTC's properties.

Only what was approved with the story is written (`stories.pages.content`), never what the original
said of itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from accounts.canonical import canonical
from media.metadata import iim, jpeg, xmp

HOUSE = "Hội LHPN tỉnh Phú Thọ"


@dataclass(frozen=True, slots=True)
class Notes:
    """The texts of one picture in one story. `taken_on` is an ISO date or empty."""

    uuid: str
    title: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    terms: str = ""
    rights_holder: str = ""
    place: str = ""
    taken_on: str = ""
    keywords: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()  # from left to right

    @property
    def digest(self) -> str:
        """Other texts, another digest: it is part of the rendition's name."""
        said = {key: value for key, value in asdict(self).items() if value or key != "persons"}
        return hashlib.sha256(canonical(said).encode()).hexdigest()[:12]

    @property
    def creator(self) -> str:
        """`"Ảnh: Thu Hà"` → `"Thu Hà"`."""
        return re.sub(r"(?i)^\s*(ảnh|photo)\s*:\s*", "", self.credit).strip()

    @property
    def copyright(self) -> str:
        holder = self.rights_holder or self.creator
        return f"© {holder}" if holder else ""


def notes(picture: Mapping[str, Any]) -> Notes:
    """From the picture's entry in a page's content."""
    return Notes(
        uuid=picture["uuid"],
        title=picture["title"],
        caption=picture["caption"],
        credit=picture["credit"],
        alt=picture["alt"],
        terms=picture["terms"],
        rights_holder=picture.get("rights_holder", ""),
        place=picture.get("place", ""),
        taken_on=picture.get("taken_on", ""),
        keywords=tuple(picture.get("keywords", ())),
        persons=tuple(picture.get("persons", ())),
    )


def written(content: bytes, said: Notes) -> bytes:
    """The JPEG `content` with the notes inside, and with no other metadata."""
    return jpeg.with_segments(
        content,
        [
            (jpeg.APP1, xmp.SIGNATURE + _xmp(said)),
            (jpeg.APP13, iim.segment(_iim(said))),
        ],
    )


def _iim(said: Notes) -> dict[tuple[int, int], str | list[str]]:
    return {
        iim.TITLE: said.title,
        iim.HEADLINE: said.title,
        iim.CAPTION: said.caption,
        iim.BYLINE: said.creator,
        iim.CREDIT: said.credit,
        iim.SOURCE: HOUSE,
        iim.COPYRIGHT: said.copyright,
        iim.INSTRUCTIONS: said.terms,
        iim.SUBLOCATION: said.place,
        iim.CREATED: said.taken_on.replace("-", ""),
        iim.KEYWORDS: list(said.keywords),
        iim.TRANSMISSION: said.uuid.replace("-", ""),  # 32 bytes, its length
    }


def _xmp(said: Notes) -> bytes:
    ident = f"urn:uuid:{said.uuid}"
    return xmp.packet(
        texts=[
            ("dc:format", "image/jpeg"),
            ("dc:identifier", ident),
            ("photoshop:Headline", said.title),
            ("photoshop:Credit", said.credit),
            ("photoshop:Source", HOUSE),
            ("photoshop:Instructions", said.terms),
            ("photoshop:DateCreated", said.taken_on),
            ("photoshop:TransmissionReference", said.uuid.replace("-", "")),
            ("Iptc4xmpCore:Location", said.place),
            ("Iptc4xmpExt:DigImageGUID", ident),
            ("xmpRights:Marked", "True" if said.copyright else ""),
            ("plus:Version", "2.0.1"),
        ],
        languages=[
            ("dc:title", said.title),
            ("dc:description", said.caption),
            ("dc:rights", said.copyright),
            ("xmpRights:UsageTerms", said.terms),
            ("Iptc4xmpCore:AltTextAccessibility", said.alt),
        ],
        lists=[
            ("dc:creator", "rdf:Seq", [said.creator] if said.creator else []),
            ("dc:subject", "rdf:Bag", list(said.keywords)),
            # A bag by the standard; readers keep the order in which it is written.
            ("Iptc4xmpExt:PersonInImage", "rdf:Bag", list(said.persons)),
            ("xmpRights:Owner", "rdf:Bag", [said.rights_holder] if said.rights_holder else []),
        ],
        owner=said.rights_holder,
    )
