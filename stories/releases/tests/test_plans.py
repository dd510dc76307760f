"""What is asked for each page is found in an index, however long the ledger grows.

Which index is looked at on SQLite, where we have a say; PostgreSQL decides by its own statistics.
"""

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
    """Of three hundred back-filled stories, no news among them, eight."""
    load(people["board"], *[line(f"bai-{number}") for number in range(300)])
    return list(Item.objects.order_by("pk")[:8])


def uses(index: str, found: QuerySet) -> bool:
    return connection.vendor != "sqlite" or index in found.explain()


def test_stories_are_looked_up_by_their_ids(archive) -> None:
    """SQLite takes the index of the type for as good, until an import tells it how many it has."""
    wanted = Item.objects.public().stories().filter(uuid__in=[one.pk for one in archive])
    assert uses("sqlite_autoindex_releases_item_1", wanted)
    assert set(wanted) == set(archive)


def test_news_are_found_among_old_stories_without_reading_them(archive) -> None:
    news = Item.objects.public().stories().news()
    assert uses("item_newest_news", news.order_by(*selectors.NEWEST_FIRST)[:12])
    assert not news.exists()


def test_counting_reads_no_item(archive) -> None:
    public = Item.objects.public().stories()
    assert uses("COVERING INDEX item_newest_and_kind", public.values("kind"))
    assert public.count() == 300


def test_rare_changes_are_looked_up_instead_of_walking_the_ledger(
    archive, people, monkeypatch
) -> None:
    monkeypatch.setattr(facts, "FEW", 10)
    assert facts.few(Chosen.of({}, ["correction"])) == ()
    load(people["board"], line("bai-1", lead="Đã sửa."))
    corrected = Item.objects.get(source_id="bai-1")
    assert facts.few(Chosen.of({}, ["correction"])) == (corrected.pk,)
    assert facts.few(Chosen.of({}, ["usable"])) is None
