"""Every kind of bad line is reported with its number and why; the good ones beside it are kept."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from stories.releases.importing.lines import MAX_BYTES, raw_lines
from stories.releases.models import Item
from stories.releases.tests.archive import line, load, released, stream

pytestmark = pytest.mark.django_db

TOMORROW = timezone.localdate() + timedelta(days=1)

BAD = {
    "broken JSON": ('{"id": "hong", "title":', "", "JSON hỏng"),
    "a string": ('"chuỗi"', "", "đối tượng JSON"),
    "a list": ("[1, 2]", "", "đối tượng JSON"),
    "nesting without end": ("[" * 100_000, "", "JSON hỏng"),
    "a number without end": ('{"id": ' + "9" * 5000 + "}", "", "JSON hỏng"),
    "not UTF-8": (b'{"id": "hong", "title": "T\xe9t", "body": "x"}', "", "Không phải UTF-8"),
    "half a character": ('{"id":"hong","title":"\\ud800","body":"x"}', "title", "Unicode hỏng"),
    "too long": (json.dumps({"id": "hong", "body": "x" * 5_000_000}), "", "dài quá 2 MB"),
    "no id": (line(id=None), "id", "Thiếu"),
    "no title": (line("hong", title=None), "title", "Thiếu"),
    "no body": (line("hong", body=None), "body", "Thiếu"),
    "blank id": (line(" "), "id", "để trống"),
    "blank title": (line("hong", title=" \n"), "title", "để trống"),
    "blank body": (line("hong", body="  \n "), "body", "để trống"),
    "a body of tags": (line("hong", body="<p> </p><br>"), "body", "Không còn chữ"),
    "a body of scripts": (line("hong", body="<script>x()</script>"), "body", "Không còn chữ"),
    "a body of pictures": (line("hong", body="<img src='a.jpg'>"), "body", "Không còn chữ"),
    "a number as id": (line("hong", id=7), "id", "chuỗi"),
    "a number as title": (line("hong", title=7), "title", "chuỗi"),
    "an object as body": (line("hong", body={"html": "x"}), "body", "chuỗi"),
    "tags in a string": (line("hong", tags="nghề"), "tags", "danh sách"),
    "numbers as tags": (line("hong", tags=[1]), "tags", "danh sách"),
    "contents in a string": (line("hong", contents="hoc-tap"), "contents", "danh sách"),
    "a long title": (line("hong", title="x" * 256), "title", "256 ký tự"),
    "a long id": (line("h" * 121), "id", "121 ký tự"),
    "a long byline": (line("hong", byline="x" * 121), "byline", "121 ký tự"),
    "a long tag": (line("hong", tags=["x" * 101]), "tags", "101 ký tự"),
    "no date": (line("hong", date="hôm qua"), "date", "không phải ngày"),
    "no such day": (line("hong", date="31/02/2020"), "date", "không phải ngày"),
    "the future": (line("hong", date=TOMORROW.isoformat()), "date", "tương lai"),
    "before the Union": (line("hong", date="0202-05-01"), "date", "1930"),
    "no such unit": (line("hong", unit="Xã Không Có"), "unit", "Không có đơn vị"),
    "two such units": (
        line("hong", unit="xa hung long", date="2019-03-08"),
        "unit",
        "Nhiều đơn vị",
    ),
    "no such group": (line("hong", group="Nam nông dân"), "group", "danh mục"),
    "no such content": (line("hong", contents=["Ngủ"]), "contents", "danh mục"),
    "no such kind": (line("hong", kind="Con mèo"), "kind", "danh mục"),
    "the same id again": (line("bai-1"), "id", "Trùng mã với dòng 1"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_line_is_reported_and_its_neighbours_are_kept(people, kind) -> None:
    raw, field, why = BAD[kind]
    summary, bad = load(people["board"], line("bai-1"), raw, line("bai-2"))
    assert [(entry.number, entry.field) for entry in bad] == [(2, field)]
    assert why in bad[0].why
    assert (summary.new, summary.bad) == (2, 1)
    assert set(Item.objects.values_list("source_id", flat=True)) == {"bai-1", "bai-2"}


def test_a_bad_line_is_named_by_its_id_once_that_is_known(people) -> None:
    _summary, bad = load(people["board"], line("hong", title=None))
    assert bad[0].source_id == "hong"


def test_a_good_line_after_a_bad_one_of_its_id_is_taken(people) -> None:
    summary, bad = load(people["board"], line("bai-1", title=None), line("bai-1"))
    assert (summary.new, [entry.number for entry in bad]) == (1, [1])


@pytest.mark.parametrize("size", [MAX_BYTES - 1, MAX_BYTES, MAX_BYTES + 1, 3 * MAX_BYTES])
def test_no_line_is_read_into_memory_beyond_the_limit(size) -> None:
    raw = io.BytesIO(b"x" * size + b"\n" + b"y\n")
    (_one, first), (two, second) = raw_lines(raw)
    assert isinstance(first, bytes) == (size <= MAX_BYTES)
    assert (two, second) == (2, b"y\n")


def test_a_compressed_file_that_breaks_off_keeps_what_came_before() -> None:
    packed = gzip.compress(b"".join(b'{"n": %d}\n' % n for n in range(20_000)))
    with gzip.open(io.BytesIO(packed[:-2000])) as broken:
        found = list(raw_lines(broken))
    number, last = found[-1]
    assert number == len(found) > 100
    assert "Tệp nén hỏng" in str(last)


def test_byte_order_mark_blank_lines_and_line_ends_of_windows_are_no_errors(people) -> None:
    raw = b"\xef\xbb\xbf" + json.dumps(line()).encode() + b"\r\n\r\n   \n"
    summary, bad = load(people["board"], raw)
    assert (summary.new, bad) == (1, [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-11-20", date(2019, 11, 20)),
        ("20/11/2019", date(2019, 11, 20)),
        ("3/9/2019", date(2019, 9, 3)),
        ("2019-11-20T08:30:00", date(2019, 11, 20)),
        ("2019-11-19T18:30:00Z", date(2019, 11, 20)),
    ],
)
def test_a_date_is_iso_or_day_first(people, text, day) -> None:
    load(people["board"], line(date=text))
    assert released()["date"] == day.isoformat()


@pytest.mark.parametrize(
    ("unit", "day", "code"),
    [
        (None, None, "25"),
        ("08494", None, "08494"),
        ("Xã Lâm Thao", None, "08494"),
        ("hội LHPN huyện lam thao", "2019-03-08", "237"),
        ("TP. Việt Trì", "2019-03-08", "227"),
        ("Hội LHPN tỉnh", "2019-03-08", "25"),
        ("Xã Hưng Long", "2019-03-08", "08314"),
    ],
)
def test_a_unit_is_a_code_or_a_name_as_of_the_storys_day(people, unit, day, code) -> None:
    load(people["board"], line(unit=unit, date=day))
    assert released()["unit"]["code"] == code


def test_terms_are_codes_or_names_with_or_without_marks(people) -> None:
    summary, bad = load(
        people["board"],
        line("a", group="nong-dan", contents=["hoc-tap"], kind="model"),
        line("b", group="NỮ NÔNG DÂN", contents=["tich cuc hoc tap"], kind="Mô hình"),
    )
    assert (summary.new, bad) == (2, [])
    for name in ("group", "contents", "movement", "exemplar_kind"):
        assert released("a")[name] == released("b")[name]
        assert released("a")[name]


def test_fields_we_do_not_know_are_counted_not_refused(people) -> None:
    summary, bad = load(people["board"], line("a", source_url="x"), line("b", source_url="y", z=1))
    assert (bad, summary.unknown) == ([], {"source_url": 2, "z": 1})


def test_a_file_is_a_stream_read_once() -> None:
    source = stream(line())
    assert next(raw_lines(source))[0] == 1
