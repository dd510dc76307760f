"""Puts the texts of a document into Unicode NFC, run by run."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from stories.pages.word.document import Document, Paragraph, Run
from stories.pages.word.legacy import Encoding, convert, of_font, own_marks_back, recognise

INVISIBLE = re.compile("[\xad\u200b\ufeff]")


def transcribe(document: Document) -> Counter[Encoding]:
    """Convert in place. Returns how many paragraphs were in each legacy encoding.

    Neighbouring runs in fonts of one encoding are judged together. A stretch that is clear makes
    its encoding known, and then a short one in it (a title of two words) is recognised too.
    """
    stretches = list(_stretches(document.paragraphs()))
    known = {recognise(_text(runs), font=font).family for _line, font, runs in stretches}
    known.discard(Encoding.UNICODE)
    converted: dict[int, Encoding] = {}
    for line, font, runs in stretches:
        encoding = recognise(_text(runs), font=font, known=known)
        if _rewrite(runs, encoding):
            converted[id(line)] = encoding.family
    return Counter(converted.values())


def _stretches(lines: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, Encoding, list[Run]]]:
    for line in lines:
        for font, runs in groupby(line.runs, key=lambda run: of_font(run.font)):
            yield line, font, list(runs)


def _text(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)


def _rewrite(runs: list[Run], encoding: Encoding) -> bool:
    """Whether a legacy encoding was really there, and not only letters that look alike in all."""
    texts = [run.text for run in runs]
    if encoding is Encoding.VNI:
        texts = own_marks_back(texts)
    for run, text in zip(runs, texts, strict=True):
        run.text = tidy(convert(text, encoding))
    return encoding is not Encoding.UNICODE and not all(text.isascii() for text in texts)


def tidy(text: str) -> str:
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text).replace("\xa0", " "))
