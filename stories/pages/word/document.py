"""A document as plain data, whatever file it came from: what `reader` gives and `outline` takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    BODY = "body"
    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    CAPTION = "caption"
    LIST = "list"


class Missed(TextChoices):
    """What a document may hold and a story can't."""

    NOTE = "note", _("chú thích cuối trang")
    COMMENT = "comment", _("lời bình")
    DELETED = "deleted", _("chỗ đã xóa (theo dõi thay đổi)")
    DRAWING = "drawing", _("hình vẽ hoặc biểu đồ")
    OBJECT = "object", _("đối tượng nhúng")
    LINKED = "linked", _("ảnh không nằm trong tệp")
    FORMULA = "formula", _("công thức")
    SYMBOL = "symbol", _("ký hiệu riêng của phông chữ")
    LINK = "link", _("đường dẫn không dùng được")


@dataclass(slots=True)
class Run:
    """A stretch of text in one look. `font` is the name of its font, "" when unknown."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    font: str = ""


@dataclass(slots=True)
class Shot:
    """A picture in the document: the bytes of its file, and the description typed for it."""

    content: bytes
    alt: str = ""


@dataclass(slots=True)
class Paragraph:
    """Text, or (with `shots`) the pictures that stand in its place."""

    runs: list[Run] = field(default_factory=list)
    kind: Kind = Kind.BODY
    level: int = 0  # of a list: 0 is the outermost
    ordered: bool = False
    align: str = ""  # "center", "right" or ""
    shots: list[Shot] = field(default_factory=list)
    beside: bool = False  # it stood in the same line of the document, after a picture

    @property
    def text(self) -> str:
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def is_bold(self) -> bool:
        return self._all("bold")

    @property
    def is_italic(self) -> bool:
        return self._all("italic")

    def _all(self, look: str) -> bool:
        inked = [run for run in self.runs if run.text.strip()]
        return bool(inked) and all(getattr(run, look) for run in inked)


@dataclass(slots=True)
class Table:
    """Rows of cells, each the paragraphs in it; a merged cell stands once, then as empty ones."""

    rows: list[list[list[Paragraph]]] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    blocks: list[Paragraph | Table] = field(default_factory=list)
    missed: Counter[Missed] = field(default_factory=Counter)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph, those of tables too."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from (line for row in block.rows for cell in row for line in cell)
