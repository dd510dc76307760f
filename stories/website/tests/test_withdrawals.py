"""What the public must never see, or never see again."""

from __future__ import annotations

import uuid

import pytest
from django.core.cache import cache

from stories import factories
from stories.website.tests import ledger, payloads
from stories.website.tests.ledger import LISTS, released_story, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("release_kind", ["canceled", "withheld"])
@pytest.mark.parametrize("make", [payloads.story, payloads.exemplar])
def test_what_was_taken_down_answers_410_and_nothing_of_it_is_left(client, make, release_kind):
    payload = make(title="Tên cũ của bài", lead="Lời cũ của bài")
    item = ledger.release(payload)
    shot = payload["pictures"][0]["uuid"]
    urls = [*LISTS, item.path, f"/id/{item.uuid}"]
    for url in urls:
        client.get(url)  # so that every page is stored with the old text

    ledger.withdraw(item, release_kind=release_kind)

    for url in urls:
        response = client.get(url)
        assert response.status_code == (200 if url in LISTS else 410)
        for word in ("Tên cũ của bài", "Lời cũ của bài", "rút lại sự đồng ý", shot):
            assert word not in text(response)


def test_a_page_that_was_taken_down_asks_not_to_be_indexed(client):
    item = released_story()
    ledger.withdraw(item)

    response = client.get(item.path)

    assert "thu hồi" in text(response)
    assert response["X-Robots-Tag"] == "noindex, noarchive"
    assert "canonical" not in text(response)


def test_what_was_held_back_comes_back_when_released_again(client):
    payload = payloads.story()
    item = ledger.release(payload)
    ledger.withdraw(item, release_kind="withheld")
    assert client.get(item.path).status_code == 410

    ledger.release(payload)

    assert client.get(item.path).status_code == 200


def test_a_picture_withdrawn_alone_leaves_every_page(client):
    payload = payloads.story()
    story = ledger.release(payload)
    shot = payload["pictures"][0]
    urls = ["/", "/phu-nu-dat-to/", story.path]
    for url in urls:
        assert shot["uuid"] in text(client.get(url))

    ledger.withdraw(ledger.Item.objects.get(uuid=shot["uuid"]))

    for url in urls:
        assert shot["uuid"] not in text(client.get(url))
    assert client.get(f"/anh/{shot['uuid']}/").status_code == 410


def test_an_exemplar_withdrawn_alone_leaves_the_stories_about_her(client):
    person = payloads.exemplar(title="Trần Thị Mến")
    item = ledger.release(person)
    story = released_story(exemplars=[payloads.told(person)])
    assert "Trần Thị Mến" in text(client.get(story.path))

    ledger.withdraw(item)

    assert "Trần Thị Mến" not in text(client.get(story.path))


def test_a_story_withdrawn_leaves_the_page_of_the_next_story(client):
    old = released_story(title="Bài sẽ gỡ", date="2026-11-01")
    new = released_story(date="2026-11-20")
    assert "Bài sẽ gỡ" in text(client.get(new.path))

    ledger.withdraw(old)

    assert "Bài sẽ gỡ" not in text(client.get(new.path))


def test_a_later_story_about_an_exemplar_appears_on_her_page(client):
    person = payloads.exemplar()
    item = ledger.release(person)
    assert "Bài viết về điển hình này" not in text(client.get(item.path))

    released_story(title="Bài mới về chị", exemplars=[payloads.told(person)])

    assert "Bài mới về chị" in text(client.get(item.path))


@pytest.mark.parametrize(
    "url",
    [
        "/phu-nu-dat-to/khong-co/",
        "/dien-hinh/khong-co/",
        f"/id/{uuid.UUID(int=7)}",
        f"/anh/{uuid.UUID(int=7)}/",
        "/khong-co/",
        f"/phu-nu-dat-to/?truoc={uuid.UUID(int=7)}",
        "/phu-nu-dat-to/?truoc=x",
    ],
)
def test_what_never_was_answers_404_with_a_way_to_search(client, url):
    response = client.get(url)

    assert response.status_code == 404
    assert 'action="/luu-tru/"' in text(response)


@pytest.mark.parametrize("make", [payloads.story, payloads.exemplar])
def test_hostile_texts_stay_texts(client, make):
    evil = '</script><script>alert("x")</script><img src=x onerror=alert(1)>'
    payload = make(
        title=evil,
        lead=evil,
        byline=evil,
        note=evil,
        kind="correction",
        tags=[evil],
        unit={"code": evil, "name": evil, "level": "commune"},
        pictures=[payloads.picture(caption=evil, credit=evil, alt=f'" onload="x{evil}')],
        body=[
            {"type": "heading", "text": evil},
            {"type": "quote", "text": evil, "attribution": evil},
            {"type": "figures", "items": [{"value": evil, "label": evil}]},
            {"type": "video", "url": f'https://x.vn/"{evil}', "title": evil},
        ],
    )
    payload["lead_picture"] = payload["pictures"][0]["uuid"]
    item = ledger.release(payload)

    for url in (*LISTS, item.path):
        page = text(client.get(url))
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert '" onload="' not in page


def test_nothing_about_a_visitor_gets_into_a_page(client, admin_user):
    item = released_story()
    before = client.get(item.path)
    cache.clear()

    client.force_login(admin_user)
    after = client.get(item.path)

    assert before.content == after.content
    assert "Cookie" not in after["Vary"]
    assert not after.cookies


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_public_site_is_for_reading_only(client, method):
    assert getattr(client, method)("/phu-nu-dat-to/").status_code == 405


def test_a_draft_is_public_nowhere_until_the_board_approves_it(client, people):
    page = factories.story(people["editor"], title="Bài đang viết", lead="Sa-pô đang viết")
    path = f"/phu-nu-dat-to/{page.slug}/"

    def seen() -> bool:
        urls = ["/", "/phu-nu-dat-to/", path, f"/id/{page.uuid}", "/sitemap-2026.xml"]
        pages = [client.get(url, follow=True) for url in urls]
        found = [word in text(one) for one in pages for word in ("Bài đang viết", page.slug)]
        assert client.get(path).status_code == (200 if any(found) else 404)
        return any(found)

    assert not seen()
    page = factories.submit(page, people["editor"])
    assert not seen()
    page = factories.act(page, people["reviewer"])
    assert not seen()
    page = factories.act(page, people["board"])
    assert seen()

    page.title = "Bản nháp lần hai"
    page.save_revision(user=people["editor"])

    assert "Bản nháp lần hai" not in text(client.get(path))
    assert "Bản nháp lần hai" not in text(client.get("/"))
