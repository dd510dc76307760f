"""Hostile and broken pictures: {what it is: (file name, content, code of the answer)}."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener(thumbnails=False)
SIZE = (640, 428)


def saved(kind: str, size: tuple[int, int] = SIZE, mode: str = "RGB", **how) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind, **how)
    return out.getvalue()


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *, bits: int = 8, colour: int = 2, rows: bytes = b"") -> bytes:
    """A PNG by its header; its pixels are whatever `rows` inflates to."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", zlib.compress(rows, 9))
        + png_chunk(b"IEND", b"")
    )


def webp(width: int, height: int) -> bytes:
    """A WebP whose header promises a canvas of this size."""
    flags = b"\x10\0\0\0"
    body = flags + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    inner = saved("WEBP")[12:]
    chunks = b"VP8X" + struct.pack("<I", len(body)) + body + inner
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def jpeg(width: int, height: int) -> bytes:
    """A small JPEG whose frame header says this size."""
    content = bytearray(saved("JPEG"))
    at = content.index(b"\xff\xc0")
    struct.pack_into(">HH", content, at + 5, height, width)
    return bytes(content)


def with_comment(text: bytes) -> bytes:
    content = saved("JPEG")
    return content[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + content[2:]


def zipped(name: str = "a.txt", content: bytes = b"a" * 64) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def truncated_heic() -> bytes:
    content = saved("HEIF")
    return content[: len(content) * 2 // 3]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><body><script>alert(document.cookie)</script></body></html>"
PHP = b"<?php system($_GET['c']); __HALT_COMPILER(); ?>"

PICTURES: dict[str, tuple[str, bytes, str]] = {
    "a text in a JPEG's name": ("anh.jpg", b"day khong phai anh", "mismatch"),
    "an empty file": ("rong.jpg", b"", "empty"),
    "an SVG with a script": ("hinh.svg", SVG, "suffix"),
    "an SVG in a PNG's name": ("hinh.png", SVG, "mismatch"),
    "an SVG in a WebP's name": ("hinh.webp", b'<?xml version="1.0"?>' + SVG, "mismatch"),
    "a GIF": ("hinh.gif", saved("GIF"), "suffix"),
    "a BMP": ("hinh.bmp", saved("BMP"), "suffix"),
    "a TIFF in a JPEG's name": ("hinh.jpg", saved("TIFF"), "mismatch"),
    "a PSD in a JPEG's name": ("hinh.jpg", b"8BPS\0\x01" + b"\0" * 60, "mismatch"),
    "a PNG in a JPEG's name": ("hinh.jpg", saved("PNG"), "mismatch"),
    "a JPEG in a PNG's name": ("hinh.png", saved("JPEG"), "mismatch"),
    "a HEIC in a JPEG's name": ("IMG_1.jpg", saved("HEIF"), "mismatch"),
    "a WebP in a HEIC's name": ("IMG_1.heic", saved("WEBP"), "mismatch"),
    "an AVIF in a HEIC's name": ("IMG_1.heic", saved("AVIF"), "mismatch"),
    "a PDF in a JPEG's name": ("quet.jpg", b"%PDF-1.7\n%%EOF", "mismatch"),
    "a program in a JPEG's name": ("anh.jpg", b"MZ" + b"\0" * 500, "mismatch"),
    "a zip in a PNG's name": ("anh.png", zipped(), "mismatch"),
    "a page in a JPEG's name": ("anh.jpg", HTML, "mismatch"),
    "two suffixes": ("anh.jpg.php", saved("JPEG"), "suffix"),
    "no suffix": ("anh", saved("JPEG"), "suffix"),
    "a suffix of letters that look alike": ("anh.јpg", saved("JPEG"), "suffix"),  # Cyrillic ј
    "a truncated JPEG": ("cat.jpg", saved("JPEG")[:400], "broken"),
    "a JPEG cut in its scan": ("cat.jpg", saved("JPEG", quality=95)[:-900], "broken"),
    "a JPEG of its first bytes": ("cat.jpg", saved("JPEG")[:20], "broken"),
    "a truncated PNG": ("cat.png", saved("PNG")[:-200], "broken"),
    "a PNG without pixels": ("cat.png", png(100, 100), "broken"),
    "a PNG with a wrong check sum": (
        "hong.png",
        saved("PNG").replace(b"IHDR\0\0", b"IHDR\0\1", 1),
        "broken",
    ),
    "a PNG of no width": ("khong.png", png(0, 100), "broken"),
    "a truncated WebP": ("cat.webp", saved("WEBP")[:-100], "broken"),
    "a WebP that is only a header": ("cat.webp", b"RIFF\x24\0\0\0WEBPVP8 ", "broken"),
    "a truncated HEIC": ("cat.heic", truncated_heic(), "broken"),
    "a HEIC that is only a header": ("cat.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "broken"),
    "a PNG with an endless text": (
        "bom.png",
        saved("PNG")[:33]
        + png_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000, 9))
        + saved("PNG")[33:],
        "broken",
    ),
    "a PNG bomb of 200 megapixels": ("bom.png", png(20_000, 10_000), "pixels"),
    "a PNG bomb of 60 megapixels, one bit each": (
        "bom.png",
        png(10_000, 6_000, bits=1, colour=0, rows=b"\0" * (1251 * 6_000)),
        "pixels",
    ),
    "a PNG with the largest sides there are": ("bom.png", png(2**31 - 1, 2**31 - 1), "pixels"),
    "a WebP bomb of 200 megapixels": ("bom.webp", webp(16_000, 12_500), "pixels"),
    "a WebP bomb of 268 megapixels, lossless": (
        "bom.webp",
        b"RIFF\x1e\0\0\0WEBPVP8L\x12\0\0\0\x2f" + (2**28 - 1).to_bytes(4, "little") + b"\0" * 14,
        "pixels",
    ),
    "a JPEG that says 200 megapixels": ("to.jpg", jpeg(16_320, 12_240), "pixels"),
    "a JPEG that says 4 gigapixels": ("to.jpg", jpeg(65_500, 65_500), "pixels"),
    "a JPEG and a zip": ("lai.jpg", saved("JPEG") + zipped(), "polyglot"),
    "a PNG and a zip": ("lai.png", saved("PNG") + zipped("META-INF/MANIFEST.MF"), "polyglot"),
    "a WebP and a zip": ("lai.webp", saved("WEBP") + zipped(), "polyglot"),
    "a HEIC and a zip": ("lai.heic", saved("HEIF") + zipped(), "polyglot"),
    "a JPEG and a page": ("lai.jpg", saved("JPEG") + HTML, "polyglot"),
    "a JPEG with a page in its comment": ("lai.jpg", with_comment(HTML), "polyglot"),
    "a JPEG with PHP in its comment": ("lai.jpg", with_comment(PHP), "polyglot"),
    "a JPEG that is a PHAR": ("lai.jpg", saved("JPEG") + b"__HALT_COMPILER(); ?>\r\n", "polyglot"),
    "a PNG with a script in its text": (
        "lai.png",
        saved("PNG")[:33] + png_chunk(b"tEXt", b"Comment\0" + HTML) + saved("PNG")[33:],
        "polyglot",
    ),
}
