"""What is at an address of the site, what is like it, the menus: all from the ledger."""

from __future__ import annotations

import gzip
import json

import jsonschema
import pytest
from django.core.cache import caches

from search import for_website as archive
from search.engines.base import EngineError
from stories import factories
from stories.pages.models import Withdrawal
from stories.website import menus
from stories.website.tests import ledger, payloads

pytestmark = pytest.mark.django_db
PAGES, RELATED, MENUS = "/api/v1/pages/", "/api/v1/pages/related/", "/api/v1/menus/"


def page(client, path: str, status: int = 200) -> dict:
    answer = client.get(PAGES, {"path": path})
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def forget() -> None:
    for cache in caches.all(initialized_only=True):
        cache.clear()


def test_a_story_is_told_in_full_and_as_described(client) -> None:
    person = payloads.exemplar(awards=payloads.exemplar()["awards"])
    ledger.release(person)
    item = ledger.released_story(exemplars=[payloads.told(person)], kind="correction", note="Sửa.")
    told = page(client, item.path)
    assert (told["type"], told["uuid"]) == ("story", str(item.uuid))
    assert told["redirect_to"] is told["preview"] is None
    assert told["correction"] == "Sửa."
    assert [one["title"] for one in told["breadcrumbs"]] == ["Trang chủ", "Phụ nữ Đất Tổ"]
    assert [one["title"] for one in told["exemplars"]] == ["Nguyễn Thị Lan"]
    assert len(told["pictures"]) == 2
    assert told["lead_picture"] == told["pictures"][0]["uuid"]
    for shot in told["pictures"]:
        web, avif = ("w360", "w720", "w1200"), ("avif360", "avif720", "avif1200")
        assert {"thumb", *web, *avif, "jpeg720", "press"} == {
            one["name"] for one in shot["renditions"]
        }
        assert all(one["url"].startswith("http://testserver/") for one in shot["renditions"])
        assert shot["alt"] and shot["caption"]
    seo = told["seo"]
    assert seo["canonical"] == seo["open_graph"]["url"] == told["url"]
    assert "/chia-se/" in seo["open_graph"]["image"]["url"]
    assert seo["json_ld"]["@type"] == "NewsArticle"
    profile = page(client, person["href"])
    assert profile["awards"] == person["awards"]
    assert [one["uuid"] for one in profile["stories"]] == [str(item.uuid)]
    shot = page(client, f"/anh/{told['lead_picture']}/")
    assert (shot["type"], len(shot["pictures"]), len(shot["stories"])) == ("picture", 1, 1)
    description = client.get("/api/v1/openapi.json").json()
    answers = [(PAGES, one) for one in (told, profile, shot, page(client, "/"))]
    answers.append((MENUS, client.get(MENUS).json()))
    answers.append((RELATED, client.get(RELATED, {"path": item.path}).json()))
    for route, answer in answers:
        operation = description["paths"][route]["get"]["responses"]["200"]
        schema = operation["content"]["application/json"]["schema"]
        whole = schema | {"components": description["components"]}
        jsonschema.Draft202012Validator(whole).validate(answer)
        named = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        assert set(answer) == set(named["properties"])


def test_no_two_shapes_of_the_api_share_a_name() -> None:
    """Its description would show one in place of the other."""
    from ninja import Schema

    from config import api  # noqa: F401 (loads every room's)

    found: dict[str, set[str]] = {}
    waiting = [Schema]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if (
            one.__module__.startswith("stories.website.headless")
            or "press.schemas" in one.__module__
        ):
            found.setdefault(one.__name__, set()).add(one.__module__)
    assert len(found) > 20
    assert {name: where for name, where in found.items() if len(where) > 1} == {}


def test_the_body_comes_as_html_markdown_and_text_with_absolute_links(client) -> None:
    evil = (
        '<p>Xem <a href="/dien-hinh/lan/">hồ sơ</a> <a href="javascript:alert(1)">x</a> '
        "&lt;script&gt;1&lt;/script&gt; [a](http://x.vn) *sao*</p><script>alert(2)</script>"
    )
    blocks = [
        {"type": "paragraph", "html": evil},
        {"type": "heading", "text": "<b>Tít</b>"},
        {"type": "figures", "items": [{"value": "42", "label": "hội viên"}]},
        {"type": "quote", "text": "Nghề không phụ người.", "attribution": "Chị Lan"},
    ]
    item = ledger.released_story(body=blocks, text="Xem hồ sơ")
    body = page(client, item.path)["body"]
    assert '<a href="http://testserver/dien-hinh/lan/"' in body["html"]
    for form in ("html", "markdown"):
        assert "<script" not in body[form].replace("\\<", "")
        assert "javascript:" not in body[form]
    assert "<h2>&lt;b&gt;Tít&lt;/b&gt;</h2>" in body["html"]
    assert "[hồ sơ](http://testserver/dien-hinh/lan/)" in body["markdown"]
    assert r"\<script>" in body["markdown"]
    assert r"\[a\](http://x.vn) \*sao\*" in body["markdown"]
    assert "- **42** hội viên" in body["markdown"]
    assert "> Nghề không phụ người." in body["markdown"]
    assert body["text"] == "Xem hồ sơ"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "home"),
        ("/phu-nu-dat-to/", "column"),
        ("/dien-hinh/", "exemplars"),
        ("/luu-tru/?q=non", "archive"),
        ("http://testserver/bao-chi/", "press_room"),
        ("/don-vi/", "units"),
        ("/chu-de/", "subjects"),
        ("/gioi-thieu/", "about"),
    ],
)
def test_the_fixed_pages_are_there_with_an_empty_ledger(client, path, kind) -> None:
    told = page(client, path)
    assert told["type"] == kind
    assert told["title"]
    assert told["seo"]["description"]


def test_every_link_of_the_menus_leads_to_a_page(client) -> None:
    told = client.get("/api/v1/menus/").json()
    links = [link for part in (told["main"], *told["footer"]) for link in part["items"]]
    pages = {link["path"] for link in links if link["path"].endswith("/")}

    assert len(pages) == 8  # and the feed, which is no page
    for path in pages:
        assert page(client, path)["path"] == path


def test_a_renamed_story_keeps_its_address_on_the_site_and_in_the_api(client, people) -> None:
    """Printed, shared and pulled addresses hold: neither the title nor the slug moves one."""
    story = factories.publish(factories.story(people["editor"]), people)
    path = f"/phu-nu-dat-to/{story.slug}/"
    draft = story.get_latest_revision_as_object()
    draft.title, draft.slug, draft.correction_note = "Tên mới", "ten-moi", "Sửa tít."
    draft.save_revision(user=people["editor"])
    factories.publish(type(story).objects.get(pk=story.pk), people)
    assert page(client, path)["title"] == "Tên mới"
    assert page(client, path)["path"] == path
    assert "Tên mới" in client.get(path).content.decode()
    page(client, "/phu-nu-dat-to/ten-moi/", 404)


def test_an_address_that_is_written_otherwise_leads_to_its_own(client) -> None:
    item = ledger.released_story()
    for path in (item.path.upper(), item.path[:-1], f"/id/{item.uuid}", f"/id/{item.uuid}/"):
        told = page(client, path)
        assert told["redirect_to"] == told["path"] == item.path
    moved = client.get("/phu-nu-dat-to/" + item.path.split("/")[2].upper() + "/")
    assert (moved.status_code, moved.headers["Location"]) == (301, item.path)
    assert client.get("/phu-nu-dat-to/KHONG-CO/").status_code == 404
    assert page(client, "/LUU-TRU")["redirect_to"] == "/luu-tru/"


@pytest.mark.parametrize("kind", ["canceled", "withheld"])
def test_what_was_withdrawn_is_410_and_nothing_of_it_is_told(client, kind) -> None:
    item = ledger.released_story(title="Chuyện kín", tags=["kín"])
    other = ledger.released_story(tags=["kín"])
    assert page(client, item.path)["title"] == "Chuyện kín"
    assert "Chuyện kín" in client.get(RELATED, {"uuid": other.uuid}).content.decode()
    ledger.withdraw(item, release_kind=kind)
    for path in (item.path, item.path.upper(), f"/id/{item.uuid}/"):
        problem = page(client, path, 410)
        assert problem["type"].endswith("#withdrawn")
        assert set(problem) == {"type", "title", "status", "detail", "instance"}
        assert "kín" not in str(problem)
    gone = client.get(RELATED, {"uuid": item.uuid})
    assert (gone.status_code, "kín" in gone.content.decode()) == (410, False)
    assert "Chuyện kín" not in client.get(RELATED, {"uuid": other.uuid}).content.decode()


def test_a_picture_that_was_withdrawn_leaves_every_answer_at_once(client) -> None:
    item = ledger.released_story()
    ledger.released_story(tags=["làng nghề"])
    first, second = page(client, item.path)["pictures"]
    for shot in (first, second):
        ledger.withdraw(ledger.Item.objects.get(pk=shot["uuid"]))
    told = page(client, item.path)
    assert (told["pictures"], told["lead_picture"]) == ([], None)
    assert "/chia-se/" in told["seo"]["open_graph"]["image"]["url"]  # drawn anew without it
    assert first["uuid"] not in str(told)
    assert second["uuid"] not in str(told)


def test_a_draft_beside_a_public_version_is_nowhere(client, people) -> None:
    picture = factories.picture(title="Ảnh kín", caption="Ảnh kín")
    story = factories.publish(factories.story(people["editor"], tags=["nón"]), people)
    other = factories.publish(factories.story(people["editor"], tags=["nón"], slug="khac"), people)
    draft = story.get_latest_revision_as_object()
    draft.title = draft.lead = "Chuyện kín"
    draft.lead_picture = picture
    draft.save_revision(user=people["editor"])
    hidden = factories.story(people["editor"], title="Nháp kín", slug="nhap-kin", tags=["nón"])
    held = factories.publish(factories.story(people["editor"], title="Treo kín", slug="t"), people)
    held.withdraw(Withdrawal("withheld", "Xem lại, kín."), people["board"])
    for path in (f"/phu-nu-dat-to/{story.slug}/", "/phu-nu-dat-to/khac/", "/"):
        assert "kín" not in str(page(client, path))
    for uuid in (story.uuid, other.uuid):
        assert "kín" not in client.get(RELATED, {"uuid": uuid}).content.decode()
    page(client, f"/phu-nu-dat-to/{hidden.slug}/", 404)
    page(client, f"/id/{hidden.uuid}/", 404)
    assert client.get(RELATED, {"uuid": hidden.uuid}).status_code == 404


def test_related_is_what_the_archive_finds_and_the_ledger_when_it_is_away(
    client, monkeypatch
) -> None:
    person = payloads.exemplar()
    ledger.release(person)
    told = [payloads.told(person)]
    item = ledger.released_story(exemplars=told, tags=["chè"])
    same_person = ledger.released_story(exemplars=told, tags=[], date="2020-01-01")
    same_tag = ledger.released_story(tags=["chè"], unit={"code": "1", "name": "x", "level": "y"})
    stranger = ledger.released_story(tags=[], unit={"code": "2", "name": "x", "level": "y"})

    def uuids(**params) -> list[str]:
        forget()
        answer = client.get(RELATED, params)
        assert answer.status_code == 200
        return [one["uuid"] for one in answer.json()["items"]]

    def away(ask):
        raise EngineError("away")

    monkeypatch.setattr(archive, "answered", away)
    assert uuids(uuid=item.uuid) == [str(same_person.uuid), str(same_tag.uuid)]
    assert uuids(uuid=person["uuid"])[0] in {str(item.uuid), str(same_person.uuid)}
    monkeypatch.setattr(
        archive,
        "answered",
        lambda ask: [str(stranger.uuid), str(item.uuid), payloads.uuid.UUID(int=1).hex],
    )
    assert uuids(path=item.path) == [str(stranger.uuid)]
    assert uuids(path=item.path, limit=1) == [str(stranger.uuid)]


def test_what_is_kept_packed_is_packed_once(client) -> None:
    answer = client.get(MENUS, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content)) == client.get(MENUS).json()


def test_the_menus_are_those_of_every_page(client) -> None:
    told = client.get(MENUS).json()
    html = client.get("/").content.decode()
    links = [*told["main"]["items"], *(one for part in told["footer"] for one in part["items"])]
    assert len(links) == 15
    for link in links:
        assert f'href="{link["path"]}"' in html
        assert f">{link['title']}<" in html
        assert client.get(link["path"]).status_code == 200
    assert told["about"] in html
    assert {link.name for link in menus.MAIN.links} == {
        "home",
        "column",
        "exemplars",
        "units",
        "subjects",
        "archive",
        "press",
    }


@pytest.mark.parametrize(
    ("route", "params"),
    [
        (PAGES, {}),
        (PAGES, {"path": "phu-nu-dat-to"}),
        (PAGES, {"path": "//ke-khac.vn/"}),
        (PAGES, {"path": "https://ke-khac.vn/"}),
        (PAGES, {"path": "/\x00/"}),
        (PAGES, {"path": "/x" * 300}),
        (RELATED, {}),
        (RELATED, {"path": "/x/", "uuid": payloads.uuid.UUID(int=1)}),
        (RELATED, {"path": "/x/", "limit": "21"}),
        (RELATED, {"uuid": "x"}),
        (MENUS, {"path": "/"}),
    ],
)
def test_a_question_that_cannot_be_answered_is_400_and_names_the_parameter(
    client, route, params
) -> None:
    answer = client.get(route, params)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["message"]


def test_a_copy_is_304_until_what_it_shows_changes(client) -> None:
    item = ledger.released_story()
    first = client.get(PAGES, {"path": item.path})
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    held = {"If-None-Match": first.headers["ETag"]}
    again = client.get(PAGES, {"path": item.path}, headers=held)
    assert (again.status_code, again.content) == (304, b"")
    ledger.released_story()
    assert client.get(PAGES, {"path": item.path}, headers=held).status_code == 304
    ledger.withdraw(item)
    assert client.get(PAGES, {"path": item.path}, headers=held).status_code == 410


def test_any_origin_may_read_what_is_public_and_none_the_press_tier(client) -> None:
    item = ledger.released_story()
    there = f"{PAGES}?path={item.path}"
    routes = (there, f"{PAGES}?path=/x/", PAGES, MENUS, "/api/v1/stories/", "/api/v1/khong-co/")
    for route in routes:
        headers = client.get(route, headers={"Origin": "https://noi-khac.vn"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*", route
        assert "Access-Control-Allow-Credentials" not in headers
    for route in ("/api/v1/press/feed/", "/api/v1/press/khong-co/", "/api/v1/press/ap/feed"):
        headers = client.get(route, headers={"Origin": "https://noi-khac.vn"}).headers
        assert "Access-Control-Allow-Origin" not in headers, route


@pytest.mark.parametrize("count", [1, 20])
def test_queries_are_the_same_for_1_and_20(client, django_assert_num_queries, count) -> None:
    people = [payloads.exemplar() for _ in range(count)]
    for person in people:
        ledger.release(person)
    shots = [payloads.picture() for _ in range(count)]
    told = [payloads.told(person) for person in people]
    item = ledger.released_story(exemplars=told, pictures=shots, lead_picture=shots[0]["uuid"])
    for _ in range(count):
        ledger.released_story(exemplars=told)
    forget()
    # head of the ledger, the item, its exemplars, the pictures that are public
    with django_assert_num_queries(4):
        assert len(page(client, item.path)["exemplars"]) == count
    # the head
    with django_assert_num_queries(1):
        page(client, item.path)
    # head, item, who mentions the exemplar, these stories, pictures
    with django_assert_num_queries(5):
        assert page(client, people[0]["href"])["stories"]
    # head, item; the archive's offset and what it found; pictures
    client.get(RELATED, {"path": item.path, "limit": 20})
    forget()
    with django_assert_num_queries(5):
        found = client.get(RELATED, {"path": item.path, "limit": 20}).json()["items"]
    assert len(found) >= count
