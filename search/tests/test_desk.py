"""The archive in the admin, and its lists to take along."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from accounts.spreadsheets import harmless
from search import exporting
from search.query import ArchiveQuery
from search.tests.test_ledger import tell, withdraw
from stories import factories
from stories.pages.models import Content, TargetGroup
from stories.releases.models import Item

pytestmark = pytest.mark.django_db
DESK = "/quan-tri/luu-tru/"
CSV, XLSX = f"{DESK}danh-sach.csv", f"{DESK}danh-sach.xlsx"


@pytest.fixture
def editor(client, people):
    client.force_login(people["editor"])
    return client


def lines(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def sheet(answer) -> list[tuple]:
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return list(book.active.iter_rows(values_only=True))


def test_staff_search_and_take_the_list_along(editor, people):
    group, content = TargetGroup.objects.first(), Content.objects.first()
    terms = {"group": group, "contents": [content], "tags": ["làng nghề", "nón lá"]}
    story = tell(people, "Chị Lan giữ nghề nón lá", **terms)
    tell(people, "Bếp ăn bán trú")
    factories.story(people["editor"], title="Nón lá còn là bản nháp")

    page = editor.get(DESK, {"q": "non la"}).content.decode()
    assert "<mark>nón lá</mark>" in page
    assert f'href="{CSV}?q=non+la"' in page
    assert f'href="{XLSX}?q=non+la"' in page

    heads, row, *_others = lines(editor.get(CSV, {"q": "non la"}))
    item = Item.objects.get(pk=story.uuid)
    data = item.current.data
    assert len(heads) == len(row) == 10
    assert row == [
        story.title,
        "Xã Lâm Thao",
        item.date.isoformat(),
        data["exemplar_kind"]["name"],
        group.name,
        content.name,
        "; ".join(data["tags"]),
        f"http://testserver{item.path}",
        str(item.uuid),
        "1",
    ]
    answer = editor.get(XLSX, {"q": "non la"})
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    first, second, *_others = sheet(answer)
    assert list(first) == heads
    assert second[0] == story.title
    assert second[2].date() == item.date
    assert second[9] == 1


@pytest.mark.parametrize("address", [DESK, CSV, XLSX])
def test_only_who_may_use_the_admin(client, people, address):
    assert client.get(address).status_code == 302
    client.force_login(factories.user("nguoi.ngoai"))
    assert client.get(address).status_code == 302
    client.force_login(people["reviewer"])
    assert client.get(address).status_code == 200


def test_the_menu_leads_there(editor):
    assert DESK in editor.get("/quan-tri/").content.decode()


def test_what_is_not_public_any_more_is_on_no_list(editor, people, monkeypatch):
    gone = tell(people, "Chị Lan giữ nghề nón lá")
    kept = tell(people, "Chị Hoa khâu nón lá")
    assert len(lines(editor.get(CSV))) == 3
    monkeypatch.setattr("search.reader.catch_up", lambda *args, **kwargs: 0)
    withdraw(gone, people)

    assert [row[0] for row in lines(editor.get(CSV))[1:]] == [kept.title]


def test_every_page_of_the_results_is_on_the_list_up_to_the_most(editor, people, monkeypatch):
    for number in range(7):
        tell(people, f"Chị Lan giữ nghề nón lá {number}")
    monkeypatch.setattr(exporting, "AT_ONCE", 2)

    listed = [row[8] for row in exporting.rows(ArchiveQuery(q="non la"))]
    assert len(set(listed)) == len(listed) == 7
    monkeypatch.setattr(exporting, "MOST", 5)
    assert [row[8] for row in exporting.rows(ArchiveQuery(q="non la"))] == listed[:5]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84 912", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", '=HYPERLINK("http://x")'],
)
def test_nothing_on_a_list_is_calculated(text):
    row = [text, "", dt.date(2026, 11, 20), text, "", "", "", "", "", 1]
    assert harmless(text) == f"'{text}"
    (_heads, told) = csv.reader(io.StringIO("".join(exporting.as_csv([row]))[1:], newline=""))
    assert told[0] == told[3] == f"'{text}"
    book = load_workbook(exporting.as_xlsx([row]))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert cell.value[0] == "'"


def test_ordinary_text_stays_as_it_is():
    for text in ("Chị Lan", "5 mô hình", "", "a=b", "“Nón”"):
        assert harmless(text) == text


def test_the_list_is_of_what_the_page_shows_instead(editor, people):
    tell(people, "Hợp tác xã chè Đá Hen")

    page = editor.get(DESK, {"q": "hop tac xa hce"}).content.decode()

    assert f'href="{CSV}?q=hop+tac+xa+che"' in page
    assert len(lines(editor.get(CSV, {"q": "hop tac xa hce"}))) == 2


@pytest.mark.parametrize("query", ["kind=x", "limit=1000", "unit=khong-co", "year=x"])
def test_what_cannot_be_answered_is_told_on_the_page(editor, query):
    assert editor.get(f"{DESK}?{query}").status_code == 400
    for address in (CSV, XLSX):
        answer = editor.get(f"{address}?{query}")
        assert answer.headers["Location"] == f"{DESK}?{query}"
