"""What the archive's template makes of the search room's context."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from stories.website.tests import payloads

EVIL = '"><script>alert(1)</script>'


def hit(**changes: Any) -> SimpleNamespace:
    values = {
        "uuid": "1",
        "source_id": None,
        "title": "Chị Lan giữ nghề nón lá",
        "title_html": mark_safe("Chị Lan giữ nghề <mark>nón</mark> lá"),
        "lead": "Ba mươi năm chằm nón.",
        "url": "/phu-nu-dat-to/chi-lan/",
        "unit": "Xã Lâm Thao",
        "date": dt.date(2026, 11, 20),
        "type": "story",
        "highlight": mark_safe("Ba mươi năm chằm <mark>nón</mark>"),
        "picture": payloads.picture(),
    }
    return SimpleNamespace(**values | changes)


def value(number: int, **changes: Any) -> SimpleNamespace:
    values = {"value": str(number), "label": f"Giá trị {number}", "count": 12_345}
    return SimpleNamespace(**values | {"url": f"?unit={number}", "selected": False} | changes)


def render(**changes: Any) -> str:
    context = {
        "page": None,
        "query": SimpleNamespace(q="non la", sort="relevance"),
        "hidden_params": [("unit", "08494")],
        "error": "",
        "results": SimpleNamespace(count=1234, items=[hit()]),
        "facets": [
            SimpleNamespace(
                name="unit",
                heading="Đơn vị",
                values=[value(number, selected=number == 1) for number in range(1, 10)],
            )
        ],
        "selected": [SimpleNamespace(heading="Đơn vị", label="Xã Lâm Thao", url="?q=non+la")],
        "clear_url": "?q=non+la",
        "sorts": [SimpleNamespace(value="newest", label="Mới nhất", url="?s", selected=True)],
        "next_url": "?cursor=abc",
        "first_url": "",
        "suggestion": "nón lá",
        "suggestion_url": "?q=n%C3%B3n",
        "searched": True,
    }
    return render_to_string("search/archive.html", context | changes)


def test_results_are_shown_with_count_highlight_facets_and_chosen_filters():
    page = render()

    for part in (
        "<strong>1.234</strong> kết quả",
        "cho “non la”",
        "chằm <mark>nón</mark>",
        "nghề <mark>nón</mark> lá</a>",
        "20/11/2026",
        "12.345",
        'href="?unit=1" aria-current="true"',
        'href="?q=non+la"',
        "Có phải bạn tìm",
        'href="?q=n%C3%B3n">nón lá</a>',
        '<input type="hidden" name="unit" value="08494">',
        'href="?cursor=abc"',
        'name="robots" content="noindex, follow"',
    ):
        assert part in page


def test_the_search_field_keeps_what_was_asked_and_has_a_label():
    page = render()

    assert '<label for="tim">' in page
    assert 'value="non la"' in page


def test_long_facets_are_folded():
    page = render()

    assert page.index("Giá trị 7") < page.index("Xem thêm") < page.index("Giá trị 8")


def test_the_columns_of_years_name_their_year_and_how_many_it_has():
    columns = [
        SimpleNamespace(year=2024, count=0, url="", selected=False, height=0, top=60),
        SimpleNamespace(year=2025, count=1200, url="?year=2025", selected=False, height=60, top=0),
    ]

    years = re.search(r'<ul class="span">(.*?)</ul>', render(columns=columns), re.S)[1]

    assert strip_tags(years).split("\n")[:2] == ["2024 0", "2025 1.200 bài"]


def test_nothing_found_gives_advice():
    page = render(results=SimpleNamespace(count=0, items=[]), facets=[], next_url="")

    assert "Chưa tìm thấy bài nào" in page
    assert "gõ không dấu cũng được" in page
    assert "bỏ các lựa chọn lọc" in page


def test_an_error_is_said_and_the_form_stays():
    page = render(results=None, facets=[], selected=[], error="Năm không hợp lệ.", suggestion="")

    assert 'role="alert">Năm không hợp lệ.' in page
    assert '<form class="find find-big"' in page


@pytest.mark.parametrize("searched", [True, False])
def test_hostile_texts_stay_texts(searched):
    page = render(
        query=SimpleNamespace(q=EVIL, sort="relevance"),
        hidden_params=[(EVIL, EVIL)],
        error=EVIL,
        results=SimpleNamespace(
            count=1, items=[hit(title=EVIL, title_html="", lead=EVIL, highlight="", unit=EVIL)]
        ),
        selected=[SimpleNamespace(heading=EVIL, label=EVIL, url=EVIL)],
        suggestion=EVIL,
        suggestion_url=EVIL,
        searched=searched,
    )

    assert "<script>" not in page
