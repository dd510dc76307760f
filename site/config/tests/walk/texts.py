"""What people read of an answer: text, labels, tooltips, options; and the forms it holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse, HttpResponseBase

SILENT = {"script", "style", "svg", "noscript", "code", "kbd"}
SPOKEN = {
    "aria-label",
    "title",
    "placeholder",
    "alt",
    "label",
    "aria-description",
    "aria-roledescription",
    "data-tippy-content",
    "data-w-tooltip-content-value",
    "data-label",
    "data-desk-chosen",
}
LABELS = {"label", "help_text", "helpText", "title", "heading", "description", "text", "message"}
CODE_ATTRIBUTES = ("data-action", "data-controller", "data-w-teleport-target-value")
CODE = ("class", "classname", "classnames", "attrs")
PROSE = re.compile(r"(?!w-)[^\W\d_]+[^{}<>|=;_/#]*\s[^{}<>|=;_#]*$")
BUTTONS = {"submit", "button", "reset"}


@dataclass(slots=True)
class Form:
    """A form as a browser would send it without anything being typed."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, button: tuple[str, str] | None = None) -> dict[str, list[str]]:
        """As it stands, sent by that button."""
        data: dict[str, list[str]] = {}
        for name, value in [*self.values, *([button] if button else [])]:
            data.setdefault(name, []).append(value)
        return data

    def emptied(self) -> dict[str, list[str]]:
        """With everything that people fill in left out."""
        return {k: v if k in self.hidden else [""] for k, v in self.filled().items()}


class Reader(HTMLParser):
    """Collects `texts` and `forms` of an HTML document or fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.forms: list[Form] = []
        self._silent: list[str] = []
        self._open: list[Form] = []
        self._select: str | None = None
        self._area: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._script = ""

    @property
    def _form(self) -> Form | None:
        """The innermost; a dialogue's own form stands within the editor's."""
        return self._open[-1] if self._open else None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        # A counter of nothing, hidden until there is something: Wagtail writes Python's None in it.
        if tag in SILENT or ("data-side-panel-toggle-counter" in values and "hidden" in values):
            self._script = values.get("type", "") if tag == "script" else ""
            self._silent.append(tag)
        self.texts += [values[name] for name in SPOKEN & values.keys()]
        for name, value in values.items():
            if name.startswith("data-") and name not in SPOKEN:
                self.texts += told(name, value)
        if tag in ("input", "button") and values.get("type", "submit") in BUTTONS:
            self.texts += [values["value"]] if tag == "input" and "value" in values else []
        self._read_form(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        if tag == "form":
            self._open = self._open[:-1]
        elif tag == "select":
            self._end_select()
        elif tag == "textarea" and self._form and self._area is not None:
            self._form.values.append((self._area, ""))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form:
            self._form.values.append((self._area, data.removeprefix("\n")))
            self._area = None
            return
        if not self._silent and data.strip():
            self.texts.append(data)
        elif self._silent and self._script == "text/template":
            self.texts += read(data).texts
        elif self._silent and self._script == "application/json":
            self.texts += of_json(json.loads(data))

    def _read_form(self, tag: str, values: dict[str, str]) -> None:
        if tag == "form":
            action = values.get("action") or values.get("data-w-swap-src-value", "")
            form = Form(action, values.get("method", "get").lower())
            self.forms.append(form)
            self._open.append(form)
        if self._form is None:
            return
        if (
            "data-w-block-data-value" in values and "id" in values
        ):  # a stream of blocks, that a script draws
            self._form.values.append((f"{values['id']}-count", "0"))
            self._form.hidden.add(f"{values['id']}-count")
        name = values.get("name", "")
        match tag:
            case "input" if name and "disabled" not in values:
                kind = values.get("type", "text")
                if kind in BUTTONS:
                    self._form.buttons.append((name, values.get("value", "")))
                elif kind in ("checkbox", "radio"):
                    if "checked" in values:
                        self._form.values.append((name, values.get("value", "on")))
                elif kind != "file":
                    self._form.values.append((name, values.get("value", "")))
                    if kind == "hidden":
                        self._form.hidden.add(name)
            case "button" if name and "disabled" not in values:
                self._form.buttons.append((name, values.get("value", "")))
            case "select" if name:
                self._select, self._options = name, []
            case "option" if self._select:
                self._options.append((values.get("value", ""), "selected" in values))
            case "textarea" if name:
                self._area = name

    def _end_select(self) -> None:
        if self._form and self._select and self._options:
            chosen = [value for value, selected in self._options if selected]
            self._form.values += [(self._select, v) for v in chosen or [self._options[0][0]]]
        self._select = None


def read(html: str) -> Reader:
    """The document's texts and forms, the texts of its scripts' templates and data too."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def told(name: str, value: str) -> list[str]:
    """What a data attribute says: its text if it is prose, the labels if it is JSON."""
    if value[:1] in ("{", "["):
        try:
            return list(of_json(json.loads(value)))
        except ValueError:
            return []
    is_code = name.endswith(("-class", "-identifier-value")) or name in CODE_ATTRIBUTES
    return [value] if PROSE.match(value) and not is_code else []


def of_json(value: object, key: str = "") -> Iterator[str]:
    """The HTML, the labels and the sentences among the strings of a JSON value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from of_json(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from of_json(inner, key)
    elif isinstance(value, str) and value:
        if "<" in value:
            yield from read(value).texts
        elif key in CODE_ATTRIBUTES or key.lower().endswith(CODE):
            return
        elif key in LABELS or PROSE.match(value):
            yield value


def of_answer(response: HttpResponseBase) -> Reader:
    """What an answer says, be it a page or the JSON that a dialogue is made of."""
    kind = response.headers.get("Content-Type", "")
    if not isinstance(response, HttpResponse):
        return Reader()
    if kind.startswith("text/html"):
        return read(response.content.decode())
    reader = Reader()
    if kind.startswith("application/json"):
        data = json.loads(response.content)
        reader.texts += of_json(data)
        if isinstance(data, dict) and isinstance(data.get("html"), str):
            reader.forms += read(data["html"]).forms
    return reader
