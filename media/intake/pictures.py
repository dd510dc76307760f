"""Is this file a whole picture of bearable size, and nothing else? What is to be known of it?"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from media import fingerprints
from media.intake import foreign, headers, names, scanner
from media.intake.kinds import PIXELS, Kind
from media.intake.unusable import Unusable
from media.metadata.reader import Told, read

BROKEN = gettext_lazy("Ảnh bị hỏng hoặc chưa tải hết. Hãy chọn lại tệp ảnh gốc.")


@dataclass(frozen=True, slots=True)
class Seen:
    """What an examined picture is. Sizes in pixels, as the picture is to be seen."""

    kind: Kind
    width: int
    height: int
    fingerprint: int
    told: Told


def examine(file, name: str) -> Seen:
    """Raises Unusable unless `file` (seekable, binary) is a picture that may be stored.

    The answer is kept on the file: a form and the model behind it decode a picture once.
    """
    seen = getattr(file, "_seen", None)
    if seen is None:
        seen = _examine(file, name)
        file._seen = seen
    file.seek(0)
    return seen


def _examine(file, name: str) -> Seen:
    _check_length(file)
    header = _check_header(file, name)
    foreign.refuse(file)
    scanner.refuse_infected(file)
    try:
        with Image.open(file) as image:
            told = read(image)
            _decode(image)
            fingerprint = fingerprints.of(image, told.orientation)
    except (*headers.BROKEN, MemoryError) as error:
        raise Unusable(BROKEN, code="broken") from error
    return Seen(header.kind, header.width, header.height, fingerprint, told)


def _decode(image: Image.Image) -> None:
    """To the picture's end, so that a truncated file is found. A JPEG at an eighth of its size."""
    image.draft("RGB", (max(1, image.width // 8), max(1, image.height // 8)))
    image.load()


def _check_length(file) -> None:
    size = getattr(file, "size", None)
    if size is None:
        size = file.seek(0, 2)
    if not size:
        raise Unusable(_("Tệp rỗng, không có nội dung."), code="empty")
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if size > limit:
        raise Unusable(too_long(size), code="too_long")


def too_long(size: int) -> str:
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    return _("Ảnh nặng %(size)s, lớn hơn mức %(limit)s. Hãy giảm cỡ ảnh rồi tải lên lại.") % {
        "size": filesizeformat(size),
        "limit": filesizeformat(limit),
    }


def check_name(name: str) -> Kind:
    """The kind that a file's name promises. Raises Unusable for any that is no picture."""
    suffix = names.suffix(name)
    wanted = Kind.of_suffix(suffix)
    if wanted is None or not wanted.is_picture:
        raise Unusable(
            _("Không nhận tệp loại “%(suffix)s”. Hãy chọn ảnh loại JPG, PNG, WebP hoặc HEIC.")
            % {"suffix": suffix or _("không rõ")},
            code="suffix",
        )
    return wanted


def _check_header(file, name: str) -> headers.Header:
    wanted = check_name(name)
    kind = headers.kind_of(file)
    if kind is not wanted:
        raise _mismatch(names.suffix(name), kind)
    try:
        header = headers.read(file)
    except headers.BROKEN as error:
        raise Unusable(BROKEN, code="broken") from error
    if header.pixels > PIXELS[kind]:
        raise Unusable(
            _(
                "Ảnh có %(found)d triệu điểm ảnh, nhiều hơn mức %(limit)d triệu điểm ảnh. Hãy giảm "
                "cỡ ảnh, hoặc đặt máy chụp ở mức 12 triệu điểm ảnh."
            )
            % {"found": -(-header.pixels // 1_000_000), "limit": PIXELS[kind] // 1_000_000},
            code="pixels",
        )
    if not header.pixels:
        raise Unusable(BROKEN, code="broken")
    return header


def _mismatch(suffix: str, kind: Kind | None) -> Unusable:
    if kind is None:
        words = _("Tên tệp ghi “.%(suffix)s” nhưng bên trong không phải ảnh. Hãy chọn lại tệp ảnh.")
    else:
        words = _(
            "Tên tệp ghi “.%(suffix)s” nhưng bên trong là %(kind)s. Hãy đổi đuôi tệp thành "
            "“.%(right)s” rồi tải lên lại."
        )
    found = {"kind": kind.label, "right": kind.value} if kind else {}
    return Unusable(words % {"suffix": suffix, **found}, code="mismatch")
