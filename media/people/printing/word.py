"""The consent form as a Word document: for units that fill in more by hand."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from media.people.printing.text import Form, headings, qr_png, signing_hint

FONT = "Times New Roman"
BOX = "☐ "


def render(form: Form) -> bytes:
    """A4, one page."""
    document = Document()
    _page(document)
    _head(document, form)
    title = _paragraph(document, form.title, bold=True, size=14, after=4, before=4)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in form.intro:
        _paragraph(document, words)
    names = headings()
    for part in ("who", "scopes", "purposes", "terms", "withdrawing", "guardian"):
        lines = getattr(form, part)
        if not lines:
            continue
        _paragraph(document, names[part], bold=True, before=4)
        if part in ("scopes", "terms"):
            _paragraph(document, "      ".join(f"{BOX}{line}" for line in lines))
        else:
            box = BOX if part == "purposes" else ""
            for line in lines:
                _paragraph(document, f"{box}{line}", after=1)
    for line in form.child:
        _paragraph(document, f"{BOX}{line}")
    place = _paragraph(document, form.place, before=6)
    place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _signatures(document, form)
    foot = document.sections[0].footer.paragraphs[0]
    _run(foot, form.foot, size=9)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.2), Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(1.4), Cm(1.4)
    section.footer_distance = Cm(0.8)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _head(document, form: Form) -> None:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Cm(12.5), Cm(4.5)
    _run(left.paragraphs[0], form.house, bold=True)
    _run(left.add_paragraph(), form.unit)
    picture = right.paragraphs[0]
    picture.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    picture.add_run().add_picture(io.BytesIO(qr_png(form)), width=Cm(2.4))
    code = right.add_paragraph()
    code.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(code, form.code, bold=True)


def _signatures(document, form: Form) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, words in zip(table.rows[0].cells, form.signatures, strict=True):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(cell.paragraphs[0], words, bold=True)
        hint = cell.add_paragraph()
        hint.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(hint, signing_hint(), size=10)


def _paragraph(document, words: str, *, before: float = 0, after: float = 2, **style):
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    _run(paragraph, words, **style)
    return paragraph


def _run(paragraph, words: str, *, bold: bool = False, size: float | None = None) -> None:
    run = paragraph.add_run(words)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
