"""The kinds of files that are taken in, and how large each may be."""

from __future__ import annotations

from enum import Enum

from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024


class Kind(Enum):
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    TEXT = "txt"

    @classmethod
    def of_suffix(cls, suffix: str) -> Kind | None:
        try:
            return cls(ALIASES.get(suffix, suffix))
        except ValueError:
            return None

    @property
    def is_picture(self) -> bool:
        return self in PIXELS

    @property
    def label(self):
        return LABELS[self]


ALIASES = {"jpeg": "jpg", "heif": "heic"}
LABELS = {
    Kind.JPEG: _("ảnh JPEG"),
    Kind.PNG: _("ảnh PNG"),
    Kind.WEBP: _("ảnh WebP"),
    Kind.HEIC: _("ảnh HEIC"),
    Kind.PDF: _("tài liệu PDF"),
    Kind.DOCX: _("tài liệu Word"),
    Kind.XLSX: _("bảng tính Excel"),
    Kind.ODT: _("tài liệu OpenDocument"),
    Kind.TEXT: _("tệp chữ"),
}
# Pixels that decoding and drawing renditions fit in the memory of one worker (400 MiB): a JPEG is
# decoded at a fraction of its size, a PNG in full, WebP and HEIC with copies inside their decoders.
# Phones take 12 or 24 megapixels unless told otherwise.
PIXELS = {
    Kind.JPEG: 50_000_000,
    Kind.PNG: 50_000_000,
    Kind.WEBP: 15_000_000,
    Kind.HEIC: 30_000_000,
}
