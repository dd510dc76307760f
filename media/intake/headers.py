"""The kind and the size in pixels of a picture, read from its header: nothing is decoded."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

import filetype
from PIL import Image

from media.intake.kinds import PIXELS, Kind

HEAD = 8192
ORIENTATION = 0x0112
# Whatever a hostile or broken header makes Pillow and libheif raise.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Header:
    """`width` and `height` are pixels as the picture is to be seen, its orientation applied."""

    kind: Kind
    width: int
    height: int

    @property
    def pixels(self) -> int:
        return self.width * self.height


def kind_of(file: BinaryIO) -> Kind | None:
    """What the first bytes say the file is; None when it is none of the kinds known here."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return Kind.of_suffix(filetype.guess_extension(head) or "")


def read(file: BinaryIO) -> Header:
    """Raises OSError, SyntaxError or ValueError for what is no picture or is broken."""
    kind = kind_of(file)
    if kind is None or not kind.is_picture:
        raise ValueError("not a picture")
    if kind is Kind.WEBP:  # Pillow would reserve the whole canvas, twice, on opening
        width, height = _webp_size(file)
        if width * height > PIXELS[kind]:
            return Header(kind, width, height)
    with Image.open(file) as image:
        width, height = image.size
        turned = kind is not Kind.HEIC and _is_turned(image)
    file.seek(0)
    return Header(kind, height, width) if turned else Header(kind, width, height)


def _is_turned(image: Image.Image) -> bool:
    """Whether EXIF lays it on its side (orientation 5-8). libheif has turned a HEIC already.

    Not by `getexif`: of a PNG, that decodes the whole picture.
    """
    raw = image.info.get("exif")
    if not raw:
        return False
    exif = Image.Exif()
    exif.load(raw)
    return exif.get(ORIENTATION) in (5, 6, 7, 8)


def _webp_size(file: BinaryIO) -> tuple[int, int]:
    """By the WebP container's specification (RFC 9649), sections 2.5 to 2.7."""
    file.seek(12)
    chunk, body = file.read(4), file.read(18)[4:]
    file.seek(0)
    if chunk == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if chunk == b"VP8L" and body[:1] == b"\x2f":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("no WebP header")
