"""The admin speaks Vietnamese: every screen, of every role, is walked and read."""

from __future__ import annotations

import sys

import pytest
from django.utils.translation import trans_real
from django.utils.translation.trans_real import DjangoTranslation

from config.tests.walk import catalogues, english, texts
from config.tests.walk.routes import NO_SCREEN, routes
from config.tests.walk.samples import World
from config.tests.walk.walker import Walk

LEAST = 200  # screens; there were 230 when this was written


@pytest.fixture
def quick(monkeypatch) -> None:
    """Django's test client copies the context of every template; nobody looks at it here."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *a, **k: None)


@pytest.mark.django_db
def test_no_screen_of_any_role_has_a_word_of_english(people, quick, monkeypatch, capsys) -> None:
    asked = catalogues.Asked(monkeypatch)
    walk = Walk(World(people)).as_everyone()
    assert walk.crashes == []
    left = {text: sorted(where)[:3] for text, where in walk.leftovers.items()}
    assert not left, "\n".join(f"{text}: {where}" for text, where in left.items())
    assert [msgid for msgid in asked.unchanged if english.is_english(msgid)] == []
    silent = {route.name for route in set(routes()) - walk.seen}
    assert silent == set().union(*NO_SCREEN.values())
    assert len(walk.seen) >= LEAST
    translated, total = catalogues.translated(trans_real.translation("vi"))
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(walk.seen)} screens in {walk.requests} requests: {len(asked.texts)} of the "
            f"{len(catalogues.msgids())} messages of Wagtail and Django shown, all in Vietnamese; "
            f"{translated} of {total} translated.\n"
        )


def test_every_message_of_wagtails_scripts_is_translated() -> None:
    vietnamese = DjangoTranslation("vi", domain="djangojs")
    there = list(catalogues.all_messages("djangojs"))
    assert len(there) > 50
    untranslated = []
    for parts in there:
        one, many = parts["msgid"], parts.get("msgid_plural")
        said = vietnamese.ngettext(one, many, 2) if many else vietnamese.gettext(one)
        if said in (one, many) and english.is_english(one):
            untranslated.append(one)
    assert untranslated == []


@pytest.mark.parametrize(
    "text",
    ["Save draft", "Root page", "Port", "Đăng Publish", "Can add đơn vị", "No", "Remove"],
)
def test_english_is_noticed(text) -> None:
    assert english.leftovers(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lưu bản nháp",
        "Hội LHPN xã Lâm Thao",
        "bientap.lamthao@example.vn",
        "/phu-nu-dat-to/chi-lan-giu-nghe-non-la/",
        "Tệp PDF, Word, Excel",
        "Can đảm, to, no, in",
        "story.docx, 12:30, x2",
    ],
)
def test_vietnamese_is_left_alone(text) -> None:
    assert not english.leftovers(text)


def test_a_page_is_read_as_people_read_it() -> None:
    html = """<title>Tít</title><script>no()</script><p title="Nhãn">Chữ <b>đậm</b></p>
      <input type="submit" value="Gửi"><input type="text" value="giá trị" placeholder="Gợi ý">
      <button data-w-tooltip-content-value="Mách nước" data-action="click->w-x#y">Nút</button>
      <script type="application/json">{"label": "Mục", "name": "field_name"}</script>"""
    said = {text.strip() for text in texts.read(html).texts}
    assert said == {"Tít", "Nhãn", "Chữ", "đậm", "Gửi", "Gợi ý", "Mách nước", "Nút", "Mục"}


def test_a_form_is_sent_as_it_stands_or_emptied() -> None:
    html = """<form method="post" action="/x/"><input type="hidden" name="key" value="1">
      <input name="a" value="2"><input type="checkbox" name="b" value="3" checked>
      <select name="c"><option value="4">d</option></select><textarea name="e">
5</textarea><button name="go" value="6">Gửi</button></form>"""
    form = texts.read(html).forms[0]
    filled = {"key": ["1"], "a": ["2"], "b": ["3"], "c": ["4"], "e": ["5"]}
    assert form.filled() == filled
    assert form.filled(form.buttons[0]) == filled | {"go": ["6"]}
    assert form.emptied() == {name: [""] for name in filled} | {"key": ["1"]}
