"""A file that can't be a story gets a clear answer, and nothing in it is run, fetched or unpacked."""

from __future__ import annotations

import io
import os
import zipfile

import docx
import pytest

from stories.pages.tests.word_files import (
    CENTER,
    add,
    add_picture,
    part,
    rezipped,
    saved,
    story_file,
)
from stories.pages.word import package, reader
from stories.pages.word.package import UnusableFile

GOOD = story_file()
TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"
WORD_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>'
)


def ole(stream: str) -> bytes:
    """The head of a compound file with a directory entry of this name."""
    return package.OLE + b"\0" * 504 + stream.encode("utf-16-le").ljust(512, b"\0")


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def of_type(kind: bytes) -> bytes:
    return rezipped(GOOD, {TYPES: part(GOOD, TYPES).replace(WORD_MAIN, kind)})


def swollen() -> bytes:
    return rezipped(GOOD, {f"word/media/{n}.bin": b"\0" * 30_000_000 for n in range(4)})


def flagged_as_encrypted() -> bytes:
    content = bytearray(GOOD)
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def damaged() -> bytes:
    """One byte of the packed text is another: its check sum no longer fits."""
    content = bytearray(rezipped(GOOD, {}))
    at = content.index(b"word/document.xml") + 200
    content[at] ^= 0xFF
    return bytes(content)


def twice() -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(MAIN.upper(), b"<w/>")
    return out.getvalue()


def many_pictures() -> bytes:
    document = docx.Document()
    for _ in range(reader.MAX_PICTURES + 1):
        add_picture(document)
    return saved(document)


MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
BAD = {
    "empty": (lambda: b"", package.EMPTY),
    "too big": (lambda: b"PK" + b"\0" * package.MAX_FILE, package.TOO_BIG),
    "an old .doc": (lambda: ole("WordDocument"), package.OLD),
    "locked with a password": (lambda: ole("EncryptedPackage"), package.LOCKED),
    "a locked zip": (flagged_as_encrypted, package.LOCKED),
    "a macro project inside": (
        lambda: rezipped(GOOD, {"word/vbaProject.bin": b"\0"}),
        package.MACRO,
    ),
    "a .docm in a .docx's name": (lambda: of_type(MACROS), package.MACRO),
    "cut short": (lambda: GOOD[: len(GOOD) // 2], package.BROKEN),
    "cut by ten bytes": (lambda: GOOD[:-10], package.BROKEN),
    "a damaged part": (damaged, package.BROKEN),
    "without its text": (lambda: rezipped(GOOD, {MAIN: None}), package.BROKEN),
    "with broken XML": (lambda: rezipped(GOOD, {MAIN: b"<w:document"}), package.BROKEN),
    "nested too deep": (
        lambda: rezipped(GOOD, {MAIN: b"<a>" * 5000 + b"</a>" * 5000}),
        package.BROKEN,
    ),
    "a zip bomb": (swollen, package.SWOLLEN),
    "a swollen text": (
        lambda: rezipped(GOOD, {MAIN: b"<w>" + b" " * package.MAX_XML + b"</w>"}),
        package.SWOLLEN,
    ),
    "too many parts": (
        lambda: rezipped(GOOD, {f"x/{n}": b"" for n in range(package.MAX_PARTS)}),
        package.SWOLLEN,
    ),
    "an entity bomb": (lambda: rezipped(GOOD, {MAIN: BOMB}), package.SUSPECT),
    "an entity bomb in UTF-16": (
        lambda: rezipped(GOOD, {"word/styles.xml": BOMB.decode().encode("utf-16")}),
        package.SUSPECT,
    ),
    "two parts of one name": (twice, package.SUSPECT),
    "a picture": (lambda: b"\xff\xd8\xff\xe0JFIF", package.NOT_WORD),
    "plain text": (lambda: "Chị Lan giữ nghề".encode(), package.NOT_WORD),
    "another zip": (lambda: zipped(a=b"b"), package.NOT_WORD),
    "a workbook": (
        lambda: of_type(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        ),
        package.NOT_WORD,
    ),
    "strict Open XML": (
        lambda: rezipped(
            GOOD,
            {
                "_rels/.rels": part(GOOD, "_rels/.rels").replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships/",
                )
            },
        ),
        package.STRICT_KIND,
    ),
    "too many pictures": (many_pictures, reader.TOO_MANY),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_a_word_of_help(case) -> None:
    make, answer = BAD[case]
    content = make()
    with pytest.raises(UnusableFile) as refusal:
        reader.read(content)
    assert str(refusal.value) == str(answer)


def test_an_entity_that_slipped_by_is_not_resolved(monkeypatch) -> None:
    """The second wall: the parser itself resolves none, from no file and no address."""
    monkeypatch.setattr(package, "UNSAFE_XML", ())
    text = part(GOOD, MAIN).replace(b"khu 5", b"&x;")
    text = text.replace(
        b"<w:document", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document', 1
    )
    document = reader.read(rezipped(GOOD, {MAIN: text}))
    assert "root" not in " ".join(line.text for line in document.paragraphs())


@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_a_damaged_byte_is_read_or_refused_never_a_crash(seed) -> None:
    content = bytearray(GOOD)
    for step in range(5):
        content[(seed * 7919 + step * 104729) % len(content)] = (seed * 31 + step) % 256
    try:
        reader.read(bytes(content))
    except UnusableFile as refusal:
        assert str(refusal)


def test_nothing_is_written_to_disk_by_reading(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader.read(rezipped(GOOD, {"../../ngoai.txt": b"x", "/tmp/word-ngoai.txt": b"x"}))
    assert not list(tmp_path.iterdir())
    assert not os.path.exists("/tmp/word-ngoai.txt")


def test_a_document_of_limits_is_read_in_time() -> None:
    """A long text in one line under a picture must not cost more than its length."""
    document = docx.Document()
    add(document, "Tít", style="Title")
    add_picture(document)
    add(document, "Ảnh: " + ". " * 100_000, align=CENTER, italic=True)
    assert reader.read(saved(document)).blocks
