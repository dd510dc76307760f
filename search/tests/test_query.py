"""The query model: what it takes, what it refuses, and that it comes back from its own URL."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from search.query import ArchiveQuery, Position, QueryError, parse


def read(text: str) -> ArchiveQuery:
    return parse(QueryDict(text))


def test_every_parameter_is_read():
    query = read("q=n%C3%B3n+l%C3%A1&unit=227&unit=08494&kind=model&year=2026&sort=newest&limit=5")

    assert query == ArchiveQuery(
        q="nón lá",
        unit=("227", "08494"),
        kind=("model",),
        year=("2026",),
        sort="newest",
        limit=5,
    )


@pytest.mark.parametrize(
    "text", ["", "q=a&tag=l%C3%A0ng+ngh%E1%BB%81&tag=b", "unit=227&content=hoc-tap&limit=100", "q="]
)
def test_a_query_comes_back_from_its_own_parameters(text):
    query = read(text)
    again = QueryDict(mutable=True)
    for name, value in query.to_params():
        again.appendlist(name, value)

    assert parse(again) == query


@pytest.mark.parametrize(
    ("text", "field", "code"),
    [
        ("p=1", "p", "unknown"),
        ("unit%5B%5D=1", "unit[]", "unknown"),
        ("q=a&q=b", "q", "repeated"),
        ("limit=0", "limit", "invalid"),
        ("limit=101", "limit", "invalid"),
        ("limit=%D9%A3", "limit", "invalid"),
        ("limit=-1", "limit", "invalid"),
        ("sort=best", "sort", "invalid"),
        ("year=26", "year", "invalid"),
        ("kind=hero", "kind", "invalid"),
        ("unit=a%00b", "unit", "invalid"),
        ("unit=1'--", "unit", "invalid"),
        ("tag=" + "x" * 101, "tag", "invalid"),
        ("&".join(f"unit={n}" for n in range(21)), "unit", "too_many"),
        ("cursor=zzz", "cursor", "cursor"),
        ("cursor=%C3%A9", "cursor", "cursor"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(text, field, code):
    with pytest.raises(QueryError) as refused:
        read(text)

    assert (refused.value.field, refused.value.code) == (field, code)
    assert refused.value.message


def test_empty_values_of_a_form_are_no_filters():
    assert read("q=&unit=&year=&sort=&limit=") == ArchiveQuery()


def test_a_cursor_belongs_to_its_query():
    cursor = ArchiveQuery(q="nón").at(Position(20))

    assert ArchiveQuery(q="nón", cursor=cursor).position() == Position(20)
    assert ArchiveQuery(q="nón", cursor=cursor, limit=50).position() == Position(20)
    for other in (ArchiveQuery(q="lá"), ArchiveQuery(q="nón", year=("2026",))):
        with pytest.raises(QueryError):
            ArchiveQuery(q=other.q, year=other.year, cursor=cursor).position()


def test_a_value_is_toggled_on_and_off():
    query = ArchiveQuery(q="nón", cursor="x").toggled("unit", "227")

    assert query.unit == ("227",)
    assert query.cursor == ""
    assert query.toggled("unit", "227") == ArchiveQuery(q="nón")
