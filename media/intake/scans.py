"""The scan or photograph of a signed paper: checked like any upload, kept as PDF, JPEG or PNG."""

from __future__ import annotations

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from media import rendering
from media.intake import foreign, headers, pdf, pictures, scanner
from media.intake.kinds import Kind
from media.intake.unusable import Unusable

KINDS = (Kind.PDF, Kind.JPEG, Kind.PNG, Kind.HEIC)
NAME = "phieu"
SIDE = 4000  # pixels of a converted photograph's longer side: small print stays readable


def taken_in(file: File) -> File:
    """The file to be kept, named after what it is; a phone's HEIC photograph as a JPEG.

    Browsers show no HEIC, and a proof must open in twenty years. Raises Unusable.
    """
    kind = headers.kind_of(file)
    if kind not in KINDS:
        raise Unusable(
            _("Chỉ nhận ảnh chụp (JPEG, PNG, HEIC của điện thoại) hoặc tệp PDF."), code="kind"
        )
    name = f"{NAME}.{kind.value}"
    if kind.is_picture:
        pictures.examine(file, name)
    else:
        foreign.refuse(file)
        scanner.refuse_infected(file)
        pdf.check(file)
    if kind is Kind.HEIC:
        return ContentFile(rendering.as_jpeg(file, SIDE), f"{NAME}.{Kind.JPEG.value}")
    file.seek(0)
    file.name = name
    return file
