"""A body from outside, plain text or HTML, as blocks of a `StreamField`: every word, nothing else.

HTML becomes paragraphs, headings and quotes; what can run or load (scripts, styles, frames, event
handlers, pictures) is dropped. Neighbouring paragraphs and lists share one block, as in the editor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

import nh3

BREAKING = frozenset(
    {
        "address",
        "article",
        "aside",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "main",
        "nav",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
    }
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE = frozenset({"a", "b", "strong", "i", "em"})
LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})
KNOWN = BREAKING | HEADINGS | INLINE | LISTS | CELLS | {"blockquote", "br", "li"}
DROPPED = frozenset(
    {
        "audio",
        "canvas",
        "embed",
        "head",
        "iframe",
        "math",
        "noscript",
        "object",
        "script",
        "style",
        "svg",
        "template",
        "title",
        "video",
    }
)
LONGEST_HEADING = 200  # as `BodyBlock.heading`
DEEPEST = 12  # inline tags within each other: more is a mistake or an attack

A_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(KNOWN | DROPPED | {'img', 'span', 'font', 'u', 's', 'sub', 'sup'}))})"
    r"(?=[\s/>])[^<>]*>|<!--",
    re.IGNORECASE,
)
BREAK_TAG = re.compile(
    rf"<(?:{'|'.join(sorted(BREAKING | HEADINGS | LISTS | {'blockquote', 'br', 'li'}))})[\s/>]",
    re.IGNORECASE,
)
ACTIVE = re.compile(
    r"<\s*(?:script|style|iframe|object|embed|svg|template)\b|<[^<>]+\son\w+\s*=|javascript:",
    re.IGNORECASE,
)
IMAGE = re.compile(r"<img\b", re.IGNORECASE)
SPACES = re.compile(r"[ \t\n\r\f]+")
LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Body:
    """`blocks` as (type, value) pairs; whether active content was cleaned out; images dropped."""

    blocks: list[tuple[str, object]]
    cleaned: bool = False
    images: int = 0


def body(text: str) -> Body:
    """Blocks of a body; no blocks when no word is left. A body with an HTML tag is HTML."""
    text = LINE_ENDS.sub("\n", text)
    if not A_TAG.search(text):
        return Body(_plain(text))
    if not BREAK_TAG.search(text):
        text = re.sub(r"\n+", "<br><br>", text)
    safe = nh3.clean(
        text,
        tags=set(KNOWN),
        clean_content_tags=set(DROPPED),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    return Body(reader.finish(), bool(ACTIVE.search(text)), len(IMAGE.findall(text)))


def _plain(text: str) -> list[tuple[str, object]]:
    lines = [line for line in (line.strip() for line in text.split("\n")) if line]
    html = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
    return [("paragraph", html)] if html else []


class _Reader(HTMLParser):
    """Reads cleaned, well-formed HTML; `finish()` gives the blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, object]] = []
        self.paragraphs: list[str] = []  # of the paragraph block being built
        self.line: list[str] = []  # HTML of the paragraph or list being built
        self.words = False  # whether it has any yet
        self.breaks = 0
        self.open: list[tuple[str, str]] = []  # inline tags: name, start tag
        self.lists = 0
        self.plain: list[str] | None = None  # text of the heading or quote being built
        self.plain_tag = ""
        self.quotes = 0  # quotes within a quote are part of it

    def finish(self) -> list[tuple[str, object]]:
        self._end_line()
        self._end_paragraphs()
        return self.blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.plain is not None:
            self.quotes += tag == "blockquote" == self.plain_tag
            if tag not in INLINE:
                self.plain.append(" " if tag in CELLS else "\n")
        elif tag in HEADINGS or (tag == "blockquote" and not self.lists):
            self._end_line()
            self._end_paragraphs()
            self.plain, self.plain_tag = [], tag
        elif tag in INLINE:
            self._open(tag, dict(attrs).get("href"))
        elif tag == "br":
            self.breaks += 1
        elif tag in CELLS:
            self._gap(" ")
        elif tag in LISTS:
            self._start_list(tag)
        elif self.lists:
            if tag == "li":
                self._close_inline()
                self.line.append("<li>")
                self.breaks = 0
            else:
                self._gap("<br>")
        else:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if self.plain is not None:
            if tag == self.plain_tag and not self.quotes:
                self._end_plain()
                return
            self.quotes -= tag == "blockquote" == self.plain_tag
            if tag not in INLINE and tag not in CELLS:
                self.plain.append("\n")
        elif tag in INLINE:
            self._close(tag)
        elif tag in LISTS and self.lists:
            self._end_list(tag)
        elif self.lists:
            if tag == "li":
                self._close_inline()
                self.line.append("</li>")
        elif tag in BREAKING or tag == "li":
            self._end_line()

    def handle_data(self, data: str) -> None:
        if self.plain is not None:
            self.plain.append(SPACES.sub(" ", data))
            return
        text = SPACES.sub(" ", data)
        if not self.words:
            text = text.lstrip(" ")
        if not text:
            return
        if text.strip():
            if self.breaks > 1 and not self.lists:
                self._end_line()
            elif self.breaks and self.words:
                self.line.append("<br>")
            self.breaks, self.words = 0, True
            if not self.lists and not self.line:
                self.line += [start for _name, start in self.open]
        self.line.append(escape(text, quote=False))

    def _gap(self, mark: str) -> None:
        if self.words and self.line and self.line[-1] not in {mark, "<li>"}:
            self.line.append(mark)

    def _open(self, tag: str, href: str | None) -> None:
        start = f"<{tag}>"
        if tag == "a":
            if not href:
                return
            start = f'<a href="{escape(href)}">'
        if self.breaks > 1 and not self.lists:
            self._end_line()
        if len(self.open) == DEEPEST:
            return
        self.open.append((tag, start))
        if self.line or self.lists:
            self.line.append(start)

    def _close(self, tag: str) -> None:
        """Close down to this tag and open again what lay above it."""
        names = [name for name, _start in self.open]
        if tag not in names:
            return
        at = len(names) - 1 - names[::-1].index(tag)
        inner = self.open[at + 1 :]
        if self.line:
            self.line += [f"</{name}>" for name in reversed(names[at:])]
            self.line += [start for _name, start in inner]
        self.open = self.open[:at] + inner

    def _close_inline(self) -> None:
        self.line += [f"</{name}>" for name, _start in reversed(self.open)]
        self.open = []

    def _end_line(self) -> None:
        """The paragraph ends; inline tags that are open go on in the next one."""
        if self.words:
            closing = "".join(f"</{name}>" for name, _start in reversed(self.open))
            self.paragraphs.append(f"<p>{''.join(self.line).rstrip(' ')}{closing}</p>")
        self.line, self.words, self.breaks = [], False, 0

    def _end_paragraphs(self) -> None:
        if self.paragraphs:
            self.blocks.append(("paragraph", "".join(self.paragraphs)))
        self.paragraphs = []

    def _start_list(self, tag: str) -> None:
        if self.lists:
            self._close_inline()
        else:
            self._end_line()
            self.open = []
        self.lists += 1
        self.line.append(f"<{tag}>")
        self.breaks = 0

    def _end_list(self, tag: str) -> None:
        self._close_inline()
        self.line.append(f"</{tag}>")
        self.lists -= 1
        if not self.lists:
            if self.words:
                self.paragraphs.append("".join(self.line))
            self.line, self.words, self.breaks = [], False, 0

    def _end_plain(self) -> None:
        lines = [line.strip() for line in "".join(self.plain or ()).split("\n")]
        text = "\n".join(line for line in lines if line)
        if self.plain_tag == "blockquote":
            if text:
                self.blocks.append(("quote", {"text": text, "attribution": ""}))
        elif text:
            text = text.replace("\n", " ")
            if len(text) <= LONGEST_HEADING:
                self.blocks.append(("heading", text))
            else:
                self.paragraphs.append(f"<p><strong>{escape(text, quote=False)}</strong></p>")
        self.plain, self.plain_tag = None, ""
