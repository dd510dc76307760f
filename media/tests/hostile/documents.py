"""Hostile and broken documents: {what it is: (file name, content, code of the answer)}.

The large ones are made when they are asked for. Codes are patterns.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

import pikepdf

from media.tests.hostile.pictures import HTML, PHP, png, saved, zipped

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
DOCUMENT = b'<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body/></w:document>'


def package(*more: tuple[str, bytes], main: str = "word/document.xml", **changed: bytes) -> bytes:
    parts = {"[Content_Types].xml": TYPES, main: DOCUMENT} | dict(more)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def odt(*more: tuple[str, bytes]) -> bytes:
    return package(
        ("mimetype", b"application/vnd.oasis.opendocument.text"), *more, main="content.xml"
    )


def xlsx(*more: tuple[str, bytes]) -> bytes:
    return package(*more, main="xl/workbook.xml")


def relation(kind: str, target: str) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<Relationships xmlns="{base}"><Relationship Id="r1" Type="{base}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def swollen(size: int, name: str = "word/document.xml") -> bytes:
    """A package with a part that inflates to `size` bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        with archive.open(name, "w", force_zip64=True) as part:
            block = b" " * 1024 * 1024
            for _turn in range(size // len(block)):
                part.write(block)
    return out.getvalue()


def lying() -> bytes:
    """A part that inflates to 30 MB and says that it has 100 bytes, in both of its headers."""
    content = bytearray(swollen(30 * 1024 * 1024))
    true = struct.pack("<I", 30 * 1024 * 1024)
    while true in content:
        at = content.index(true)
        content[at : at + 4] = struct.pack("<I", 100)
    return bytes(content)


def encrypted_zip() -> bytes:
    content = bytearray(package())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + offset] |= 1
    return bytes(content)


def pdf(change=None, **how) -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        if change:
            change(made)
        out = io.BytesIO()
        made.save(out, **how)
        return out.getvalue()


def script(made: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('chào')")
    made.Root.OpenAction = made.make_indirect(action)


def launch(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def attached(made: pikepdf.Pdf) -> None:
    made.attachments["thu.exe"] = b"MZ"


def form_script(made: pikepdf.Pdf) -> None:
    page = made.pages[0]
    page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x()"))


def named_script(made: pikepdf.Pdf) -> None:
    tree = pikepdf.Dictionary(Names=pikepdf.Array(["a", pikepdf.Dictionary(JS="x()")]))
    made.Root.Names = pikepdf.Dictionary(JavaScript=made.make_indirect(tree))


def sends(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://x.example")


def xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp/>"))


def flate_bomb() -> bytes:
    """An object stream that inflates to 600 MB."""
    packer = zlib.compressobj(9)
    block = b" " * 1024 * 1024
    packed = b"".join(packer.compress(block) for _turn in range(600)) + packer.flush()
    body = (
        b"%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">>\nstream\n"
        + packed
        + b"\nendstream\nendobj\n"
    )
    at = len(body)
    rows = b"\0\0\0\0\0\0" + b"\1" + struct.pack(">I", 9) + b"\0"
    rows += b"\2" + struct.pack(">I", 1) + b"\0" + b"\1" + struct.pack(">I", at) + b"\0"
    table = zlib.compress(rows)
    head = b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 2 0 R/Filter/FlateDecode/Length "
    return (
        body
        + head
        + b"%d>>\nstream\n" % len(table)
        + table
        + (b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)
    )


def escaped_script() -> bytes:
    """The names written with escapes, as nothing but a parser reads them."""
    return pdf(script).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")


PDF_MACRO = "_VBA_PROJECT".encode("utf-16-le")
PACKED = "\x01Ole10Native".encode("utf-16-le")
BILLION = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
DOCUMENTS: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "an empty document": ("rong.pdf", b"", "empty"),
    "a program": ("cai.exe", b"MZ" + b"\0" * 500, "suffix"),
    "a page": ("trang.html", HTML, "suffix"),
    "an old Word file": ("cu.doc", OLE, "suffix"),
    "an old Word file in a new one's name": ("cu.docx", OLE, "old"),
    "a locked Word file": ("khoa.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "old"),
    "a program in a PDF's name": ("thu.pdf", b"MZ" + b"\0" * 500, "broken"),
    "a picture in a PDF's name": ("quet.pdf", saved("JPEG"), "mismatch"),
    "a PDF in a Word file's name": ("thu.docx", pdf(), "mismatch"),
    "a spreadsheet in a Word file's name": ("bang.docx", xlsx(), "mismatch"),
    "a zip in a Word file's name": ("nen.docx", zipped(), "mismatch"),
    "a page in a text's name": ("thu.txt", HTML, "polyglot"),
    "a program text in a text's name": ("thu.txt", PHP, "polyglot"),
    "a binary in a text's name": ("thu.txt", b"abc\0\0\0def", "mismatch"),
    "a picture bomb among the documents": ("quet.png", png(20_000, 10_000), "pixels"),
    "a truncated picture among the documents": ("quet.jpg", saved("JPEG")[:400], "broken"),
    "a PDF that runs a script": ("thu.pdf", pdf(script), "active"),
    "a PDF with a script in compressed objects": (
        "thu.pdf",
        pdf(script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "active",
    ),
    "a PDF with a script under escaped names": ("thu.pdf", escaped_script(), "active"),
    "a PDF whose page runs a script": ("thu.pdf", pdf(form_script), "active"),
    "a PDF with named scripts": ("thu.pdf", pdf(named_script), "active"),
    "a PDF that starts a program": ("thu.pdf", pdf(launch), "active"),
    "a PDF with an attached program": ("thu.pdf", pdf(attached), "active"),
    "a PDF that sends a form": ("thu.pdf", pdf(sends), "active"),
    "a PDF with an XFA form": ("thu.pdf", pdf(xfa), "active"),
    "a PDF with a password": (
        "khoa.pdf",
        pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
        "locked",
    ),
    "a truncated PDF": ("cat.pdf", pdf()[:120], "broken"),
    "a PDF of its first bytes": ("cat.pdf", b"%PDF-1.4", "broken"),
    "a PDF and a zip": ("lai.pdf", pdf() + zipped(), "polyglot"),
    "a PDF and a page": ("lai.pdf", pdf() + HTML, "polyglot"),
    "a PDF that starts with something else": ("lai.pdf", b"GIF89a  " + pdf(), "broken"),
    "a PDF bomb": ("bom.pdf", flate_bomb, "swollen|broken"),
    "a Word file with macros": ("m.docx", package(("word/vbaProject.bin", OLE)), "macro"),
    "a Word file that says it has macros": (
        "m.docx",
        package(("[Content_Types].xml", TYPES + b"<!-- application/vnd.ms-word.macroEnabled -->")),
        "macro",
    ),
    "a spreadsheet with macros": ("m.xlsx", xlsx(("xl/vbaProject.bin", OLE)), "macro"),
    "a spreadsheet with old macro sheets": (
        "m.xlsx",
        xlsx(("xl/macrosheets/sheet1.xml", b"<a/>")),
        "macro",
    ),
    "an OpenDocument with macros": ("m.odt", odt(("Basic/Standard/a.xml", b"<a/>")), "macro"),
    "an OpenDocument with scripts": ("m.odt", odt(("Scripts/python/a.py", b"import os")), "macro"),
    "a Word file with a macro object inside": (
        "m.docx",
        package(("word/embeddings/oleObject1.bin", OLE + PDF_MACRO)),
        "macro",
    ),
    "a Word file with a packed-up file inside": (
        "m.docx",
        package(("word/embeddings/oleObject1.bin", OLE + PACKED)),
        "macro",
    ),
    "a Word file with a macro workbook inside": (
        "m.docx",
        package(("word/embeddings/a.xlsx", xlsx(("xl/vbaProject.bin", OLE)))),
        "macro",
    ),
    "a Word file with a program inside": (
        "m.docx",
        package(("word/media/a.exe", b"MZ")),
        "suspect",
    ),
    "a Word file that fetches its template": (
        "m.docx",
        package(
            ("word/_rels/settings.xml.rels", relation("attachedTemplate", "http://x.example/a"))
        ),
        "suspect",
    ),
    "a Word file that runs a command (DDE)": (
        "m.docx",
        package(("word/document.xml", b"<w:instrText>DDEAUTO c:\\cmd.exe</w:instrText>")),
        "suspect",
    ),
    "a spreadsheet that runs a command (DDE)": (
        "m.xlsx",
        xlsx(
            ("xl/externalLinks/a.xml", b'<externalLink><ddeLink ddeService="cmd"/></externalLink>')
        ),
        "suspect",
    ),
    "a Word file with entities": ("m.docx", package(("word/document.xml", BILLION)), "suspect"),
    "a Word file with entities in UTF-16": (
        "m.docx",
        package(("word/document.xml", BILLION.decode().encode("utf-16"))),
        "suspect",
    ),
    "a Word file that reaches out of its folder": (
        "m.docx",
        package(("../../etc/passwd", b"a")),
        "suspect",
    ),
    "a Word file with a part twice": ("m.docx", package(("word/DOCUMENT.xml", b"<a/>")), "suspect"),
    "a Word bomb in one part": ("bom.docx", partial(swollen, 260 * MEGABYTE), "swollen"),
    "a spreadsheet bomb": (
        "bom.xlsx",
        partial(swollen, 60 * MEGABYTE, "xl/workbook.xml"),
        "swollen",
    ),
    "an OpenDocument bomb": ("bom.odt", partial(swollen, 60 * MEGABYTE, "content.xml"), "swollen"),
    "a Word bomb that lies about its size": ("bom.docx", lying, "broken"),
    "a Word bomb of six thousand parts": (
        "bom.docx",
        package(*((f"a{number}", b"") for number in range(6_000))),
        "swollen",
    ),
    "a truncated Word file": ("cat.docx", package()[:-40], "broken"),
    "a Word file with a wrong check sum": (
        "hong.docx",
        package().replace(
            zlib.compress(DOCUMENT)[2:-4], b"\0" * len(zlib.compress(DOCUMENT)[2:-4])
        ),
        "broken",
    ),
    "an encrypted zip as a Word file": ("khoa.docx", encrypted_zip(), "locked"),
    "an encrypted OpenDocument": (
        "khoa.odt",
        odt(("META-INF/manifest.xml", b"<manifest:encryption-data/>")),
        "locked",
    ),
}
