"""PDF files: read by qpdf in a process of its own, with bounds on its memory and time.

A reader of PDF is a large target; whatever a hostile file does to it happens to that process only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from media.intake.unusable import Unusable

TIMEOUT = 20  # seconds
INSPECTOR = Path(__file__).with_name("pdf_inspector.py")

LOCKED = _("Tệp PDF có mật khẩu nên không kiểm tra được. Hãy bỏ mật khẩu rồi tải lên lại.")
ACTIVE = _(
    "Tệp PDF có phần tự chạy hoặc tệp đính kèm (%(what)s) nên không được nhận. Hãy in lại thành "
    "PDF (Print → Save as PDF) rồi tải lên."
)
BROKEN = _("Tệp PDF bị hỏng hoặc chưa tải hết. Hãy mở ra kiểm tra rồi tải lên lần nữa.")
TOO_MUCH = _("Tệp PDF quá phức tạp hoặc bung ra quá lớn nên không được nhận.")


def check(file) -> None:
    """Raises Unusable for a file that is broken, locked, or does anything by itself."""
    file.seek(0)
    if not file.read(8).startswith(b"%PDF-"):
        raise Unusable(BROKEN, code="broken")
    with _path_of(file) as path:
        verdict = _inspected(path)
    file.seek(0)
    if verdict == "locked":
        raise Unusable(LOCKED, code="locked")
    if verdict == "too-much":
        raise Unusable(TOO_MUCH, code="swollen")
    if verdict.startswith("active "):
        raise Unusable(ACTIVE % {"what": verdict.removeprefix("active ")}, code="active")
    if verdict != "fine":
        raise Unusable(BROKEN, code="broken")


def _inspected(path: str) -> str:
    """What the inspector says; an empty string when it crashed."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and a path that we made
            [sys.executable, "-I", str(INSPECTOR), path],
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        return "too-much"
    return done.stdout.decode("ascii", "replace").strip()


@contextmanager
def _path_of(file):
    if hasattr(file, "temporary_file_path"):
        yield file.temporary_file_path()
        return
    with NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, suffix=".pdf") as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield copy.name
