"""Comparing what arrives with what was approved: words, and golden files."""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path

from stories.press.tests import payloads

HERE = Path(__file__).parent
SAMPLES = payloads.all_samples()
TEXTS = {name: p for name, p in SAMPLES.items() if p["type"] != "picture"}
NEWS = {name: p for name, p in SAMPLES.items() if p["type"] == "story"}
WITHDRAWN = {name: p for name, p in SAMPLES.items() if p["pubstatus"] != "usable"}
# Of the story that was taken back: its words, its people, its pictures.
OLD = ("nón", "Nón", "Thu Hà", "Chị Lan", "non-la", "Ba mươi", "Nguyễn Thị Lan", "khung")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def html_words(html: str) -> list[str]:
    return words(unescape(re.sub(r"<[^>]*>", " ", html)))


def missing(wanted: list[str], found: list[str]) -> list[str]:
    left = list(found)
    lost = []
    for word in wanted:
        if word in left:
            left.remove(word)
        else:
            lost.append(word)
    return lost


def golden(name: str, text: str) -> None:
    """Compare with the committed file; GOLDEN_WRITE=1 renews it, and the change shows in review."""
    path = HERE / "golden" / name
    if os.environ.get("GOLDEN_WRITE") == "1":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def old_words(text: str) -> list[str]:
    """What is still said of the story that was taken back (its own address apart)."""
    without_address = text.replace("chi-lan-giu-nghe-non", "")
    return [word for word in OLD if word in without_address]
