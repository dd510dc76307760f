"""A body in the three forms that front ends ask for: HTML, Markdown, plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from markdownify import MarkdownConverter

from stories.pages.blocks import safe_html

Block = Mapping[str, Any]
_MEANT = re.compile(r"([\\`<\[\]])")


class _Markdown(MarkdownConverter):
    """What people wrote stays text: no link, picture, code or HTML comes of their brackets."""

    def escape(self, text, parent_tags):
        return super().escape(_MEANT.sub(r"\\\1", text), parent_tags)

    def convert_img(self, el, text, parent_tags):
        alt = _MEANT.sub(r"\\\1", el.attrs.get("alt") or "")
        return f"![{alt}]({el.attrs['src']})"


def html(blocks: Iterable[Block], base: str) -> str:
    """Safe HTML with absolute links; `blocks` as `presenters.blocks` gives them, their pictures as
    `documents.picture` does. `base` is the page's own absolute address."""
    return _rendered(blocks, base, plain=False)


def markdown(blocks: Iterable[Block], base: str) -> str:
    """CommonMark with absolute links; figures become a list, a quote keeps its speaker."""
    rendered = _rendered(blocks, base, plain=True)
    return _Markdown(heading_style="ATX", bullets="-").convert(rendered).strip()


def paragraph(text: str, base: str) -> str:
    """Only the elements that a paragraph may hold; its links absolute."""

    def absolute(tag: str, attribute: str, value: str) -> str:
        return urljoin(base, value) if attribute == "href" else value

    return safe_html(text, absolute)


def _rendered(blocks: Iterable[Block], base: str, *, plain: bool) -> str:
    """`plain` leaves out what Markdown has no word for: sizes of pictures, lists of terms."""
    ready = [
        {**block, "html": mark_safe(paragraph(block["html"], base))}
        if block["type"] == "paragraph"
        else block
        for block in blocks
    ]
    return render_to_string("headless/body.html", {"blocks": ready, "plain": plain}).strip()
