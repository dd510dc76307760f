"""A `.docx` → `Document`. Only the main text is read; no address in the file is ever fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx
from django.utils.translation import gettext_lazy as _
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from stories.pages.word import package
from stories.pages.word.document import Document, Kind, Missed, Paragraph, Run, Shot, Table
from stories.pages.word.legacy import Encoding, of_font
from stories.pages.word.package import UnusableFile
from stories.pages.word.styles import Paragraphs, Styles

MAX_PICTURES = 200
MAX_COLUMNS = 63  # as Word
TOO_MANY = _("Tệp có hơn 200 ảnh. Hãy bớt ảnh hoặc chia thành nhiều bài.")

A, V = (f"{{{uri}}}" for uri in (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "urn:schemas-microsoft-com:vml",
))  # fmt: skip
LINK_FIELD = re.compile(r'\bHYPERLINK\s+"([^"]+)"')
HEADING = re.compile(r"heading [1-9]")
MADE_BY_MACHINE = re.compile(
    r"\s*(Description automatically generated|AI-generated content).*", re.S
)
CONTAINERS = {"ins", "moveTo", "smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
TEXTS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
MISSED = {
    "footnoteReference": Missed.NOTE,
    "endnoteReference": Missed.NOTE,
    "commentReference": Missed.COMMENT,
    "object": Missed.OBJECT,
}


def read(content: bytes) -> Document:
    """Raises UnusableFile, with a word for the editor, when there is nothing to read or use."""
    package.check(content)
    try:
        return Reader(docx.Document(io.BytesIO(content)).part).document()
    except UnusableFile:
        raise
    except (PythonDocxError, OpcError, etree.LxmlError, LookupError, RecursionError) as error:
        raise UnusableFile(package.BROKEN) from error
    except (ValueError, TypeError, AttributeError, NotImplementedError) as error:
        raise UnusableFile(package.NOT_WORD) from error


class Reader:
    """Walks the XML of one main part (a `docx.parts.document.DocumentPart`)."""

    def __init__(self, part) -> None:
        self.part = part
        self.styles = Styles(
            self._root(RELATIONSHIP_TYPE.STYLES), self._root(RELATIONSHIP_TYPE.NUMBERING)
        )
        self.result = Document()
        self.fields: list[str] = []  # instructions of the fields that are open here
        self.pictures = 0

    def _root(self, relation: str):
        for found in self.part.rels.values():
            if found.reltype == relation and not found.is_external:
                return etree.fromstring(found.target_part.blob, _parser())
        return None

    def document(self) -> Document:
        self.result.blocks = list(self.blocks(self.part.element.body))
        return self.result

    def blocks(self, container) -> Iterator[Paragraph | Table]:
        for child in container.iterchildren(tag=etree.Element):
            name = etree.QName(child).localname
            if name == "p":
                yield from self.paragraph(child)
            elif name == "tbl":
                yield self.table(child)
            elif name == "sdt":
                yield from self.blocks_of_each(child, "w:sdtContent")
            elif name in CONTAINERS:
                yield from self.blocks(child)

    def blocks_of_each(self, node, tag: str) -> Iterator[Paragraph | Table]:
        for child in node.findall(qn(tag)):
            yield from self.blocks(child)

    # paragraphs

    def paragraph(self, node) -> Iterator[Paragraph | Table]:
        """One paragraph, split where pictures stand; the texts of its text boxes after it."""
        looks = self.styles.of_paragraph(node.find(qn("w:pPr")))
        if looks.names and looks.names[0].startswith("toc "):
            return  # a table of contents
        items: list = []
        self.inline(node, looks, "", items)
        parts = [self.new_paragraph(looks)]
        for item in items:
            last = parts[-1]
            if isinstance(item, Shot):
                if last.shots and not last.text:
                    last.shots.append(item)
                else:
                    parts.append(Paragraph(shots=[item], align=last.align))
            elif isinstance(item, Run):
                if last.shots:
                    parts.append(last := self.new_paragraph(looks))
                    last.beside = True
                last.runs.append(item)
        yield from (part for part in parts if part.shots or part.text)
        for item in items:
            if isinstance(item, list):
                yield from item

    @staticmethod
    def new_paragraph(looks: Paragraphs) -> Paragraph:
        made = Paragraph(align=looks.align)
        names, place = looks.names, looks.list_place()
        if "title" in names:
            made.kind = Kind.TITLE
        elif "subtitle" in names:
            made.kind = Kind.SUBTITLE
        elif "caption" in names:
            made.kind = Kind.CAPTION
        elif any(HEADING.fullmatch(name) for name in names) or looks.outline_level is not None:
            made.kind = Kind.HEADING
        elif place:
            made.kind, (made.ordered, made.level) = Kind.LIST, place
        return made

    def inline(self, node, looks: Paragraphs, href: str, items: list) -> None:
        """Append to `items` what stands in the line: `Run`, `Shot`, or blocks of a text box."""
        for child in node.iterchildren(tag=etree.Element):
            name = etree.QName(child).localname
            if name == "r":
                self.run(child, looks, href, items)
            elif name == "hyperlink":
                self.inline(child, looks, self.target(child.get(qn("r:id"))), items)
            elif name == "sdt":
                for inner in child.findall(qn("w:sdtContent")):
                    self.inline(inner, looks, href, items)
            elif name in CONTAINERS:
                self.inline(child, looks, href, items)
            elif name in ("del", "moveFrom"):
                self.result.missed[Missed.DELETED] += name == "del"
            elif name in ("oMath", "oMathPara"):
                self.result.missed[Missed.FORMULA] += 1

    def run(self, node, looks: Paragraphs, href: str, items: list) -> None:
        properties = node.find(qn("w:rPr"))
        if looks.is_on(properties, "w:vanish"):
            return
        made = Run(
            "",
            bold=looks.is_on(properties, "w:b"),
            italic=looks.is_on(properties, "w:i"),
            font=looks.font(properties),
        )
        for child in node.iterchildren(tag=etree.Element):
            name = etree.QName(child).localname
            if name in ("fldChar", "instrText"):
                self.field(name, child)
                continue
            text, font = self.letters(name, child, made.font)
            if text:
                where = href or self.field_target()
                items.append(Run(text, made.bold, made.italic, where, font))
            else:
                self.thing(name, child, items)

    def letters(self, name: str, node, font: str) -> tuple[str, str]:
        """(text, font) of a child of a run, ("", …) when it is none."""
        if name == "t":
            text = node.text or ""
            if of_font(font) is not Encoding.UNICODE:  # a symbol font's codes are kept at U+F000
                text = re.sub("[\uf020-\uf0ff]", lambda hit: chr(ord(hit[0]) - 0xF000), text)
            return text, font
        if name == "br":
            return ("" if node.get(qn("w:type")) in ("page", "column") else "\n"), font
        if name == "sym":
            font, code = node.get(qn("w:font")) or "", node.get(qn("w:char")) or ""
            if of_font(font) is not Encoding.UNICODE and re.fullmatch("[0-9A-Fa-f]{4}", code):
                return chr(int(code, 16) & 0xFF), font
            self.result.missed[Missed.SYMBOL] += 1
        return TEXTS.get(name, ""), font

    def thing(self, name: str, node, items: list) -> None:
        """What else stands in a run."""
        if name == "AlternateContent":  # the same thing twice, for new and for old versions of Word
            chosen = next(iter(node), None)
            for child in chosen if chosen is not None else ():
                self.thing(etree.QName(child).localname, child, items)
        elif name in ("drawing", "pict"):
            self.drawing(node, items)
        elif name in MISSED:
            self.result.missed[MISSED[name]] += 1

    # fields

    def field(self, name: str, node) -> None:
        if name == "instrText":
            if self.fields:
                self.fields[-1] += node.text or ""
            return
        kind = node.get(qn("w:fldCharType"))
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            self.fields.pop()

    def field_target(self) -> str:
        found = (LINK_FIELD.search(instruction) for instruction in self.fields)
        return next((hit[1] for hit in found if hit), "")

    def target(self, relation: str | None) -> str:
        found = self.part.rels.get(relation)
        return found.target_ref if found is not None and found.is_external else ""

    # pictures and text boxes

    def drawing(self, node, items: list) -> None:
        box_tag = "w:txbxContent"
        outer = _owner(node, box_tag)
        boxes = [box for box in node.iter(qn(box_tag)) if _owner(box, box_tag) is outer]
        ids = [blip.get(qn("r:embed")) for blip in node.iter(A + "blip")]
        ids += [image.get(qn("r:id")) for image in node.iter(V + "imagedata")]
        if not boxes and not ids:
            self.result.missed[Missed.DRAWING] += 1
        if boxes:  # pictures in a text box are met when its paragraphs are read
            for box in boxes:
                items.append(list(self.blocks(box)))
            return
        described = next((found.get("descr") or "" for found in node.iter(qn("wp:docPr"))), "")
        for relation in ids:
            self.picture(relation, MADE_BY_MACHINE.sub("", described).strip(), items)

    def picture(self, relation: str | None, alt: str, items: list) -> None:
        found = self.part.rels.get(relation)
        if found is None or found.is_external:
            self.result.missed[Missed.LINKED] += 1
            return
        self.pictures += 1
        if self.pictures > MAX_PICTURES:
            raise UnusableFile(TOO_MANY)
        items.append(Shot(found.target_part.blob, alt))

    # tables

    def table(self, node) -> Table:
        rows = [
            [cell for found in row.iter(qn("w:tc")) if _owner(found, "w:tr") is row
             for cell in self.cell(found)]
            for row in node.iter(qn("w:tr")) if _owner(row, "w:tbl") is node
        ]  # fmt: skip
        return Table([row for row in rows if any(row)])

    def cell(self, node) -> list[list[Paragraph]]:
        """The cell and an empty one for each further column that it spans."""
        properties = node.find(qn("w:tcPr"))
        span, merged = 1, None
        if properties is not None:
            merged = properties.find(qn("w:vMerge"))
            wide = properties.find(qn("w:gridSpan"))
            value = (wide.get(qn("w:val")) or "1") if wide is not None else "1"
            span = min(int(value), MAX_COLUMNS) if value.isdigit() else 1
        continued = merged is not None and merged.get(qn("w:val")) != "restart"
        lines: list[Paragraph] = []
        for block in () if continued else self.blocks(node):
            if isinstance(block, Paragraph):
                lines.append(block)
            else:
                lines += [line for row in block.rows for cell in row for line in cell]
        return [lines, *([] for _more in range(max(span, 1) - 1))]


def _owner(node, tag: str):
    return next(node.iterancestors(qn(tag)), None)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
