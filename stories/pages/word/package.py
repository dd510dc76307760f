"""The file that an editor sends: is it a Word document that is safe to open?

A `.docx` is a zip of XML (ECMA-376). Nothing is unpacked to disk, no address in it is fetched, and
no part is read beyond the size that it declares.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE
MAX_UNPACKED = 100 * MEGABYTE
MAX_XML = 25 * MEGABYTE
MAX_PARTS = 3000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB]: .doc, and every .docx with a password
MACROS = ("vbaproject.bin", "vbadata.xml")
STRICT = b"http://purl.oclc.org/ooxml/"
UNSAFE_XML = (b"<!DOCTYPE", b"<!ENTITY")
BYTES_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"

TOO_BIG = _("Tệp lớn hơn 20 MB. Hãy giảm cỡ ảnh trong Word (Nén ảnh) rồi lưu lại.")
EMPTY = _("Tệp rỗng, không có nội dung.")
OLD = _(
    "Đây là tệp Word kiểu cũ (.doc). Hãy mở bằng Word, chọn Lưu thành (Save As) và chọn kiểu "
    "Word Document (*.docx)."
)
LOCKED = _("Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu trong Word rồi lưu lại.")
MACRO = _(
    "Tệp có chứa macro nên không được nhận. Hãy lưu lại bằng Word với kiểu Word Document (*.docx)."
)
BROKEN = _(
    "Tệp bị hỏng hoặc chưa tải hết. Hãy mở bằng Word để kiểm tra, lưu lại rồi tải lên lần nữa."
)
NOT_WORD = _("Đây không phải là tệp Word (.docx).")
SWOLLEN = _("Tệp bung ra quá lớn (hơn 100 MB) nên không được nhận.")
SUSPECT = _("Tệp có thành phần không an toàn nên không được nhận.")
STRICT_KIND = _(
    "Tệp được lưu theo kiểu “Strict Open XML”. Hãy lưu lại bằng Word với kiểu Word Document "
    "(*.docx)."
)


class UnusableFile(Exception):
    """The file can't become a draft; the message tells the editor why, and what to do."""


def check(content: bytes) -> None:
    """Raises UnusableFile unless `content` is a whole, plain `.docx` of bearable size."""
    if not content:
        raise UnusableFile(EMPTY)
    if len(content) > MAX_FILE:
        raise UnusableFile(TOO_BIG)
    if content.startswith(OLE):
        # Word puts a locked document, encrypted, into a stream of this name ([MS-OFFCRYPTO]).
        raise UnusableFile(LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD)
    if not content.startswith(b"PK"):
        raise UnusableFile(NOT_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise UnusableFile(BROKEN) from error
    except (NotImplementedError, RuntimeError) as error:  # a method of packing unknown to Word
        raise UnusableFile(BROKEN) from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnusableFile(LOCKED)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnusableFile(SWOLLEN)
    if len(names) != len(parts):
        raise UnusableFile(SUSPECT)
    if any(name.endswith(MACROS) for name in names):
        raise UnusableFile(MACRO)
    if "[content_types].xml" not in names:
        raise UnusableFile(NOT_WORD)
    if any(part.file_size > MAX_XML and "/media/" not in part.filename for part in parts):
        raise UnusableFile(SWOLLEN)  # before a byte of it is read into memory
    xml_size = 0
    for part in parts:  # each is read to its end: a wrong check sum raises BadZipFile
        content = archive.read(part)
        if content.lstrip(BYTES_BEFORE_XML).startswith(b"<"):
            xml_size += len(content)
            _check_xml(part.filename, content)
        if xml_size > MAX_XML:
            raise UnusableFile(SWOLLEN)


def _check_xml(name: str, content: bytes) -> None:
    content = content.replace(b"\0", b"")  # so UTF-16 reads like UTF-8
    if any(word in content for word in UNSAFE_XML):
        raise UnusableFile(SUSPECT)
    if name == "[Content_Types].xml" and b"macroEnabled" in content:
        raise UnusableFile(MACRO)
    if name == "_rels/.rels" and STRICT in content:
        raise UnusableFile(STRICT_KIND)
