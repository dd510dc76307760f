"""What a paragraph or a run looks like in Word, after its styles (ECMA-376 part 1, 17.7 and 17.9).

A property is looked for on the element itself, then in its style and those that the style is based
on, then in the document's defaults.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn

OFF = {"0", "false", "off", "none"}
HIGHEST_LEVEL = 8


class Styles:
    """`styles` and `numbering` are the roots of those parts, or None where there are none."""

    def __init__(self, styles, numbering) -> None:
        found = styles.findall(qn("w:style")) if styles is not None else []
        self.by_id = {style.get(qn("w:styleId")): style for style in found}
        self.default = next((style for style in found if self._is_default(style)), None)
        path = f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        self.defaults = styles.find(path) if styles is not None else None
        self.formats = _list_formats(numbering) if numbering is not None else {}

    @staticmethod
    def _is_default(style) -> bool:
        return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in OFF

    def chain(self, style_id: str | None, *, default=None) -> Iterator:
        """The style and those below it; a style based on itself ends the chain."""
        style, seen = self.by_id.get(style_id, default), set()
        while style is not None and style not in seen:
            seen.add(style)
            yield style
            style = self.by_id.get(_value(style.find(qn("w:basedOn"))))

    def of_paragraph(self, properties) -> Paragraphs:
        return Paragraphs(self, properties)


class Paragraphs:
    """The looks of one paragraph: `properties` is its `w:pPr` or None."""

    def __init__(self, styles: Styles, properties) -> None:
        self.styles, self.properties = styles, properties
        self.chain = list(styles.chain(_value(self._own("w:pStyle")), default=styles.default))

    def _own(self, tag: str):
        return self.properties.find(qn(tag)) if self.properties is not None else None

    def deciding(self, tag: str):
        """The element that decides, or None."""
        own = self._own(tag)
        if own is not None:
            return own
        path = f"{qn('w:pPr')}/{qn(tag)}"
        return next((hit for style in self.chain if (hit := style.find(path)) is not None), None)

    @property
    def names(self) -> list[str]:
        """Names of the style and those below it, in small letters: built-in names are English."""
        names = (_value(style.find(qn("w:name"))) for style in self.chain)
        return [name.lower() for name in names if name]

    @property
    def align(self) -> str:
        value = _value(self.deciding("w:jc"))
        return {"center": "center", "right": "right", "end": "right"}.get(value or "", "")

    @property
    def outline_level(self) -> int | None:
        value = _value(self.deciding("w:outlineLvl"))
        return int(value) if value and value.isdigit() and int(value) <= HIGHEST_LEVEL else None

    def list_place(self) -> tuple[bool, int] | None:
        """(ordered, level) of a list item, else None."""
        numbering = self.deciding("w:numPr")
        number = _value(numbering.find(qn("w:numId"))) if numbering is not None else None
        if number in (None, "0"):
            return None
        level = _value(numbering.find(qn("w:ilvl"))) or "0"
        depth = min(int(level), HIGHEST_LEVEL) if level.isdigit() else 0
        if depth == 0:  # the styles “List Bullet 2”, “List Number 3” say it in their names
            name = next((name for name in self.names if name.startswith("list ")), "")
            depth = int(name[-1]) - 1 if name[-1:].isdigit() and name[-1] != "0" else 0
        form = self.styles.formats.get(number, {})
        return form.get(level, "bullet") not in ("bullet", "none"), depth

    def run_property(self, run_properties, tag: str):
        """The element that decides how a run (its `w:rPr` or None) in this paragraph looks."""
        own = run_properties.find(qn(tag)) if run_properties is not None else None
        if own is not None:
            return own
        style = run_properties.find(qn("w:rStyle")) if run_properties is not None else None
        chain = (
            [*self.styles.chain(_value(style)), *self.chain] if style is not None else self.chain
        )
        path = f"{qn('w:rPr')}/{qn(tag)}"
        found = next((hit for style in chain if (hit := style.find(path)) is not None), None)
        if found is None and self.styles.defaults is not None:
            found = self.styles.defaults.find(qn(tag))
        return found

    def is_on(self, run_properties, tag: str) -> bool:
        element = self.run_property(run_properties, tag)
        return element is not None and (element.get(qn("w:val")) or "1").lower() not in OFF

    def font(self, run_properties) -> str:
        """Name of the font for letters beyond ASCII, "" when a theme decides."""
        fonts = self.run_property(run_properties, "w:rFonts")
        if fonts is None:
            return ""
        return fonts.get(qn("w:hAnsi")) or fonts.get(qn("w:ascii")) or ""


def _list_formats(numbering) -> dict[str, dict[str, str]]:
    """numId → level → format ("bullet", "decimal"…)."""
    abstract = {
        form.get(qn("w:abstractNumId")): {
            level.get(qn("w:ilvl")): _value(level.find(qn("w:numFmt"))) or "decimal"
            for level in form.findall(qn("w:lvl"))
        }
        for form in numbering.findall(qn("w:abstractNum"))
    }
    return {
        number.get(qn("w:numId")): abstract.get(_value(number.find(qn("w:abstractNumId"))), {})
        for number in numbering.findall(qn("w:num"))
    }


def _value(element) -> str | None:
    return element.get(qn("w:val")) if element is not None else None
