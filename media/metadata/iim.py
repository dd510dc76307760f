"""IPTC-IIM 4.2: the captions that news photographs have carried since 1991, read and written.

Pillow reads the datasets but not their character set; nothing well kept writes them.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image
from PIL.IptcImagePlugin import getiptcinfo

UTF8 = b"\x1b%G"  # ISO 2022: "UTF-8 from here on" (IIM 1:90)
SIGNATURE = b"Photoshop 3.0\0"
IPTC_BLOCK, DIGEST_BLOCK = 0x0404, 0x0425
LONGEST = 0x7FFF  # bytes of a dataset with a plain length

CHARSET = (1, 90)
TITLE, KEYWORDS, INSTRUCTIONS, CREATED = (2, 5), (2, 25), (2, 40), (2, 55)
BYLINE, CITY, SUBLOCATION, PROVINCE, COUNTRY = (2, 80), (2, 90), (2, 92), (2, 95), (2, 101)
TRANSMISSION, HEADLINE, CREDIT, SOURCE = (2, 103), (2, 105), (2, 110), (2, 115)
COPYRIGHT, CAPTION = (2, 116), (2, 120)


@dataclass(frozen=True, slots=True)
class Wire:
    title: str = ""
    headline: str = ""
    caption: str = ""
    byline: str = ""
    credit: str = ""
    copyright: str = ""
    instructions: str = ""
    place: str = ""
    created: str = ""
    keywords: tuple[str, ...] = ()


def read(image: Image.Image) -> Wire:
    """The IIM of an opened JPEG; empty where there is none or it is broken."""
    try:
        found = getiptcinfo(image) or {}
    except Exception:  # noqa: BLE001 - a broken block raises whatever it likes
        return Wire()
    declared = found.get(CHARSET) == UTF8

    def many(dataset: tuple[int, int]) -> list[str]:
        values = found.get(dataset) or []
        values = values if isinstance(values, list) else [values]
        return [decoded(value, declared) for value in values if value]

    def one(dataset: tuple[int, int]) -> str:
        return next(iter(many(dataset)), "")

    places = (one(dataset) for dataset in (SUBLOCATION, CITY, PROVINCE))
    return Wire(
        title=one(TITLE),
        headline=one(HEADLINE),
        caption=one(CAPTION),
        byline=one(BYLINE),
        credit=one(CREDIT),
        copyright=one(COPYRIGHT),
        instructions=one(INSTRUCTIONS),
        place=", ".join(dict.fromkeys(filter(None, places))),
        created=one(CREATED),
        keywords=tuple(many(KEYWORDS)),
    )


def decoded(value: bytes, declared_utf8: bool) -> str:
    """UTF-8 where declared or valid (much software forgets to declare it), else Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("utf-8" if declared_utf8 else "cp1252", "replace")


def segment(datasets: Mapping[tuple[int, int], str | list[str]]) -> bytes:
    """The body of a JPEG's APP13: the datasets in UTF-8, and their digest.

    Texts are written whole. The standard's old lengths (32 bytes for a name) would cut Vietnamese
    names in two; readers take longer ones.
    """
    block = _dataset(CHARSET, UTF8) + _dataset((2, 0), struct.pack(">H", 4))
    for dataset, values in sorted(datasets.items()):
        for value in values if isinstance(values, list) else [values]:
            if value:
                block += _dataset(dataset, value.encode()[:LONGEST])
    digest = hashlib.md5(block, usedforsecurity=False).digest()
    return SIGNATURE + _resource(IPTC_BLOCK, block) + _resource(DIGEST_BLOCK, digest)


def _dataset(number: tuple[int, int], value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, *number, len(value)) + value


def _resource(number: int, data: bytes) -> bytes:
    """One of Photoshop's image resources, with an empty name."""
    padding = b"\0" * (len(data) % 2)
    return struct.pack(">4sHHI", b"8BIM", number, 0, len(data)) + data + padding
