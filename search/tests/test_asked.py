"""What is asked is counted, who asks is not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError
from django.utils import timezone

from search import asked
from search.asked import Tally
from search.models import AskedDay
from stories import factories
from stories.releases.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tally(monkeypatch):
    fresh = Tally(clock=lambda: 0.0)
    for module in ("search.asked", "search.views", "search.reports"):
        monkeypatch.setattr(f"{module}.tally", fresh)
    return fresh


def counts() -> dict[str, tuple[int, int, int]]:
    return {
        row.words: (row.times, row.found_nothing, row.followed) for row in AskedDay.objects.all()
    }


def test_a_question_however_typed_is_one(client, people, tally):
    factories.publish(factories.story(people["editor"], title="Chị Lan giữ nghề nón lá"), people)
    for q in ("nón lá", "NON LA", "  non  la"):
        client.get("/luu-tru/", {"q": q})
    client.get("/luu-tru/", {"q": "xyzxyz qqq"})
    assert counts() == {}

    tally.write()
    assert counts() == {"non la": (3, 0, 0), "xyzxyz qqq": (1, 1, 0)}
    tally.write()
    assert counts() == {"non la": (3, 0, 0), "xyzxyz qqq": (1, 1, 0)}


@pytest.mark.parametrize("query", ["q=", "unit=227", "q=non&year=2026", "q=---"])
def test_browsing_is_not_counted(client, tally, query):
    client.get(f"/luu-tru/?{query}")
    tally.write()

    assert counts() == {}


@pytest.mark.parametrize("q", ["0912 345 678", "lan@example.vn", "so 025188001234", "098-765-4321"])
def test_what_points_to_a_person_is_not_counted(tally, q):
    tally.asked(q, found=True)
    tally.led_on(q)
    tally.write()

    assert counts() == {}


@pytest.mark.parametrize(
    ("came_from", "followed"),
    [
        ("http://testserver/luu-tru/?q=n%C3%B3n+l%C3%A1&year=2026", 1),
        ("http://testserver/luu-tru/", 0),
        ("https://elsewhere.vn/luu-tru/?q=non+la", 0),
        ("http://testserver/tin/?x=/luu-tru/?q=non+la", 0),
        ("http://[bad/luu-tru/?q=non+la", 0),
    ],
)
def test_a_story_opened_from_results_counts_as_followed(client, people, tally, came_from, followed):
    story = factories.publish(factories.story(people["editor"]), people)
    client.get(Item.objects.get(pk=story.uuid).path, headers={"referer": came_from})
    tally.write()

    assert sum(row[2] for row in counts().values()) == followed
    assert set(counts()) <= {"non la"}


def test_counts_wait_while_the_database_is_away(tally, monkeypatch):
    tally.asked("nón lá", found=True)

    def away(*args, **kwargs):
        raise DatabaseError("locked")

    monkeypatch.setattr(asked, "_add", away)
    tally.write()
    monkeypatch.undo()
    tally.write()

    assert counts() == {"non la": (1, 0, 0)}


def test_counts_are_written_by_themselves_after_a_while():
    now = [0.0]
    tally = Tally(clock=lambda: now[0])
    tally.asked("nón lá", found=True)
    assert counts() == {}
    now[0] = asked.EVERY + 1
    tally.asked("nón lá", found=False)

    assert counts() == {"non la": (2, 1, 0)}


def test_what_is_rare_or_old_is_forgotten():
    today = timezone.localdate()

    def row(words: str, days: int, times: int) -> None:
        AskedDay.objects.create(day=today - dt.timedelta(days=days), words=words, times=times)

    row("rare and recent", 2, 1)
    row("rare and past", 9, 2)
    row("usual", 9, 2)
    row("usual", 1, 1)
    row("often and old", 401, 99)

    assert asked.forget(today) == 2
    assert sorted(counts()) == ["rare and recent", "usual"]


def test_the_report_shows_what_is_asked_often(client, people, tally):
    for _ in range(4):
        tally.asked("nón lá", found=True)
        tally.asked("khong co gi", found=False)
    tally.led_on("nón lá")
    tally.asked("hiếm lắm", found=True)
    client.force_login(people["board"])

    shown = client.get("/quan-tri/reports/tim-kiem/").content.decode()
    assert "non la" in shown
    assert "1 (25 %)" in shown
    assert "hiem lam" not in shown
    assert "hoạt động tốt" in shown
    only = client.get("/quan-tri/reports/tim-kiem/?order=-found_nothing").content.decode()
    assert "khong co gi" in only
    assert ">non la<" not in only
    sheet = client.get("/quan-tri/reports/tim-kiem/?export=csv")
    assert b"non la,4,0,1,25" in b"".join(sheet.streaming_content)


def test_half_a_word_that_is_answered_as_one_types_is_not_counted(client, tally):
    client.get("/luu-tru/", {"q": "nón"}, headers={"X-As-Typed": "1"})
    tally.write()

    assert counts() == {}
