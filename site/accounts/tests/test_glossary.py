"""`locale/GLOSSARY.md` says what things are called; the catalogue calls them so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from accounts.tests.test_locale import DOMAINS, Entry, entries

GLOSSARY = Path(settings.LOCALE_PATHS[0]) / "GLOSSARY.md"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w*\}|<[^>]*>")


def rows() -> list[tuple[str, str, str]]:
    """English, Vietnamese, and what is checked; without the table's head."""
    return [row for row in ROW.findall(GLOSSARY.read_text("utf-8")) if "---" not in row[0]][1:]


EVERYWHERE = [(english, said) for english, said, where in rows() if where == "mọi chuỗi"]
NAMED = [
    (msgid, said) for _english, said, where in rows() for msgid in re.findall("`([^`]+)`", where)
]


def all_entries() -> list[Entry]:
    return [entry for domain in DOMAINS for entry in entries(domain)]


@pytest.mark.parametrize(("english", "said"), EVERYWHERE)
def test_every_message_about_it_calls_it_so(english, said) -> None:
    word = re.compile(rf"(?<!\w){english}s?(?!\w)", re.IGNORECASE)
    about = [one for one in all_entries() if word.search(PLACEHOLDER.sub("", one.msgid))]
    assert about
    assert [one.msgid for one in about if said not in one.text.lower()] == []


@pytest.mark.parametrize(("msgid", "said"), NAMED)
def test_the_messages_named_call_it_so(msgid, said) -> None:
    found = [one.text for one in all_entries() if one.msgid == msgid]
    assert found
    assert [text for text in found if said not in text.lower()] == []


def test_the_glossary_is_read_and_in_order() -> None:
    terms = [english for english, _said, _where in rows()]
    assert len(EVERYWHERE) > 12 and len(NAMED) > 20
    assert terms == sorted(terms)
