"""Is this document of the kind that its name says, whole, and without anything that runs?"""

from __future__ import annotations

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media.intake import foreign, headers, names, office, pdf, pictures, scanner
from media.intake.kinds import Kind
from media.intake.unusable import Unusable

CHUNK = 1024 * 1024


def check(file, name: str) -> None:
    """Raises Unusable unless `file` (seekable, binary) may be stored. Checked once per file."""
    if not getattr(file, "_checked", False):
        _check(file, name)
        file._checked = True
    file.seek(0)


def _check(file, name: str) -> None:
    kind = _kind(name)
    if kind.is_picture:
        pictures.examine(file, name)
        return
    _check_length(file)
    found = headers.kind_of(file)
    if found is not None and found is not kind and found not in office.MAIN:
        raise Unusable(
            _("Tên tệp ghi “.%(suffix)s” nhưng bên trong là %(kind)s.")
            % {"suffix": names.suffix(name), "kind": found.label},
            code="mismatch",
        )
    scanner.refuse_infected(file)
    if kind is Kind.TEXT:
        _check_text(file)
    elif kind is Kind.PDF:
        foreign.refuse(file)
        pdf.check(file)
    else:
        office.check(file, kind)


def _kind(name: str) -> Kind:
    suffix = names.suffix(name)
    kind = Kind.of_suffix(suffix)
    if kind is None or suffix not in settings.WAGTAILDOCS_EXTENSIONS:
        raise Unusable(
            _("Không nhận tài liệu loại “%(suffix)s”. Các loại được nhận: %(kinds)s.")
            % {
                "suffix": suffix or _("không rõ"),
                "kinds": ", ".join(settings.WAGTAILDOCS_EXTENSIONS),
            },
            code="suffix",
        )
    return kind


def _check_length(file) -> None:
    if not file.size:
        raise Unusable(_("Tệp rỗng, không có nội dung."), code="empty")
    limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if file.size > limit:
        raise Unusable(
            _("Tệp nặng %(size)s, lớn hơn mức %(limit)s.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(limit)},
            code="too_long",
        )


def _check_text(file) -> None:
    """Text has no NUL (but in UTF-16 with its mark) and is no page or program."""
    foreign.refuse(file)
    file.seek(0)
    marked = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
    file.seek(0)
    while chunk := file.read(CHUNK):
        if b"\0" in chunk and not marked:
            raise Unusable(
                _("Tên tệp ghi “.txt” nhưng bên trong không phải là chữ."), code="mismatch"
            )
