"""Word files for tests, made in code; and the old encodings, the other way round."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from stories import factories
from stories.pages.word.legacy import TCVN3, VNI

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
TO_TCVN3 = {letter: code for code, letter in TCVN3.items()}
TO_VNI = {letter: code for code, letter in VNI.items()}


def tcvn3(text: str) -> str:
    return "".join(TO_TCVN3.get(letter, letter) for letter in text)


def vni(text: str) -> str:
    return "".join(TO_VNI.get(letter, letter) for letter in text)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add(document, text: str = "", *, style=None, align=None, **look):
    """A paragraph of one run; `look`: bold, italic, font."""
    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = align
    if text:
        add_run(paragraph, text, **look)
    return paragraph


def add_run(paragraph, text: str, *, bold=None, italic=None, font: str = ""):
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if font:
        run.font.name = font
    return run


def add_picture(where, *, seed: int = 0, content: bytes | None = None, alt: str = "") -> None:
    """A picture in a paragraph of its own, or in the given paragraph."""
    paragraph = where if hasattr(where, "add_run") else where.add_paragraph()
    stream = io.BytesIO(content or factories.jpeg(seed=seed))
    shape = paragraph.add_run().add_picture(stream, width=Cm(8))
    if alt:
        shape._inline.docPr.set("descr", alt)


def add_link(paragraph, text: str, href: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(href, kind, is_external=True))
    run = add_run(paragraph, text)
    link.append(run._r)
    paragraph._p.append(link)


def story_file() -> bytes:
    """A story as units send it in."""
    document = docx.Document()
    document.add_heading("Chị Lan giữ nghề nón lá", 0)
    add(document, "Ba mươi năm, đôi tay chị Lan ở khu 5 chưa rời vành nón lá cọ.", bold=True)
    paragraph = add(document, "Sáng sớm ở khu 5, ")
    add_run(paragraph, "chị Lan", bold=True)
    add_run(paragraph, " đã ngồi bên ")
    add_run(paragraph, "khung nón", italic=True)
    add_run(paragraph, ". Xem ")
    add_link(paragraph, "trang của Hội", "https://phunu.example.vn/?a=1&b=2")
    add_run(paragraph, ".")
    document.add_heading("Dạy nghề cho chị em", 1)
    add(document, "Chị đã dạy:")
    add(document, "khâu nón", style="List Bullet")
    add(document, "chằm lá", style="List Bullet 2")
    add(document, "bán hàng", style="List Bullet")
    add_picture(document, alt="Người phụ nữ ngồi khâu nón lá")
    add(document, "Chị Lan bên khung nón. Ảnh: Thu Hà", align=CENTER, italic=True)
    add(document, "Nay cả khu có nghề.")
    add(document, "Bài: Thu Hà", align=RIGHT, bold=True)
    return saved(document)


def rezipped(content: bytes, changes: dict[str, bytes | None], **options) -> bytes:
    """The package with parts replaced, added, or (None) left out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as new,
    ):
        for part in old.namelist():
            if part not in changes:
                new.writestr(part, old.read(part))
        for name, replaced in changes.items():
            if replaced is not None:
                new.writestr(name, replaced)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
