"""Pages of units and subjects; and which pages one release makes anew."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from search import for_website, reader
from search.engines import kept_engines
from search.engines.base import EngineError
from stories.website import page_cache
from stories.website.tests import ledger, payloads
from stories.website.tests.ledger import released_exemplar, released_story, text

pytestmark = pytest.mark.django_db
VIET_TRI = {"code": "07900", "name": "Phường Việt Trì", "level": "commune"}
LAM_THAO_PAGE, VIET_TRI_PAGE = "/don-vi/xa-lam-thao/", "/don-vi/phuong-viet-tri/"


def test_a_unit_shows_its_stories_and_exemplars_and_where_it_came_from(client):
    released_story(title="Bài của Lâm Thao")
    released_exemplar(title="Chị ở Lâm Thao")
    released_story(title="Bài của Việt Trì", unit=VIET_TRI)

    page = text(client.get(LAM_THAO_PAGE))

    assert "Bài của Lâm Thao" in page and "Chị ở Lâm Thao" in page
    assert "Bài của Việt Trì" not in page
    assert "1 bài, 1 hồ sơ điển hình" in page
    assert 'href="/don-vi/huyen-lam-thao/"' in page
    # Under the old district's name too: it is hers.
    assert "Bài của Lâm Thao" in text(client.get("/don-vi/huyen-lam-thao/"))


def test_a_unit_without_stories_helps_on_and_stays_out_of_search_engines(client, people):
    page = text(client.get("/don-vi/xa-pa-co/"))

    assert "Chưa có bài nào kể về nơi này." in page
    assert 'name="robots" content="noindex' in page
    assert 'action="/luu-tru/"' in page
    assert client.get("/don-vi/khong-co/").status_code == 404


def test_the_list_of_units_counts_and_names_each_commune_once(client):
    released_story()

    page = text(client.get("/don-vi/"))

    assert page.count(f'href="{LAM_THAO_PAGE}"') == 1
    assert 'aria-label="Lâm Thao 1 bài"' in page
    for province, anchor in (
        ("Tỉnh Hòa Bình", "tinh-hoa-binh"),
        ("Tỉnh Vĩnh Phúc", "tinh-vinh-phuc"),
    ):
        assert f'<h3 id="{anchor}">{province} cũ</h3>' in page
        assert f'href="#{anchor}"' in page
        assert f'href="/don-vi/#{anchor}"' in text(client.get("/"))


def test_subjects_lead_to_what_was_told_about_them(client):
    released_story(title="Bài làng nghề", tags=["nghề nón & mây"])

    for path in ("noi-dung/lao-dong-sang-tao", "nhom/nong-dan", f"the/{quote('nghề nón & mây')}"):
        assert "Bài làng nghề" in text(client.get(f"/chu-de/{path}/")), path
    assert f'href="/chu-de/the/{quote("nghề nón & mây")}/"' in text(client.get("/chu-de/"))
    for path in ("noi-dung/khong-co", "nhom/khong-co", "the/khong-co"):
        assert client.get(f"/chu-de/{path}/").status_code == 404


def test_what_was_withdrawn_is_on_no_page_of_a_unit_or_a_subject(client):
    item = released_story(title="Bài sẽ rút", tags=["thẻ riêng"])
    urls = [LAM_THAO_PAGE, "/chu-de/nhom/nong-dan/", f"/chu-de/the/{quote('thẻ riêng')}/"]
    assert all("Bài sẽ rút" in text(client.get(url)) for url in urls)

    ledger.withdraw(item)

    assert all("Bài sẽ rút" not in text(client.get(url)) for url in urls)
    assert client.get(urls[-1]).status_code == 404


def test_while_the_archive_is_away_the_page_says_so_and_is_not_kept(client, monkeypatch):
    released_story(title="Bài còn đó")

    def away(ask):
        raise EngineError("away")

    monkeypatch.setattr(for_website, "answered", away)
    answer = client.get(LAM_THAO_PAGE)
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert client.get(ledger.Item.objects.get(type="story").path).status_code == 200
    monkeypatch.undo()

    assert "Bài còn đó" in text(client.get(LAM_THAO_PAGE))


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(
    ("url", "queries"), [("/don-vi/", 5), (LAM_THAO_PAGE, 11), ("/chu-de/", 5)]
)
def test_these_pages_cost_the_same_queries_for_one_story_and_for_twenty(
    client, django_assert_num_queries, url, queries, count
):
    ledger.many(count)
    for engine in kept_engines():
        reader.catch_up(engine)
    for_website.under("", "", 1)

    # the head of the ledger, whether the archive is up to date (each time it is asked), then units
    # and what came after whom | the unit, before, after, stories, exemplars, pictures | vocabulary
    with django_assert_num_queries(queries):
        client.get(url)
    with django_assert_num_queries(1):
        client.get(url)


def test_one_release_makes_anew_exactly_the_pages_that_it_changes(client, monkeypatch):
    old = released_story(date="2026-09-10", tags=["chè"])
    person = released_exemplar(date="2026-09-10")
    elsewhere = released_story(
        date="2026-10-10", unit=VIET_TRI, group=None, contents=[], tags=["cá"]
    )
    shot = old.current.data["pictures"][0]["uuid"]
    changed = {
        "/": True,
        "/phu-nu-dat-to/": True,
        "/phu-nu-dat-to/?nam=2025": False,
        "/phu-nu-dat-to/so/2026-09/": False,
        "/phu-nu-dat-to/so/2026-10/": False,
        "/phu-nu-dat-to/so/2026-11/": True,
        "/dien-hinh/": False,
        old.path: False,
        elsewhere.path: False,
        person.path: False,
        f"/anh/{shot}/": False,
        "/don-vi/": True,
        LAM_THAO_PAGE: False,
        VIET_TRI_PAGE: True,
        "/chu-de/": True,
        "/chu-de/nhom/nong-dan/": False,
        f"/chu-de/the/{quote('chè')}/": False,
        f"/chu-de/the/{quote('cá')}/": True,
        "/gioi-thieu/": False,
        "/bao-chi/": False,
        "/sitemap.xml": True,
        "/sitemap-2025.xml": False,
        "/sitemap-2026.xml": True,
        "/sitemap-dien-hinh.xml": False,
    }
    released_story(date="2025-05-05", unit=VIET_TRI, group=None, contents=[], tags=["khác"])
    released_story(date="2026-11-02", unit=VIET_TRI, group=None, contents=[], tags=["khác"])
    for url in changed:
        assert client.get(url).status_code == 200, url
    made = []
    real = page_cache.render_to_string
    monkeypatch.setattr(
        page_cache, "render_to_string", lambda *given: made.append(1) or real(*given)
    )

    released_story(date="2026-11-20", unit=VIET_TRI, group=None, contents=[], tags=["cá"])

    found = {}
    for url in changed:
        made.clear()
        client.get(url)
        found[url] = bool(made)
    assert found == changed


def test_a_story_leads_to_those_most_like_it(client):
    words = payloads.story()["body"]
    story = released_story(title="Tổ chè Long Cốc", body=words, date="2026-01-01")
    for number in range(4):
        released_story(
            title=f"Chuyện lớp học {number}",
            lead="Lớp xóa mù.",
            body=[{"type": "paragraph", "html": "<p>Bảng đen phấn trắng.</p>"}],
            text="Bảng đen phấn trắng.",
            tags=["học"],
            date=f"2025-12-{number + 1:02}",
        )
    alike = released_story(title="Tổ chè Phú Long", body=words, date="2020-01-01")
    for engine in kept_engines():
        reader.catch_up(engine)

    page = text(client.get(story.path)).split('id="doc-tiep"')[1]

    assert alike.path in page
    assert page.count('<article class="card') == 3
