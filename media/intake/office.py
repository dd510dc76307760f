"""Office files that are zips of parts: OOXML (ECMA-376) and ODF (ISO 26300).

Nothing is unpacked to disk, no address in the file is fetched, and parts are read in pieces, never
beyond the size that they declare: a lying size ends in a wrong check sum.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from media.intake.kinds import MEGABYTE, Kind
from media.intake.unusable import Unusable

MAX_UNPACKED = 200 * MEGABYTE
MAX_XML = 25 * MEGABYTE
MAX_PARTS = 5000
CHUNK = 256 * 1024

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB]: old Office files, and ones with a password
MAIN = {  # the part that makes a package what its name says
    Kind.DOCX: "word/document.xml",
    Kind.XLSX: "xl/workbook.xml",
    Kind.ODT: "content.xml",
}
MACRO_PARTS = re.compile(
    r"(^|/)vba(project|data)|(^|/)macrosheets/|^(basic|scripts)/.|\.(docm|dotm|xlsm|xltm|xlsb|pptm)$"
)
PROGRAM_PARTS = re.compile(r"\.(exe|dll|scr|js|jse|vbs|vbe|hta|bat|cmd|ps1|lnk|jar|msi|swf)$")
UNSAFE_XML = re.compile(rb"<!DOCTYPE|<!ENTITY|\bDDEAUTO\b|<\w*:?ddeLink\b|office:dde-source")
MACRO_TYPE = re.compile(rb"macroEnabled", re.IGNORECASE)
# A template, an object or a frame from elsewhere is fetched as soon as the file is opened.
FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)"
    rb"(?=[^>]*/(attachedTemplate|oleObject|frame|subDocument|externalLinkPath)[\"'])[^>]*>"
)

LOCKED = _("Tệp có mật khẩu nên không kiểm tra được. Hãy bỏ mật khẩu, lưu lại rồi tải lên.")
OLD = _(
    "Đây là tệp Office kiểu cũ. Hãy mở ra, chọn Lưu thành (Save As) và chọn kiểu mới: "
    ".docx hoặc .xlsx."
)
MACRO = _("Tệp có chứa macro nên không được nhận. Hãy lưu lại ở kiểu không có macro.")
SUSPECT = _("Tệp có thành phần không an toàn nên không được nhận.")
SWOLLEN = _("Tệp bung ra quá lớn nên không được nhận.")
BROKEN = _("Tệp bị hỏng hoặc chưa tải hết. Hãy mở ra kiểm tra, lưu lại rồi tải lên lần nữa.")


def check(file: BinaryIO, kind: Kind) -> None:
    """Raises Unusable unless it is a whole file of that kind, without macros, of bearable size."""
    file.seek(0)
    if file.read(len(OLE)) == OLE:
        file.seek(0)
        raise Unusable(LOCKED if _is_encrypted(file) else OLD, code="old")
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            _check_parts(package, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise Unusable(BROKEN, code="broken") from error
    except (NotImplementedError, RuntimeError) as error:  # a way of packing that Office lacks
        raise Unusable(BROKEN, code="broken") from error
    finally:
        file.seek(0)


def _is_encrypted(file: BinaryIO) -> bool:
    """Whether it has the stream of [MS-OFFCRYPTO]; names stand in the directory, in UTF-16."""
    wanted, tail = "EncryptedPackage".encode("utf-16-le"), b""
    while chunk := file.read(CHUNK):
        if wanted in tail + chunk:
            return True
        tail = chunk[-len(wanted) :]
    return False


def _check_parts(package: zipfile.ZipFile, kind: Kind) -> None:
    parts = package.infolist()
    names = [part.filename.lower().replace("\\", "/") for part in parts]
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unusable(LOCKED, code="locked")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unusable(SWOLLEN, code="swollen")
    if len(set(names)) != len(names) or any(map(PROGRAM_PARTS.search, names)):
        raise Unusable(SUSPECT, code="suspect")
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise Unusable(SUSPECT, code="suspect")
    if any(map(MACRO_PARTS.search, names)):
        raise Unusable(MACRO, code="macro")
    if MAIN[kind] not in names:
        raise Unusable(
            _("Tên tệp ghi “.%(suffix)s” nhưng bên trong không phải %(kind)s.")
            % {"suffix": kind.value, "kind": kind.label},
            code="mismatch",
        )
    for part in parts:
        _check_part(package, part)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Reads it to its end (a wrong check sum raises BadZipFile), looking for what must not be."""
    name = part.filename.lower()
    is_text = name.endswith((".xml", ".rels", ".vml"))
    if is_text and part.file_size > MAX_XML:
        raise Unusable(SWOLLEN, code="swollen")
    tail, first = b"", True
    with package.open(part) as content:
        while chunk := content.read(CHUNK):
            if first and not is_text and chunk.startswith(OLE):
                _check_ole(package, part)
            if first and chunk.startswith(b"PK\x03\x04"):
                _check_inner(package, part)
            if is_text or chunk.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
                is_text = True
                _check_text(name, (tail + chunk).replace(b"\0", b""))  # UTF-16 reads like UTF-8
            tail, first = chunk[-512:], False


def _check_text(name: str, text: bytes) -> None:
    if UNSAFE_XML.search(text) or (name.endswith(".rels") and FETCHED.search(text)):
        raise Unusable(SUSPECT, code="suspect")
    if name == "[content_types].xml" and MACRO_TYPE.search(text):
        raise Unusable(MACRO, code="macro")
    if name == "meta-inf/manifest.xml" and b"encryption-data" in text:
        raise Unusable(LOCKED, code="locked")


def _check_ole(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """An old Office object inside is bearable, one with macros or a packed-up file is not."""
    wanted = ("_VBA_PROJECT".encode("utf-16-le"), "Ole10Native".encode("utf-16-le"))
    tail = b""
    with package.open(part) as content:
        while chunk := content.read(CHUNK):
            if any(word in tail + chunk for word in wanted):
                raise Unusable(MACRO, code="macro")
            tail = chunk[-64:]


def _check_inner(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A package inside a package (a table in a document): its directory is looked through."""
    if part.file_size > MAX_XML:
        raise Unusable(SWOLLEN, code="swollen")
    with zipfile.ZipFile(io.BytesIO(package.read(part))) as inner:
        names = [one.filename.lower().replace("\\", "/") for one in inner.infolist()]
        if sum(one.file_size for one in inner.infolist()) > MAX_UNPACKED:
            raise Unusable(SWOLLEN, code="swollen")
    if any(map(MACRO_PARTS.search, names)):
        raise Unusable(MACRO, code="macro")
    if any(map(PROGRAM_PARTS.search, names)):
        raise Unusable(SUSPECT, code="suspect")
