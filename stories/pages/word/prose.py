"""Paragraphs and lists → the HTML that the editor's paragraph block holds."""

from __future__ import annotations

from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from stories.pages.word.document import Kind, Paragraph, Run

SCHEMES = ("http", "https", "mailto")


def usable(href: str) -> bool:
    """Whether a link leads somewhere for a reader: to the web or to a mailbox."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in SCHEMES and bool(parts.netloc or parts.scheme == "mailto")


def html(lines: list[Paragraph]) -> str:
    """`<p>`, `<ul>` and `<ol>` (nested) with `<b>`, `<i>`, `<a>`, `<br/>`: nothing else."""
    parts = []
    for is_list, group in groupby(lines, key=lambda line: line.kind is Kind.LIST):
        if is_list:
            parts.append(_lists(list(group)))
        else:
            parts += [f"<p>{inline(line.runs)}</p>" for line in group]
    return "".join(parts)


def _lists(items: list[Paragraph]) -> str:
    """Items of any level: an item deeper than the last one is in a list within it."""
    out: list[str] = []
    open_: list[tuple[int, str]] = []  # (level, tag) of the lists that are open
    for item in items:
        tag = "ol" if item.ordered else "ul"
        while len(open_) > 1 and open_[-1][0] > item.level and open_[-2][0] >= item.level:
            out.append(f"</li></{open_.pop()[1]}>")
        if open_ and open_[-1][0] >= item.level and open_[-1][1] != tag:
            out.append(f"</li></{open_.pop()[1]}>")  # the kind changes: another list
            out.append(f"<{tag}>")
            open_.append((item.level, tag))
        elif not open_ or open_[-1][0] < item.level:
            out.append(f"<{tag}>")
            open_.append((item.level, tag))
        else:
            open_[-1] = (item.level, tag)
            out.append("</li>")
        out.append(f"<li>{inline(item.runs)}")
    out += [f"</li></{tag}>" for _level, tag in reversed(open_)]
    return "".join(out)


def inline(runs: list[Run]) -> str:
    """Neighbours that look alike are one; space at the ends and doubled spaces go."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and _look(last) == _look(run):
            last.text += run.text
        elif run.text:
            merged.append(Run(run.text, run.bold, run.italic, run.href))
    return "".join(_html_of(run) for run in _trimmed(merged))


def _look(run: Run) -> tuple[bool, bool, str]:
    return run.bold, run.italic, run.href


def _trimmed(runs: list[Run]) -> list[Run]:
    while runs and not runs[0].text.strip():
        runs.pop(0)
    while runs and not runs[-1].text.strip():
        runs.pop()
    if runs:
        runs[0].text, runs[-1].text = runs[0].text.lstrip(), runs[-1].text
        runs[-1].text = runs[-1].text.rstrip()
    return runs


def _html_of(run: Run) -> str:
    """Space at the edges stays outside the tags: a bold space is of no use to anyone."""
    words = run.text.strip()
    if not words:
        return _space(run.text)
    before = run.text[: len(run.text) - len(run.text.lstrip())]
    after = run.text[len(run.text.rstrip()) :]
    made = escape(words, quote=False).replace("\n", "<br/>")
    if run.italic:
        made = f"<i>{made}</i>"
    if run.bold:
        made = f"<b>{made}</b>"
    if usable(run.href):
        made = f'<a href="{escape(run.href.strip())}">{made}</a>'
    return _space(before) + made + _space(after)


def _space(text: str) -> str:
    return "<br/>" * text.count("\n") if "\n" in text else " " if text else ""
