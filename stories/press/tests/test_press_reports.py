"""Báo cáo: what the press took and published, by unit and quarter; summed up by the database."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from stories import factories
from stories.press.models import ItemUnit, PressClient, PressClipping, PressDelivery
from stories.press.reports import charts, periods, scope, units
from stories.press.tests import ledger, payloads
from stories.releases import selectors as releases
from stories.releases.models import Item
from stories.units.models import Unit
from stories.units.selectors import UnitTree

LAM_THAO = {"code": "08494", "name": "Xã Lâm Thao", "level": "commune"}
VIET_TRI = {"code": "07900", "name": "Phường Việt Trì", "level": "commune"}
PULLED, PUBLISHED = "press_pulled_report", "press_published_report"


def took(client: PressClient, number: int, *, on: date, channel="feed", version=1, count=1) -> None:
    at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    PressDelivery.objects.create(
        client=client,
        item_id=ledger.nth(number),
        version=version,
        channel=channel,
        first_at=at,
        last_at=at,
        count=count,
    )


def printed(client: PressClient, number: int, on: date, **fields) -> PressClipping:
    values = {"medium": "print", "place": "trang 3", "version": 1} | fields
    item = Item.objects.get(pk=ledger.nth(number))
    return PressClipping.objects.create(client=client, item=item, published_on=on, **values)


@pytest.fixture
def world(people):
    """Two clients, three stories of two units, taken and printed in two quarters."""
    paper = PressClient.objects.create(name="bao", organisation="Báo Phú Thọ")
    radio = PressClient.objects.create(name="dai", organisation="Đài PT-TH", kind="broadcaster")
    ledger.story(1, unit=LAM_THAO, title="=1+1 chị Lan")
    ledger.story(2, unit=LAM_THAO)
    ledger.story(3, unit=VIET_TRI)
    year = timezone.localdate().year - 1
    took(paper, 1, on=date(year, 2, 1), count=3)
    took(paper, 1, on=date(year, 2, 3), version=1, channel="kit")
    took(radio, 1, on=date(year, 5, 1))
    took(paper, 2, on=date(year, 5, 1))
    took(paper, 3, on=date(year, 5, 1), count=5)
    took(paper, 2, on=date(year, 5, 2), channel="webhook")  # woken up: nothing taken
    took(paper, 2, on=date(year, 6, 2), version=9)  # a notice, or what was never public
    printed(paper, 1, date(year, 2, 5), source_credit="yes")
    printed(paper, 3, date(year, 5, 5), source_credit="no", medium="online", url="https://b.vn/a")
    printed(radio, 1, date(year, 5, 6), medium="radio")
    return {"paper": paper, "radio": radio, "year": year}


@pytest.fixture
def board(client, people, world):
    client.force_login(people["board"])
    return client


def figures(browser, name: str, **asked) -> dict:
    answer = browser.get(reverse(name), asked)
    assert answer.status_code == 200
    return answer.context_data


def table(context: dict, at: int) -> dict[str, tuple[int, ...]]:
    return {line.label: line.values for line in context["tables"][at].lines}


def test_what_was_taken_is_summed_by_quarter_and_unit(board, world) -> None:
    context = figures(board, PULLED)
    year = world["year"]
    assert [value for _heading, value in context["totals"]] == [3, 2, 11]
    assert table(context, 0) == {f"Quý 1/{year}": (1, 1, 4), f"Quý 2/{year}": (3, 2, 7)}
    assert table(context, 1) == {"Xã Lâm Thao": (2, 2, 6), "Phường Việt Trì": (1, 1, 5)}
    assert table(context, 2) == {"Xã Lâm Thao": (1, 2), "Phường Việt Trì": (0, 1)}
    lines = {(one.client, one.title, one.channel): one for one in context["object_list"]}
    assert len(lines) == 5
    assert lines["Báo Phú Thọ", "=1+1 chị Lan", "API: dòng tin"].times == 3


def test_what_was_printed_is_summed_with_its_credits(board, world) -> None:
    context = figures(board, PUBLISHED)
    assert [value for _heading, value in context["totals"]] == [3, 2, 1, 1, 1]
    assert table(context, 1) == {"Xã Lâm Thao": (2, 1, 1, 0, 1), "Phường Việt Trì": (1, 1, 0, 1, 0)}
    assert len(context["object_list"]) == 3


@pytest.mark.parametrize(
    ("asked", "lines", "prints"),
    [
        ({"unit": "08494"}, 4, 2),
        ({"unit": "25"}, 5, 3),  # the province: all that lies below
        ({"period": "{year}"}, 5, 3),
        ({"period": "{year}-1"}, 2, 1),
        ({"period": "{year}-1", "unit": "07900"}, 0, 0),
        ({"client": "{radio}"}, 1, 1),
        ({"client_kind": "newspaper"}, 4, 2),
        ({"type": "picture"}, 0, 0),
    ],
)
def test_the_filters_narrow_list_and_sums_alike(board, world, asked, lines, prints) -> None:
    filled = {"year": world["year"], "radio": world["radio"].pk}
    asked = {name: value.format(**filled) for name, value in asked.items()}
    pulled, published = figures(board, PULLED, **asked), figures(board, PUBLISHED, **asked)
    assert (len(pulled["object_list"]), len(published["object_list"])) == (lines, prints)
    assert published["totals"][0][1] == prints


def test_quarters_begin_and_end_at_midnight_in_viet_nam(world) -> None:
    start, end = periods.quarter(2026, 4).moments
    assert start == datetime(2026, 9, 30, 17, tzinfo=UTC)
    assert end == datetime(2026, 12, 31, 17, tzinfo=UTC)


def test_who_sees_whose_figures(client, people, world) -> None:
    """Roles × figures: how many lines each sees, None for none of the report."""
    office = factories.user("vanphong", "Văn phòng")
    seen = {
        "board": (5, 3),
        "admin": (5, 3),
        "editor": (4, 2),
        "reviewer": (4, 2),
        "other_editor": (1, 1),
        "other_reviewer": (1, 1),
        "province_reviewer": (5, 3),
    }
    for role, expected in seen.items():
        client.force_login(people[role])
        pulled, published = figures(client, PULLED), figures(client, PUBLISHED)
        assert (len(pulled["object_list"]), len(published["object_list"])) == expected, role
        foreign = figures(client, PULLED, unit="07900" if "other" not in role else "08494")
        assert len(foreign["object_list"]) <= expected[0]
        if role == "editor":
            assert "Việt Trì" not in str(table(pulled, 1))
            assert foreign["totals"][0][1] != 1
            text = client.get(reverse(PULLED), {"export": "csv"})
            assert "Bài số 3" not in b"".join(text.streaming_content).decode()
    client.force_login(office)
    assert client.get(reverse(PULLED)).status_code == 302
    assert client.get(reverse(PULLED), {"export": "csv"}).status_code == 302
    assert not scope.may_look(office)


def test_an_editor_also_sees_the_figures_of_what_her_unit_replaced(people) -> None:
    unit = Unit.objects.get(code="08494")
    old = unit.predecessors.first()
    assert old is not None
    own = scope.units_of(people["editor"], UnitTree.load())
    assert {unit.pk, old.pk} <= own
    assert Unit.objects.get(code="07900").pk not in own


def test_the_excel_file_says_the_same_and_calculates_nothing(board, world) -> None:
    answer = board.get(reverse(PULLED), {"export": "xlsx", "unit": "08494"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    head, *lines = book.active.iter_rows(values_only=True)
    assert head[:2] == ("Cơ quan", "Tít")
    assert len(lines) == 4
    titles = [line[1] for line in lines]
    assert "'=1+1 chị Lan" in titles
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    first = next(line for line in lines if line[8] == 3)
    assert first[6] == datetime(world["year"], 2, 1, 10)  # Viet Nam's time
    answer = board.get(reverse(PUBLISHED), {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.active.max_row == 4


def test_the_csv_file_is_streamed_and_harmless(board, world) -> None:
    answer = board.get(reverse(PULLED), {"export": "csv"})
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text, newline=""))
    assert (len(head), len(lines)) == (10, 5)
    assert [line[1] for line in lines if "chị Lan" in line[1]] == ["'=1+1 chị Lan"] * 3


@pytest.mark.parametrize("name", [PULLED, PUBLISHED])
def test_as_many_queries_for_one_row_as_for_twenty(board, world, name) -> None:
    def queries(**asked) -> int:
        with CaptureQueriesContext(connection) as found:
            answer = board.get(reverse(name), asked)
            _ = b"".join(answer) if answer.streaming else answer.content
        return len(found)

    paper, year = world["paper"], world["year"]
    one = {"client": world["radio"].pk}
    queries()
    for_one = queries(**one), queries(**one, export="csv")
    for number in range(10, 29):
        ledger.story(number, unit=LAM_THAO if number % 2 else VIET_TRI)
        took(world["radio"], number, on=date(year, number % 12 + 1, 1))
        printed(world["radio"], number, date(year, number % 12 + 1, 1))
    queries()  # reads the ledger on
    assert (queries(**one), queries(**one, export="csv")) == for_one
    assert paper.deliveries.exists()


def test_an_item_stays_its_unit_s_when_it_is_withdrawn_and_a_picture_is_its_first_story_s(
    world,
) -> None:
    Item.objects.create(uuid=payloads.PICTURE, type="picture", path="/anh/1/", date="2026-01-01")
    ledger.story(7, unit=VIET_TRI)
    ledger.withdraw(ledger.nth(1))
    units.catch_up()
    known = dict(ItemUnit.objects.values_list("item_id", "unit__code"))
    assert known[Item.objects.get(pk=ledger.nth(1)).pk] == "08494"
    assert known[Item.objects.get(pk=payloads.PICTURE).pk] == "08494"
    assert units.offset() == releases.head()


def test_charts_are_whole_plain_drawings_with_a_table_beside(board, world) -> None:
    page = board.get(reverse(PULLED)).content.decode()
    drawn = page.split('<svg class="press-chart"')[1:]
    assert len(drawn) == 3
    for one in drawn:
        svg = ET.fromstring("<svg " + one.split("</svg>")[0] + "</svg>")
        assert svg.get("role") == "img"
        assert svg.find("title").get("id") == svg.get("aria-labelledby")
        assert not [part for part in svg.iter() if part.get("style") or part.tag == "script"]
        widths = [float(bar.get("width")) for bar in svg.iter("rect")]
        assert max(widths) == charts.WIDTH - charts.VALUE_ROOM
    assert page.count('class="press-figures"') == 3


def test_a_label_can_t_break_out_of_a_drawing(world) -> None:
    made = charts.chart("x", "y", [("<script>" * 20, 0), ("b", 0)])
    assert [bar.width for bar in made.bars] == [0, 0]
    assert len(made.bars[0].label) == charts.LONGEST_LABEL
