"""The Vietnamese catalogue in `locale/`: complete in itself, compiled, and seen by the admin."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import ngettext

FOLDER = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")
TAG = re.compile(r"</?[a-z]\w*(?:\s[^<>]*)?/?>")


@dataclass(slots=True)
class Entry:
    """One message of a .po file; `plural` is its `msgid_plural`, `text` its one Vietnamese form."""

    parts: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def msgid(self) -> str:
        return self.parts["msgid"]

    @property
    def plural(self) -> str:
        return self.parts.get("msgid_plural", "")

    @property
    def text(self) -> str:
        return self.parts.get("msgstr[0]", self.parts.get("msgstr", ""))

    @property
    def key(self) -> str | tuple[str, int]:
        """As `gettext.GNUTranslations` keeps it."""
        context = self.parts.get("msgctxt")
        key = f"{context}\x04{self.msgid}" if context else self.msgid
        return (key, 0) if self.plural else key


def entries(domain: str) -> Iterator[Entry]:
    """Every message but the header."""
    for block in (FOLDER / f"{domain}.po").read_text("utf-8").split("\n\n"):
        entry, last = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.fuzzy = "fuzzy" in line
            elif found := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
                last = found[1]
                entry.parts[last] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                entry.parts[last] += ast.literal_eval(line)
        if entry.parts.get("msgid"):
            yield entry


@pytest.fixture(params=DOMAINS)
def domain(request) -> str:
    return request.param


def test_the_compiled_catalogue_holds_exactly_what_its_source_says(domain) -> None:
    with (FOLDER / f"{domain}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    compiled.pop("", None)
    assert compiled == {entry.key: entry.text for entry in entries(domain)}


def test_every_message_is_translated_and_none_is_fuzzy(domain) -> None:
    assert [entry.msgid for entry in entries(domain) if entry.fuzzy or not entry.text] == []


def test_no_message_is_there_twice(domain) -> None:
    keys = [(entry.parts.get("msgctxt"), entry.msgid) for entry in entries(domain)]
    assert len(keys) == len(set(keys))


def test_placeholders_are_those_of_the_source(domain) -> None:
    """A number may be spelt out in the singular ("1 page"), so the plural is the measure."""
    for entry in entries(domain):
        source = entry.plural or entry.msgid
        assert sorted(set(PLACEHOLDER.findall(entry.text))) == sorted(
            set(PLACEHOLDER.findall(source))
        ), entry.msgid


def test_markup_is_that_of_the_source(domain) -> None:
    for entry in entries(domain):
        source = entry.plural or entry.msgid
        assert sorted(TAG.findall(entry.text)) == sorted(TAG.findall(source)), entry.msgid


def test_spaces_at_the_ends_are_those_of_the_source(domain) -> None:
    for entry in entries(domain):
        for end in (str.lstrip, str.rstrip):
            assert (end(entry.text) == entry.text) == (end(entry.msgid) == entry.msgid), entry.msgid


def test_tones_are_set_the_modern_way(domain) -> None:
    """“xóa”, “khóa”, “hủy”: one spelling throughout, so that a search in the page finds it."""
    old = re.compile(r"\b(xoá|khoá|huỷ|tuỳ|thuỷ|uỷ|hoà|toà)\b", re.IGNORECASE)
    assert [entry.text for entry in entries(domain) if old.search(entry.text)] == []


def test_the_admin_speaks_the_catalogue_before_wagtails_own() -> None:
    assert translate("Publish") == "Đăng"
    assert translate("Unpublish") == "Ngừng đăng"
    assert ngettext("Delete 1 page", "Delete %(counter)s pages", 1) == "Xóa %(counter)s trang"


def test_the_admins_scripts_get_their_catalogue_too(client, db) -> None:
    answer = client.get(reverse("wagtailadmin_javascript_catalog"))
    assert '"Reply": "Tr\\u1ea3 l\\u1eddi"' in answer.content.decode()


def visible(html: str) -> str:
    """The words of a page, without markup, scripts and styles."""
    html = re.sub(r"(?s)<(script|style|noscript|svg)\b.*?</\1>", " ", html)
    return re.sub(r"<[^>]*>", " ", html)


def test_the_login_page_bears_our_name_and_no_english(client, db) -> None:
    page = client.get(reverse("wagtailadmin_login")).content.decode()
    assert 'aria-label="Gương sáng Đất Tổ"' in page
    assert "Mật khẩu" in visible(page)
    for word in ("Wagtail", "Password", "Sign in", "Username", "Remember"):
        assert word not in visible(page)
