"""What the public sees."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import override_settings
from PIL import Image

from stories.pages.models import ColumnPage
from stories.website import presenters
from stories.website.tests import ledger, payloads
from stories.website.tests.ledger import LISTS, released_exemplar, released_story, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("stories.website.urls")]

OLD_TITLE = "Chị Lan giữ nghề nón lá"


@pytest.mark.parametrize("url", [*LISTS, "/bao-chi/"])
def test_every_fixed_page_answers_with_an_empty_ledger(client, url):
    response = client.get(url)

    assert response.status_code == 200
    assert '<html lang="vi">' in text(response)


def test_a_page_that_is_no_item_is_shared_with_the_sites_own_picture(client):
    for url in ("/", "/phu-nu-dat-to/", "/dien-hinh/", "/don-vi/", "/gioi-thieu/"):
        shared = re.search(r'property="og:image" content="([^"]+)"', text(client.get(url)))[1]
        assert shared.startswith(settings.PUBLIC_BASE_URL)
        name = shared.removeprefix(f"{settings.PUBLIC_BASE_URL}{settings.STATIC_URL}")
        assert Image.open(finders.find(name)).size == (1200, 630)


def test_home_leads_with_the_newest_story(client):
    released_story(title="Bài cũ", date="2026-11-01")
    released_story(title="Bài mới", date="2026-11-20")

    page = text(client.get("/"))

    assert page.index("Bài mới") < page.index("Bài cũ")


def test_of_one_day_the_story_released_last_comes_first(client):
    released_story(title="Sáng", first_released_at="2026-11-20T01:00:00Z")
    released_story(title="Chiều", first_released_at="2026-11-20T09:00:00Z")

    page = text(client.get("/phu-nu-dat-to/"))

    assert page.index("Chiều") < page.index("Sáng")


def test_the_column_holds_stories_only(client):
    released_story(title="Bài của chuyên mục")
    released_exemplar(title="Hồ sơ điển hình")

    page = text(client.get("/phu-nu-dat-to/"))

    assert "Bài của chuyên mục" in page
    assert "Hồ sơ điển hình" not in page


def test_the_introduction_of_the_column_is_what_editors_wrote(client):
    ColumnPage.objects.update(title="Chuyện Đất Tổ", intro="<p>Lời giới thiệu <b>mới</b>.</p>")

    page = text(client.get("/phu-nu-dat-to/"))

    assert "<h1>Chuyện Đất Tổ</h1>" in page
    assert "Lời giới thiệu <b>mới</b>." in page


def test_a_story_shows_all_of_its_parts(client):
    item = released_story()

    page = text(client.get(item.path))

    for part in (
        f"<h1>{OLD_TITLE}</h1>",
        "Ba mươi năm chằm nón",
        "<strong>tổ nón chị Lan</strong>",
        "<h2>Từ chiếc nón của mẹ</h2>",
        "Nghề không phụ người",
        "hội viên trong tổ liên kết",
        "Thứ Sáu, 20/11/2026",
        "Chị Lan hướng dẫn hội viên trẻ",
        "Ảnh: Thu Hà",
        "Xã Lâm Thao",
    ):
        assert part in page


def test_a_story_names_its_exemplars_and_an_exemplar_its_stories(client):
    person = payloads.exemplar(title="Trần Thị Mến")
    ledger.release(person)
    story = released_story(exemplars=[payloads.told(person)])

    assert f'href="{person["href"]}"' in text(client.get(story.path))
    assert f'href="{story.path}"' in text(client.get(person["href"]))


def test_headings_of_a_story_go_down_one_level_at_a_time(client):
    item = released_story()

    levels = [int(level) for level in re.findall(r"<h([1-6])", text(client.get(item.path)))]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_pictures_keep_their_place_and_load_late_but_for_the_first(client):
    item = released_story()

    page = text(client.get(item.path))
    images = re.findall(r"<img [^>]+>", page)

    offered = re.findall(r'<source type="image/(\w+)" srcset="([^"]+)"', page)
    assert [kind for kind, _files in offered] == ["avif", "webp"] * 2
    for kind, files in offered:
        assert re.findall(rf"\.{kind} (\d+)w", files) == ["360", "720", "1200"]
    assert len(images) == 2
    assert all(f'{name}="' in image for image in images for name in ("width", "height"))
    assert all('.jpeg720.jpg"' in image for image in images)
    assert 'loading="lazy"' not in images[0]
    assert 'loading="lazy"' in images[1]
    assert 'alt="Một phụ nữ trung niên' in images[0]


def page_without(client, *names):
    """Of a release whose pictures lack these renditions."""
    picture = payloads.picture()
    picture["renditions"] = [one for one in picture["renditions"] if one["name"] not in names]
    body = [{"type": "picture", "picture": picture["uuid"]}]
    item = released_story(pictures=[picture], lead_picture=picture["uuid"], body=body)
    return text(client.get(item.path))


def test_a_release_from_before_avif_shows_webp(client):
    page = page_without(client, *presenters.AVIF_RENDITIONS)

    assert re.findall(r'<source type="image/(\w+)"', page) == ["webp"]
    assert '.jpeg720.jpg"' in page and "avif" not in page


def test_a_release_from_before_the_jpeg_still_shows_its_pictures(client):
    page = page_without(client, "jpeg720", *presenters.AVIF_RENDITIONS)
    images = re.findall(r"<img [^>]+>", page)

    assert images and "<picture>" not in page
    assert all('.w720.webp" srcset="' in image and ' width="720"' in image for image in images)


def test_a_video_is_a_link_and_loads_nothing_from_elsewhere(client):
    item = released_story()

    page = text(client.get(item.path))

    assert 'href="https://www.youtube.com/watch?v=abc123"' in page
    assert "<iframe" not in page
    assert not re.findall(r'(?:src|srcset)="(?:https?:)?//', page)


def test_a_video_that_is_not_on_the_web_is_left_out(client):
    item = released_story(body=[{"type": "video", "url": "javascript:alert(1)", "title": "x"}])

    assert "javascript:" not in text(client.get(item.path))


def test_a_correction_says_what_was_corrected_and_when(client):
    item = released_story(
        kind="correction",
        note="Bản trước ghi nhầm tuổi của chị Lan.",
        released_at="2026-11-21T04:30:00Z",
    )

    page = text(client.get(item.path))

    assert "Đính chính" in page
    assert "Bản trước ghi nhầm tuổi của chị Lan." in page
    assert "11:30 ngày 21/11/2026" in page
    assert "Có đính chính" in text(client.get("/phu-nu-dat-to/"))


def test_an_item_is_found_by_its_id_for_good(client):
    item = released_story()

    for url in (f"/id/{item.uuid}", f"/id/{item.uuid}/"):
        response = client.get(url)
        assert (response.status_code, response["Location"]) == (302, item.path)


def test_a_story_tells_other_sites_what_it_is(client):
    item = released_story(title='Chị "Lan" & nghề <nón>')
    page = text(client.get(item.path))
    url = f"{settings.PUBLIC_BASE_URL}{item.path}"

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])

    assert data["@type"] == "NewsArticle"
    assert data["headline"] == 'Chị "Lan" & nghề <nón>'
    assert data["datePublished"] == "2026-11-20T03:00:00Z"
    assert data["image"]["url"].startswith(settings.PUBLIC_BASE_URL)
    assert data["image"]["url"].endswith(".jpg")
    assert f'<link rel="canonical" href="{url}">' in page
    assert f'<meta property="og:url" content="{url}">' in page
    assert 'type="application/atom+xml"' in page


@pytest.mark.parametrize(
    ("kind", "page_type", "about"),
    [
        ("individual", "ProfilePage", "Person"),
        ("collective", "ProfilePage", "Organization"),
        ("practice", "WebPage", "Thing"),
    ],
)
def test_an_exemplar_tells_search_engines_whom_it_is_about(client, kind, page_type, about):
    item = released_exemplar(exemplar_kind={"code": kind, "name": "Loại"})

    page = text(client.get(item.path))

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (data["@type"], data["mainEntity"]["@type"]) == (page_type, about)


def test_the_column_pages_through_everything_once_both_ways(client):
    for number in range(45):
        released_story(title=f"Bài số {number:02}.", date=f"2026-10-{number % 28 + 1:02}")
    seen: list[list[str]] = []
    url = "/phu-nu-dat-to/"
    while url:
        page = text(client.get(url))
        seen.append(list(dict.fromkeys(re.findall(r"Bài số \d\d\.", page))))
        link = re.search(r'rel="next" href="([^"]+)">Bài cũ hơn', page.replace("\n", ""))
        last, url = page, link[1].replace("&amp;", "&") if link else ""

    assert [len(titles) for titles in seen] == [20, 20, 5]
    assert len({title for titles in seen for title in titles}) == 45
    back = re.search(r'rel="prev" href="([^"]+)"><span', last)[1].replace("&amp;", "&")
    page = text(client.get(back))
    assert list(dict.fromkeys(re.findall(r"Bài số \d\d\.", page))) == seen[1]


def test_the_column_can_be_read_by_year(client):
    released_story(title="Chuyện năm ngoái", date="2025-12-31")
    released_story(title="Chuyện năm nay", date="2026-01-01")

    page = text(client.get("/phu-nu-dat-to/?nam=2025"))

    assert "Chuyện năm ngoái" in page
    assert "Chuyện năm nay" not in page
    assert client.get("/phu-nu-dat-to/?nam=2024").status_code == 404


def test_exemplars_are_chosen_by_kind_and_group(client):
    released_exemplar(title="Chị Mến")
    released_exemplar(
        title="Tổ xe ôm", exemplar_kind=payloads.kind("collective"), lead='"group":{"code":"x",'
    )
    released_exemplar(title="Chị Hoa", group={"code": "can-bo-hoi", "name": "Cán bộ Hội các cấp"})

    def shown(query: str) -> set[str]:
        page = text(client.get(f"/dien-hinh/?{query}"))
        return {name for name in ("Chị Mến", "Tổ xe ôm", "Chị Hoa") if name in page}

    assert shown("kind=collective") == {"Tổ xe ôm"}
    assert shown("kind=individual") == {"Chị Mến", "Chị Hoa"}
    assert shown("group=can-bo-hoi&kind=individual") == {"Chị Hoa"}
    assert client.get("/dien-hinh/?group=x").status_code == 404
    assert shown("kind=khong-co") == {"Chị Mến", "Tổ xe ôm", "Chị Hoa"}


def test_search_engines_are_led_to_public_pages_only(client):
    story, person = released_story(date="2025-05-19"), released_exemplar()
    released_story(date="2023-05-19")
    gone = released_story(date="2025-05-20")
    ledger.withdraw(gone)

    robots = client.get("/robots.txt").content.decode()
    maps = re.findall(r"<loc>[^<]+?(/sitemap-[^<]+)</loc>", text(client.get("/sitemap.xml")))
    found = "".join(text(client.get(url)) for url in maps)

    assert f"Sitemap: {settings.PUBLIC_BASE_URL}/sitemap.xml" in robots
    assert "/sitemap-2025.xml" in maps
    assert "/sitemap-2024.xml" not in maps  # between two years with stories, without any
    assert f"<loc>{settings.PUBLIC_BASE_URL}{story.path}</loc>" in found
    assert person.path in found
    assert gone.path not in found


def test_a_server_error_page_needs_nothing_to_be_shown():
    with override_settings(STORAGES={}):
        assert "xin lỗi" in render_to_string("500.html").lower()


def test_a_story_keeps_its_address_when_it_gets_another_title(client):
    """So nothing has to lead from an old address to a new one: shared links hold for good."""
    payload = payloads.story(title="Tít đầu")
    item = ledger.release(payload)

    ledger.append(item, payload | {"kind": "correction", "title": "Tít khác hẳn"})

    page = text(client.get(item.path))
    assert "<h1>Tít khác hẳn</h1>" in page
    assert f'<link rel="canonical" href="{settings.PUBLIC_BASE_URL}{item.path}">' in page
    assert client.get(item.path.rstrip("/"))["Location"] == item.path
