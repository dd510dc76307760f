"""Pictures as they come from cameras, phones and agencies, with markers to look for later."""

from __future__ import annotations

import io
import struct

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pillow_heif import register_heif_opener

from media.metadata import iim, jpeg, xmp

register_heif_opener(thumbnails=False)
SERIAL, MAKER, OWNER = "SERIAL-4711-XYZ", "MAKERNOTE-SECRET", "Nhà bà Lan, ngõ 5"
MARKERS = [SERIAL.encode(), MAKER.encode(), OWNER.encode(), b"GPS", b"105.2", b"21.32", b"<exif:"]


def exif(**more) -> bytes:
    """With a place on the map, a serial number, a maker's note and an orientation."""
    data = Image.Exif()
    data[0x010F], data[0x0110] = "Canon", "EOS R6"
    data[0x010E] = "Chị Lan khâu nón".encode()
    data[0x013B] = "Thu Hà".encode()
    data[0x0112] = more.get("orientation", 1)
    detail = data.get_ifd(0x8769)
    detail[0x9003], detail[0xA431], detail[0x927C] = "2026:10:19 08:30:00", SERIAL, MAKER.encode()
    if more.get("location", True):
        place = data.get_ifd(0x8825)
        place[1], place[2] = "N", (21.0, 19.0, 20.1)
        place[3], place[4] = "E", (105.0, 13.0, 12.2)
        place[27] = OWNER.encode()
    return data.tobytes()


def packet(**texts: str) -> bytes:
    """An agency's XMP, with a place on the map that Lightroom put there."""
    said = {"caption": "Chị Lan bên khung nón", "headline": "Giữ nghề nón lá"} | texts
    base = xmp.packet(
        texts=[
            ("photoshop:Headline", said["headline"]),
            ("photoshop:Credit", "Báo Phú Thọ"),
            ("photoshop:DateCreated", "2026-10-20"),
            ("photoshop:City", "Lâm Thao"),
            ("Iptc4xmpCore:Location", "Làng nón Gia Thanh"),
            ("exif:GPSLatitude", "21,19.335N"),
            ("exif:GPSLongitude", "105.2"),
        ],
        languages=[
            ("dc:description", said["caption"]),
            ("xmpRights:UsageTerms", "Chỉ dùng một lần"),
        ],
        lists=[
            ("dc:creator", "rdf:Seq", ["Nguyễn Thị Thu Hà"]),
            ("dc:subject", "rdf:Bag", ["nón lá", "làng nghề"]),
        ],
        owner="Báo Phú Thọ",
    )
    return base.replace(b"W5M0MpCehiHzreSzNTczkc9d", b"W5M0MpCehiHzreSzNTczkc9d " + SERIAL.encode())


def picture(size: tuple[int, int] = (640, 428), seed: int = 0) -> Image.Image:
    """A picture with something to see in each part of it."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    for at in range(6):
        colour = (40 * at, 255 - 30 * at, 17 * seed % 256)
        left, top = (97 * at + 131 * seed) % size[0], (61 * at + 83 * seed) % size[1]
        image.paste(colour, (left, top, left + size[0] // 5, top + size[1] // 6))
    return image


def saved(kind: str, image: Image.Image | None = None, **how) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, kind, **how)
    return out.getvalue()


def wire(**texts: str | list[str]) -> bytes:
    """A JPEG with IIM only, as agencies' older software writes it."""
    names = {"caption": iim.CAPTION, "headline": iim.HEADLINE, "byline": iim.BYLINE}
    names |= {"copyright": iim.COPYRIGHT, "created": iim.CREATED, "keywords": iim.KEYWORDS}
    names |= {"city": iim.CITY, "province": iim.PROVINCE, "terms": iim.INSTRUCTIONS}
    body = iim.segment({names[name]: text for name, text in texts.items()})
    return jpeg.with_segments(saved("JPEG"), [(jpeg.APP13, body)])


def old_wire(caption: bytes) -> bytes:
    """IIM that declares no character set."""
    block = struct.pack(">BBBH", 0x1C, 2, 120, len(caption)) + caption
    head = struct.pack(">4sHHI", b"8BIM", iim.IPTC_BLOCK, 0, len(block))
    body = iim.SIGNATURE + head + block + b"\0" * (len(block) % 2)
    return jpeg.with_segments(saved("JPEG"), [(jpeg.APP13, body)])


def text(**texts: str) -> PngInfo:
    info = PngInfo()
    for key, value in texts.items():
        info.add_itxt(key, value)
    return info


def telling() -> dict[str, bytes]:
    """Originals of each kind that say what must not leave the house."""
    packed = text(**{"XML:com.adobe.xmp": packet().decode(), "Comment": f"{SERIAL} {OWNER}"})
    whole = {"exif": exif(), "xmp": packet()}
    iptc = jpeg.with_segments(
        saved("JPEG"), [(jpeg.APP13, iim.segment({iim.CAPTION: f"{OWNER} {SERIAL}"}))]
    )
    return {
        "may-anh.jpg": saved("JPEG", comment=f"{SERIAL} {MAKER}", **whole) + SERIAL.encode(),
        "tin-anh.jpg": iptc,
        "anh.png": saved("PNG", exif=exif(), pnginfo=packed),
        "anh.webp": saved("WEBP", **whole),
        "IMG_0001.HEIC": saved("HEIF", **whole),
    }
