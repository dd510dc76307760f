"""What is asked for each page is found in an index, however long the ledger grows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet

from stories.press import facts
from stories.press.facts import Chosen
from stories.releases.models import Item
from stories.releases.tests.archive import line, load
from stories.website import selectors

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(people) -> list[Item]:
    """Three hundred back-filled stories, no news among them."""
    load(people["board"], *[line(f"bai-{number}") for number in range(300)])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # autovacuum's work; so few rows it would rather read
            cursor.execute("ANALYZE releases_item")
            cursor.execute("SET LOCAL enable_seqscan = off")
    return list(Item.objects.order_by("pk")[:8])


def plan(found: QuerySet) -> str:
    return found.explain()


def test_stories_are_looked_up_by_their_ids(archive) -> None:
    """SQLite takes the index of the type for as good, until an import tells it how many it has."""
    wanted = Item.objects.public().stories().filter(uuid__in=[one.pk for one in archive])
    by_id = {"sqlite": "sqlite_autoindex_releases_item_1", "postgresql": "releases_item_pkey"}
    assert by_id[connection.vendor] in plan(wanted)


def test_news_are_found_among_old_stories_without_reading_them(archive) -> None:
    news = Item.objects.public().stories().filter(is_news__in=[True])
    assert "item_newest_news" in plan(news.order_by(*selectors.NEWEST_FIRST)[:12])


def test_counting_reads_no_item(archive) -> None:
    if connection.vendor == "sqlite":
        public = Item.objects.public().stories().values("kind")
        assert "COVERING INDEX item_newest_and_kind" in plan(public)
    assert Item.objects.public().stories().count() == 300


def test_rare_changes_are_looked_up_instead_of_walking_the_ledger(
    archive, people, monkeypatch
) -> None:
    monkeypatch.setattr(facts, "FEW", 10)
    assert facts.few(Chosen.of({}, ["correction"])) == ()
    load(people["board"], line("bai-1", lead="Đã sửa."))
    corrected = Item.objects.get(source_id="bai-1")
    assert facts.few(Chosen.of({}, ["correction"])) == (corrected.pk,)
    assert facts.few(Chosen.of({}, ["usable"])) is None
