"""Pages cost a fixed number of queries, travel once, and are never stale."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction

from search import reader
from search.engines import kept_engines
from stories.website.tests import ledger, payloads
from stories.website.tests.ledger import LISTS, many, released_exemplar, released_story, text

FONTS = settings.BASE_DIR / "stories/website/static/website/fonts"
pytestmark = [pytest.mark.django_db, pytest.mark.urls("stories.website.urls")]


# Head of the ledger, then what each page shows of it:
# home: stories, exemplars, lead pictures, introduction, units, numbers, groups, contents
# column: stories, lead pictures, introduction, oldest year, months with stories
# edition: stories, lead pictures, introduction, story before, story after, months with stories
# exemplars: exemplars, lead pictures, introduction, groups
COLD = {"/": 9, "/phu-nu-dat-to/": 6, "/phu-nu-dat-to/so/2026-09/": 7, "/dien-hinh/": 5}


def read_on() -> None:
    """The archive takes in what was released, as it does by itself at each release."""
    for engine in kept_engines():
        reader.catch_up(engine)


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("url", COLD)
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

    read_on()

    # head, story, exemplars in it, older stories, whether the archive is up to date, those like it,
    # its pictures, lead pictures of the others
    with django_assert_num_queries(8):
        client.get(story.path)
    # head, exemplar, stories about her (2), her pictures, lead pictures of the stories, her releases
    with django_assert_num_queries(7):
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
    assert "max-age=0" in first["Cache-Control"]


def test_a_list_may_lag_half_a_minute_but_never_the_page_of_a_person_or_a_story(client):
    story, person = released_story(), released_exemplar()

    for url in ("/", "/phu-nu-dat-to/", "/dien-hinh/", "/don-vi/"):
        assert client.get(url)["Cache-Control"] == "public, max-age=0, stale-while-revalidate=30"
    for item in (story, person):
        assert client.get(item.path)["Cache-Control"] == "public, max-age=0, must-revalidate"
        ledger.withdraw(item)
        assert client.get(item.path)["Cache-Control"] == "public, max-age=0, must-revalidate"


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
        page = client.get(url, headers={"Accept-Encoding": "gzip"})
        assert len(gzip.decompress(page.content)) < (30_000 if url == story.path else 60_000)
        assert len(page.content) + weight(gzip.decompress(page.content).decode()) < 150_000


def weight(page: str) -> int:
    """Bytes that travel with a page beside its pictures: style, scripts, icon, all fonts."""
    files = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg|png|woff2))"', page))
    assert {"website/site.css", "search/completing.js"} <= files
    files |= {f"website/fonts/{font.name}" for font in FONTS.glob("*.woff2")}
    total = 0
    for name in files:
        content = Path(finders.find(name)).read_bytes()
        total += (
            len(gzip.compress(content)) if name.endswith(("css", "js", "svg")) else len(content)
        )
    return total


def test_our_fonts_weigh_at_most_60_kb_and_bring_their_licence():
    fonts = list(FONTS.glob("*.woff2"))

    assert sum(font.stat().st_size for font in fonts) <= 60_000
    families = {font.stem.rsplit("-", 1)[0] for font in fonts}
    assert {f"OFL-{family}.txt" for family in families} == {f.name for f in FONTS.glob("OFL*.txt")}


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
