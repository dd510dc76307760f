"""A document → the parts of a story: title, lead, byline, body. Pure: nothing is stored here.

The rules are those of the papers that units send in: the title first, the lead in bold or italics
under it, a caption under its picture, the author's name at the end on the right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from stories.pages.word import captions, prose
from stories.pages.word.document import Document, Kind, Missed, Paragraph, Run, Shot, Table

TITLE_LENGTH, LEAD_LENGTH, HEADING_LENGTH, BYLINE_LENGTH = 200, 600, 200, 120
SHORT_HEADING, SHORTEST_LEAD, TITLE_WITHIN = 120, 60, 10
FIGURES, FIGURE_VALUE, FIGURE_LABEL = 6, 40, 120
SENTENCE_END = re.compile(r"[.!?…;:,]$")
SIGNATURE = re.compile(
    r"^(?:(?:bài|tin|tin bài|bài viết)(?P<shots>\s*(?:,|và|&|-)\s*ảnh)?"
    r"|tác giả|người viết|nguồn)\s*:\s*(?P<name>.+)$",
    re.IGNORECASE,
)
DATE_LINE = re.compile(r"\bngày\b.*\d", re.IGNORECASE)


@dataclass(slots=True)
class Prose:
    lines: list[Paragraph]

    @property
    def html(self) -> str:
        return prose.html(self.lines)


@dataclass(slots=True)
class Heading:
    text: str


@dataclass(slots=True)
class Illustration:
    shot: Shot
    caption: str = ""
    credit: str = ""


@dataclass(slots=True)
class Figures:
    items: list[tuple[str, str]]  # (value, label)


Block = Prose | Heading | Illustration | Figures


@dataclass(slots=True)
class Outline:
    """What a story takes from a document. `title` is "" where none was found."""

    title: str = ""
    lead: str = ""
    byline: str = ""
    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    missed: Counter[Missed] = field(default_factory=Counter)


def outline(document: Document) -> Outline:
    """The document must be in Unicode already (see `transcribe`)."""
    made = Outline(missed=Counter(document.missed))
    blocks = list(document.blocks)
    _take_title(blocks, made)
    credit = _take_byline(blocks, made)
    for block in blocks:
        if isinstance(block, Table):
            made.tables += _add_table(block, made.blocks)
        else:
            _add_paragraph(block, made.blocks)
    for shot in made.blocks:
        if isinstance(shot, Illustration) and not shot.credit:
            shot.credit = credit
    lines = [line for block in made.blocks if isinstance(block, Prose) for line in block.lines]
    links = {run.href for line in lines for run in line.runs if run.href}
    made.missed[Missed.LINK] += sum(not prose.usable(href) for href in links)
    return made


# title, lead, byline


def _take_title(blocks: list[Paragraph | Table], made: Outline) -> None:
    """Takes the title and the lead under it out of `blocks`."""
    place = _title_place(blocks)
    if place is None:
        return
    made.title = blocks.pop(place).text
    following = blocks[place] if place < len(blocks) else None
    if isinstance(following, Paragraph) and _is_lead(following):
        made.lead = blocks.pop(place).text


def _title_place(blocks: Sequence[Paragraph | Table]) -> int | None:
    start = list(enumerate(blocks[:TITLE_WITHIN]))
    for kind in (Kind.TITLE, Kind.HEADING):
        for place, block in start:
            if isinstance(block, Paragraph) and block.kind is kind and block.text:
                return place if len(block.text) <= TITLE_LENGTH else None
    for place, block in start:
        if isinstance(block, Paragraph) and block.text:
            return place if _like_a_title(block) else None
    return None


def _like_a_title(line: Paragraph) -> bool:
    if line.kind is not Kind.BODY or len(line.text) > TITLE_LENGTH:
        return False
    stands_out = line.is_bold or line.align == "center" or line.text.isupper()
    return stands_out or not SENTENCE_END.search(line.text)


def _is_lead(line: Paragraph) -> bool:
    if not line.text or len(line.text) > LEAD_LENGTH:
        return False
    if line.kind is Kind.SUBTITLE:
        return True
    sentence = len(line.text) >= SHORTEST_LEAD or line.text[-1] in ".!?…"
    return line.kind is Kind.BODY and (line.is_bold or line.is_italic) and sentence


def _take_byline(blocks: list[Paragraph | Table], made: Outline) -> str:
    """Takes the signature out of the end. Returns whose the pictures are, where it says so."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph) or last.kind is not Kind.BODY or len(blocks) == 1:
        return ""
    text = last.text
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    said = SIGNATURE.match(text)
    name = (said["name"] if said else text).strip()
    looks_so = bool(last.align == "right" or last.is_bold)
    if last.beside or not name or len(name) > BYLINE_LENGTH or DATE_LINE.search(name):
        return ""
    if not said and not (looks_so and not re.search(r"[.!?…:;]", name) and _few_words(name)):
        return ""
    blocks.pop()
    made.byline = name
    return f"Ảnh: {name}" if said and said["shots"] else ""


def _few_words(name: str) -> bool:
    return len(name.split()) <= 12 and not name.isdigit()


# body


def _add_paragraph(line: Paragraph, blocks: list[Block], *, in_cell: bool = False) -> None:
    last = blocks[-1] if blocks else None
    if line.shots:
        blocks += [Illustration(shot) for shot in line.shots]
    elif isinstance(last, Illustration) and captions.fits(
        line, has_caption=bool(last.caption), in_cell=in_cell
    ):
        caption, credit = captions.split(line.text)
        last.caption, last.credit = last.caption or caption, last.credit or credit
    elif _is_heading(line):
        blocks.append(Heading(line.text))
    elif isinstance(last, Prose):
        last.lines.append(line)
    else:
        blocks.append(Prose([line]))


def _is_heading(line: Paragraph) -> bool:
    if line.kind in (Kind.HEADING, Kind.TITLE, Kind.SUBTITLE):
        return len(line.text) <= HEADING_LENGTH
    alone = line.kind is Kind.BODY and line.is_bold and line.align != "right"
    return alone and len(line.text) <= SHORT_HEADING and not SENTENCE_END.search(line.text)


# tables


def _add_table(table: Table, blocks: list[Block]) -> bool:
    """Whether the table was told row by row, and so is worth a look."""
    cells = [cell for row in table.rows for cell in row]
    if any(line.shots for cell in cells for line in cell):
        _add_columns(table, blocks)
        return False
    if figures := _figures(table):
        blocks.append(figures)
        return False
    for row in table.rows:
        filled = [cell for cell in row if any(line.text for line in cell)]
        lines = filled[0] if len(filled) == 1 else [_row(filled)] if filled else []
        for line in lines:
            _add_paragraph(line, blocks)
    return True


def _add_columns(table: Table, blocks: list[Block]) -> None:
    """A table that holds pictures in place: each column down, so that captions stay with them."""
    for column in range(max(len(row) for row in table.rows)):
        for row in table.rows:
            for line in row[column] if column < len(row) else ():
                _add_paragraph(line, blocks, in_cell=True)


def _row(cells: list[list[Paragraph]]) -> Paragraph:
    """One paragraph of a row: cells apart by “|”, the lines of a cell by “;”."""
    runs: list[Run] = []
    for number, cell in enumerate(cells):
        runs += [Run(" | ")] if number else []
        for place, line in enumerate(line for line in cell if line.text):
            runs += [Run("; ")] if place else []
            runs += line.runs
    return Paragraph(runs)


def _figures(table: Table) -> Figures | None:
    """Two columns, one of them numbers in every row: a block of figures."""
    rows = [[" ".join(line.text for line in cell).strip() for cell in row] for row in table.rows]
    if not 0 < len(rows) <= FIGURES or any(len(row) != 2 or not all(row) for row in rows):
        return None
    for value, label in ((0, 1), (1, 0)):
        if all(
            re.search(r"\d", row[value])
            and len(row[value]) <= FIGURE_VALUE
            and len(row[label]) <= FIGURE_LABEL
            and not re.search(r"\d", row[label])
            for row in rows
        ):
            return Figures([(row[value], row[label]) for row in rows])
    return None
