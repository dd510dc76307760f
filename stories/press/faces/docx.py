"""A Word file for those who lay a page out by hand: text, pictures, credits, terms.

The pictures come as bytes from the caller, so the face stays a function of what it is given; the
same release gives the same file, byte for byte.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import etree

from stories.press.faces import blocks, house, markup
from stories.press.faces.text import code, credit

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, SIZE = "Times New Roman", Pt(13)
WIDTH = Cm(15)
STYLES = {"h2": "Heading 2", "h3": "Heading 2", "blockquote": "Quote"}
LISTS = {"ul": "List Bullet", "ol": "List Number"}
BOLD, ITALIC = {"b", "strong"}, {"i", "em"}


def render(
    payload: dict, base: str, pictures: Mapping[str, bytes] | None = None, *, foot: str = ""
) -> bytes:
    """The file of a release. `pictures`: uuid → JPEG; one that is missing or can't be read leaves
    its caption and address. `foot` stands at the foot of each page."""
    made = Writer(payload, base, pictures or {}, foot)
    return _same_every_time(made.write(), _moment(payload["released_at"]))


class Writer:
    def __init__(
        self, payload: dict, base: str, pictures: Mapping[str, bytes], foot: str = ""
    ) -> None:
        self.payload, self.base, self.files, self.foot = payload, base, pictures, foot
        self.document: DocumentType = Document()
        own = [payload] if payload["type"] == "picture" else payload.get("pictures", ())
        self.pictures = {picture["uuid"]: picture for picture in own if "renditions" in picture}

    def write(self) -> DocumentType:
        self._dress()
        if self.foot:
            self.document.sections[0].footer.paragraphs[0].text = markup.clean(self.foot)
        payload = self.payload
        withdrawn = payload["kind"] in house.WITHDRAWN
        if embargo := house.embargo(payload):
            self._line(embargo, bold=True)
        if payload["kind"] == "correction" and payload.get("note"):
            self._line(f"ĐÍNH CHÍNH: {payload['note']}", bold=True)
        self._line(house.headline(payload), style="Title")
        for line in (payload.get("lead") or "").split("\n"):
            self._line(line, bold=not withdrawn)
        if withdrawn:
            if blocks.notice(payload) != payload.get("lead"):
                self._line(blocks.notice(payload))
            return self.document
        shown = {b["picture"] for b in payload.get("body", ()) if b["type"] == "picture"}
        for uuid in self.pictures:
            if uuid not in shown:
                self._picture(uuid)
        self._body()
        self._line(credit(payload), bold=True)
        self._line(code(payload))
        self._line(house.absolute(payload["href"], self.base))
        self._line(payload.get("terms") or house.USAGE_TERMS, italic=True)
        return self.document

    def _dress(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, SIZE
        for name in ("Title", "Heading 2", "Caption", "Quote"):
            style = self.document.styles[name]
            style.font.name = FONT
            fonts = style.element.rPr.rFonts
            for slot in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(slot), None)
        for tag in self.document.styles.element.iter(qn("w:lang")):
            tag.set(qn("w:val"), "vi-VN")
        about = self.document.core_properties
        moment = _moment(self.payload["released_at"])
        about.created = about.modified = moment
        about.title = markup.clean(house.headline(self.payload))[:255]
        about.author = about.last_modified_by = house.PUBLISHER
        about.identifier, about.version = self.payload["uri"], str(self.payload["version"])
        about.language, about.comments = "vi-VN", ""

    def _body(self) -> None:
        """The blocks in their order; what isn't a picture goes by way of its HTML."""
        for block in self.payload.get("body", ()):
            if block["type"] == "picture":
                self._picture(block["picture"])
            else:
                self._html(blocks.block_html(block, {}, self.base))
        self._html(blocks.remainder_html(self.payload))

    def _html(self, html: str) -> None:
        for node in markup.tree(html) if html else ():
            self._block(node, STYLES.get(node.tag))

    def _block(self, node: etree._Element, style: str | None) -> None:
        """A paragraph of this element, or one of each block in it."""
        if not isinstance(node.tag, str):
            return
        if node.tag in LISTS:
            for item in node:
                self._runs(self.document.add_paragraph(style=LISTS[node.tag]), item)
        elif any(child.tag in {"p", *LISTS} for child in node):
            for child in node:
                self._block(child, style)
        else:
            self._runs(self.document.add_paragraph(style=style), node)

    def _runs(self, paragraph: Any, node: etree._Element, bold=False, italic=False) -> None:
        bold, italic = bold or node.tag in BOLD, italic or node.tag in ITALIC
        self._run(paragraph, node.text, bold, italic)
        for child in node:
            if child.tag == "br":
                paragraph.add_run().add_break()
            elif isinstance(child.tag, str):
                self._runs(paragraph, child, bold, italic)
            self._run(paragraph, child.tail, bold, italic)

    def _run(self, paragraph: Any, text: str | None, bold: bool, italic: bool) -> None:
        if text:
            run = paragraph.add_run(markup.clean(text))
            run.bold, run.italic = bold or None, italic or None

    def _line(self, text: str, *, style: str | None = None, bold=False, italic=False) -> None:
        if text.strip():
            self._run(self.document.add_paragraph(style=style), text, bold, italic)

    def _picture(self, uuid: str) -> None:
        picture = self.pictures.get(uuid)
        if picture is None:
            return
        if uuid in self.files:
            self._image(self.files[uuid], picture)
        elif rendition := house.rendition(picture):
            self._line(house.absolute(rendition["href"], self.base))
        self._line(blocks.caption_of(picture), style="Caption")

    def _image(self, content: bytes, picture: dict) -> None:
        paragraph = self.document.add_paragraph()
        # The longer side is as long as a line.
        side = "height" if picture["height"] > picture["width"] else "width"
        try:
            shape = paragraph.add_run().add_picture(BytesIO(content), **{side: WIDTH})
        except UnrecognizedImageError:
            paragraph.text = picture.get("title") or ""
            return
        shape._inline.docPr.set("descr", markup.clean(picture.get("alt") or ""))


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _same_every_time(document: DocumentType, moment: datetime) -> bytes:
    """The document's bytes with the release's time on each part instead of the clock's."""
    written, result = BytesIO(), BytesIO()
    document.save(written)
    stamp = (max(moment.year, 1980), *moment.timetuple()[1:6])
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, date_time=stamp)
            packed = name.startswith("word/media/")  # a JPEG gets no smaller
            part.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return result.getvalue()
