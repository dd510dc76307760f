"""The consent form as PDF: A4, one page, with a typeface that sets Vietnamese embedded in it."""

from __future__ import annotations

import io
from pathlib import Path

from fpdf import FPDF

from media.people.printing.text import Form, headings, qr_png, signing_hint

FONTS = Path(__file__).resolve().parents[1] / "fonts"
FACE = "DejaVu"
MARGIN, WIDTH = 18.0, 174.0  # mm
BODY, LEADING = 10.5, 5.2
BOX = 3.4


def render(form: Form) -> bytes:
    paper = FPDF(format="A4", unit="mm")
    paper.set_title(f"{form.title} {form.code}")
    paper.set_lang("vi")
    paper.add_font(FACE, "", FONTS / "DejaVuSerifCondensed.ttf")
    paper.add_font(FACE, "B", FONTS / "DejaVuSerifCondensed-Bold.ttf")
    paper.set_margins(MARGIN, 14)
    paper.set_auto_page_break(False)
    paper.add_page()
    _head(paper, form)
    _lines(paper, [form.title], bold=True, size=13, align="C")
    paper.ln(1.5)
    _lines(paper, form.intro)
    names = headings()
    for part in ("who", "scopes", "purposes", "terms", "withdrawing", "guardian"):
        if lines := getattr(form, part):
            _part(paper, part, names[part], lines)
    for line in form.child:
        _ticked(paper, [line])
    _signing(paper, form)
    paper.set_xy(MARGIN, 284)
    _lines(paper, [form.foot], size=8)
    return bytes(paper.output())


def _head(paper: FPDF, form: Form) -> None:
    paper.image(io.BytesIO(qr_png(form)), x=MARGIN + WIDTH - 26, y=12, w=26)
    _lines(paper, [form.house], bold=True, size=11, width=WIDTH - 30)
    _lines(paper, [form.unit], width=WIDTH - 30)
    paper.set_xy(MARGIN + WIDTH - 40, 38)
    paper.set_font(FACE, "B", 11)
    paper.cell(40, 5, form.code, align="R")
    paper.set_xy(MARGIN, 46)


def _part(paper: FPDF, part: str, name: str, lines: list[str]) -> None:
    paper.ln(1.8)
    _lines(paper, [name], bold=True)
    if part in ("scopes", "terms"):
        _ticked(paper, lines)
    elif part == "purposes":
        for line in lines:
            _ticked(paper, [line])
    else:
        _lines(paper, lines)


def _lines(
    paper: FPDF,
    lines: list[str],
    *,
    bold: bool = False,
    size: float = BODY,
    align: str = "L",
    width: float = WIDTH,
) -> None:
    paper.set_font(FACE, "B" if bold else "", size)
    for line in lines:
        paper.multi_cell(
            width, LEADING * size / BODY, line, align=align, new_x="LMARGIN", new_y="NEXT"
        )


def _ticked(paper: FPDF, lines: list[str]) -> None:
    """Boxes to tick, in one row."""
    paper.set_font(FACE, "", BODY)
    each = WIDTH / len(lines)
    top = paper.get_y() + 0.6
    for number, line in enumerate(lines):
        left = MARGIN + number * each
        paper.rect(left + 1, top + 0.7, BOX, BOX)
        paper.set_xy(left + BOX + 2.5, top)
        paper.cell(each - BOX - 3, LEADING, line)
    paper.set_xy(MARGIN, top + LEADING + 0.4)


def _signing(paper: FPDF, form: Form) -> None:
    paper.ln(3)
    _lines(paper, [form.place], align="R")
    paper.ln(1)
    half, top = WIDTH / 2, paper.get_y()
    for number, words in enumerate(form.signatures):
        paper.set_xy(MARGIN + number * half, top)
        paper.set_font(FACE, "B", BODY)
        paper.cell(half, LEADING, words, align="C")
        paper.set_xy(MARGIN + number * half, top + LEADING)
        paper.set_font(FACE, "", 9)
        paper.cell(half, LEADING, signing_hint(), align="C")
