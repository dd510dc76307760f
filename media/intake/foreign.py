"""Content of another kind inside a picture or a PDF: a file that is two things at once.

Such a polyglot is a picture to us and a program, a page or an archive to somebody else.
"""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext as _

from media.intake.unusable import Unusable

CHUNK = 1024 * 1024
OVERLAP = 64
# Long enough not to occur by chance in 30 MB of compressed data.
PROGRAMS = re.compile(
    rb"<script[\s>]|<!doctype\s+html|<html[\s>]|<iframe[\s>]|<\?php\s|__HALT_COMPILER\s*\(",
    re.IGNORECASE,
)


def refuse(file: BinaryIO) -> None:
    """Raises Unusable when a ZIP (JAR, DOCX, PHAR in ZIP) or a program text is in the file."""
    file.seek(0)
    found = zipfile.is_zipfile(file) or _has_program(file)
    file.seek(0)
    if found:
        raise Unusable(
            _(
                "Trong tệp có lẫn nội dung của loại tệp khác (tệp nén, trang web hoặc chương "
                "trình) nên không được nhận. Hãy mở ra và lưu lại thành một tệp mới."
            ),
            code="polyglot",
        )


def _has_program(file: BinaryIO) -> bool:
    file.seek(0)
    tail = b""
    while chunk := file.read(CHUNK):
        if PROGRAMS.search(tail + chunk):
            return True
        tail = chunk[-OVERLAP:]
    return False
