"""Pages cost a fixed number of queries, travel once, and are never stale."""

from __future__ import annotations

import gzip

import pytest
from django.conf import settings
from django.db import transaction

from stories.website.tests import ledger, payloads
from stories.website.tests.ledger import LISTS, many, released_exemplar, released_story, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("stories.website.urls")]


# Head of the ledger, then what each page shows of it:
# home: stories, exemplars, lead pictures, introduction, units, groups, contents
# column: stories, lead pictures, introduction, oldest year
# exemplars: exemplars, lead pictures, introduction, groups
COLD = {"/": 8, "/phu-nu-dat-to/": 5, "/dien-hinh/": 5}


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("url", LISTS)
def test_a_list_costs_the_same_queries_for_one_row_and_for_twenty(
    client, django_assert_num_queries, url, count
):
    many(count)

    with django_assert_num_queries(COLD[url]):
        client.get(url)
    with django_assert_num_queries(1):  # the head
        client.get(url)


@pytest.mark.parametrize("count", [1, 20])
def test_an_item_costs_the_same_queries_among_one_and_among_twenty(
    client, django_assert_num_queries, count
):
    many(count)
    story = ledger.Item.objects.stories().order_by("date").last()
    person = ledger.Item.objects.exemplars().order_by("date").last()

    # head, story, exemplars in it, older stories, its pictures, lead pictures of the others
    with django_assert_num_queries(6):
        client.get(story.path)
    # head, exemplar, stories about her (2), her pictures, lead pictures of the stories
    with django_assert_num_queries(6):
        client.get(person.path)
    with django_assert_num_queries(1):  # the head
        client.get(story.path)
    # after a release that doesn't concern it: head, what was released since
    released_story(date="2026-12-01")
    with django_assert_num_queries(2):
        client.get(story.path)
    with django_assert_num_queries(1):
        client.get(story.path)


@pytest.mark.parametrize("url", [*LISTS, "/bao-chi/", "story"])
def test_an_unchanged_page_is_not_sent_twice(client, url):
    url = released_story().path if url == "story" else url
    first = client.get(url)

    by_tag = client.get(url, headers={"If-None-Match": first["ETag"]})
    by_time = client.get(url, headers={"If-Modified-Since": first["Last-Modified"]})

    assert (by_tag.status_code, by_time.status_code) == (304, 304)
    assert by_tag.content == b""
    assert by_tag["Cache-Control"] == first["Cache-Control"]
    assert "must-revalidate" in first["Cache-Control"]


def test_a_changed_page_is_sent_again(client):
    payload = payloads.story()
    item = ledger.release(payload)
    first = client.get(item.path)

    ledger.append(item, payload | {"kind": "correction", "title": "Tít đã sửa"})
    again = client.get(item.path, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert "Tít đã sửa" in text(again)
    assert again["ETag"] != first["ETag"]


def test_a_page_travels_compressed_and_says_so(client):
    item = released_story()
    plain = client.get(item.path)

    packed = client.get(item.path, headers={"Accept-Encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]


def test_pages_are_small_enough_for_a_slow_line(client):
    many(24)
    story = ledger.Item.objects.stories().order_by("date").last()

    for url in (*LISTS, story.path, "/bao-chi/"):
        assert len(client.get(url).content) < 60_000
    stylesheet = settings.BASE_DIR / "stories/website/static/website/site.css"
    assert stylesheet.stat().st_size < 25_000


def test_a_page_of_another_ledger_is_never_shown(client):
    """A restored backup counts the same numbers again."""
    with transaction.atomic():
        released_story(title="Bài của sổ này")
        assert "Bài của sổ này" in text(client.get("/"))
        transaction.set_rollback(True)

    released_story(title="Bài của sổ khác")
    released_exemplar()

    page = text(client.get("/"))
    assert "Bài của sổ khác" in page
    assert "Bài của sổ này" not in page
