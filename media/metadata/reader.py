"""What a picture file says of itself, as plain data for the fields of a picture.

Where several places say something, XMP goes before IPTC-IIM before EXIF (the order of the Metadata
Working Group's guidelines).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PIL import Image

from media.metadata import exif as exif_part
from media.metadata import iim, xmp

DATE = re.compile(r"(\d{4})[-:/]?(\d{2})[-:/]?(\d{2})")
# What cameras and programs write where a caption belongs: their own name, or a word of code.
NO_CAPTION = re.compile(
    r"(?i:(\w+ )?digital camera|default|untitled|screenshot|created with gimp|lead technologies.*)"
    r"|[a-z]+(_[a-z]+)*"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Texts are composed (NFC) and without control characters; empty when nothing is said."""

    headline: str = ""
    caption: str = ""
    credit: str = ""
    rights_holder: str = ""
    terms: str = ""
    place: str = ""
    taken_on: date | None = None
    keywords: tuple[str, ...] = ()
    has_location: bool = False
    orientation: int = 1


def read(image: Image.Image) -> Told:
    """Of an opened picture; what is broken in its metadata is passed over, never an error."""
    camera = exif_part.read(image)
    wire = iim.read(image)
    packet = xmp.read(image)
    creator = _first(packet.creator, wire.byline, camera.artist)
    return Told(
        headline=_text(_first(packet.headline, wire.headline, packet.title, wire.title)),
        caption=_text(_first(packet.description, wire.caption, _own(camera.description))),
        credit=_text(_first(creator, packet.credit, wire.credit)),
        rights_holder=_text(
            _first(packet.owner, _holder(_first(packet.rights, wire.copyright, camera.copyright)))
        ),
        terms=_text(_first(packet.terms, wire.instructions)),
        place=_text(_first(packet.place, wire.place)),
        taken_on=_date(packet.created, wire.created, camera.taken),
        keywords=_keywords(packet.keywords or wire.keywords),
        has_location=camera.has_location or packet.has_location,
        orientation=camera.orientation,
    )


def _first(*values: str) -> str:
    return next((value for value in values if value and value.strip()), "")


def _text(value: str) -> str:
    """Composed, in one line, without what isn't printed."""
    value = unicodedata.normalize("NFC", value)
    value = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in value)
    return " ".join(value.split())


def _own(description: str) -> str:
    return "" if NO_CAPTION.fullmatch(description.strip()) else description


def _holder(notice: str) -> str:
    """`"© 2026 Báo Phú Thọ. All rights reserved."` → `"Báo Phú Thọ"`."""
    name = re.sub(r"(?i)all rights reserved\.?|copyright|bản quyền( thuộc)?:?|\(c\)|©", " ", notice)
    return re.sub(r"^[\s,.;:-]*(\d{4}(\s*-\s*\d{4})?)?[\s,.;:-]*", "", name).strip(" ,.;:-")


def _date(*values: str) -> date | None:
    for value in values:
        found = DATE.match(value.strip()) if value else None
        if not found:
            continue
        try:
            day = date(*map(int, found.groups()))
        except ValueError:
            continue
        if day.year >= 1826 and day <= date.today():  # the first photograph; a camera's wrong clock
            return day
    return None


def _keywords(values: Iterable[str]) -> tuple[str, ...]:
    """At most 20, of at most 100 characters (a tag's length), each once."""
    words = (_text(part) for value in values for part in re.split(r"[;,]", value))
    return tuple(dict.fromkeys(word for word in words if word and len(word) <= 100))[:20]
