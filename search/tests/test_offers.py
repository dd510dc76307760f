"""Completion and similar stories for readers: only what is public at this moment."""

from __future__ import annotations

import pytest

from search import reader, services
from search.engines import get_engine
from search.query import ArchiveQuery
from search.tests.test_ledger import tell, withdraw
from stories import factories

pytestmark = pytest.mark.django_db


def offered(q: str) -> list[tuple[str, str]]:
    return [(offer.kind, offer.label) for offer in services.complete(q)]


def stale(monkeypatch) -> None:
    """From now on the index learns nothing."""
    monkeypatch.setattr(reader, "catch_up", lambda *args, **kwargs: 0)


def rename(page, people, title: str):
    page = type(page).objects.get(pk=page.pk)
    page.title, page.correction_note = title, "Sửa tên."
    page.save_revision(user=people["editor"])
    return factories.publish(type(page).objects.get(pk=page.pk), people)


def test_titles_units_tags_and_people_are_offered_with_where_they_lead(people):
    exemplar = factories.publish(factories.exemplar(people["editor"]), people)
    story = tell(people, "Nghề nón lá Gia Thanh", tags=["nón lá"], exemplars=[exemplar])
    path = reader.Item.objects.get(pk=story.uuid).path

    assert services.complete("nghe non") == [services.Offer("title", story.title, path)]
    assert services.Offer("tag", "nón lá", "/luu-tru/?tag=n%C3%B3n+l%C3%A1") in services.complete(
        "non"
    )
    units = {offer.label: offer.url for offer in services.complete("lam thao")}
    assert units["Xã Lâm Thao"] == "/luu-tru/?unit=08494"
    assert "Huyện Lâm Thao (đến 6/2025)" in units
    name = exemplar.title.split()[-1]
    assert exemplar.title in {offer.label for offer in services.complete(name)}


def test_a_draft_is_never_offered(people):
    factories.story(people["editor"], title="Nón lá còn là bản nháp", tags=["bản nháp"])

    assert offered("non la") == []
    assert offered("ban nhap") == []


def test_nothing_of_a_withdrawn_story_is_offered_while_the_index_is_stale(people, monkeypatch):
    exemplar = factories.publish(factories.exemplar(people["editor"]), people)
    story = tell(people, "Nghề nón lá Gia Thanh", tags=["nón lá"], exemplars=[exemplar])
    assert offered("non la")
    stale(monkeypatch)

    withdraw(story, people)
    withdraw(exemplar, people)

    assert get_engine().complete("non la", 8)
    for q in ("non la", "nghe", "lam thao", exemplar.title):
        assert offered(q) == []


def test_a_stale_index_offers_the_present_title_or_nothing(people, monkeypatch):
    kept = tell(people, "Nghề nón lá Gia Thanh")
    gone = tell(people, "Nón lá của bà Bí Mật")
    services.complete("non la")
    stale(monkeypatch)

    rename(kept, people, "Chuyện nón lá Gia Thanh")
    rename(gone, people, "Một nghề của bà")

    assert offered("non la") == [("title", "Chuyện nón lá Gia Thanh")]


def test_as_many_queries_for_one_offer_as_for_many(people, django_assert_num_queries):
    def count() -> None:
        # The head of the ledger twice; items with their payloads; units.
        with django_assert_num_queries(4):
            services.complete("lam thao")

    tell(people, "Lâm Thao giữ nghề nón lá")
    services.complete("lam thao")
    count()
    for number in range(8):
        tell(people, f"Lâm Thao dệt {number}", tags=["Lâm Thao dệt"])
    services.complete("lam thao")
    count()


def test_similar_stories_are_public_and_told_as_they_are_now(people, monkeypatch):
    story = tell(people, "Nghề nón lá Gia Thanh", tags=["nón lá"])
    other = tell(people, "Khung nón lá của mẹ", tags=["nón lá"])
    gone = tell(people, "Nón lá lên sàn", tags=["nón lá"])
    assert {found.title for found in services.similar(str(story.uuid))} == {other.title, gone.title}
    stale(monkeypatch)

    withdraw(gone, people)
    rename(other, people, "Khung nón của mẹ")

    assert [found.title for found in services.similar(str(story.uuid))] == ["Khung nón của mẹ"]
    assert services.similar(str(gone.uuid)) is None


def test_two_queries_for_similar_stories(people, django_assert_num_queries):
    stories = [tell(people, f"Nghề nón lá {n}", tags=["nón lá"]) for n in range(4)]
    services.similar(str(stories[0].uuid))
    with django_assert_num_queries(2):
        assert len(services.similar(str(stories[0].uuid))) == 3


def test_the_api_completes(client, people):
    tell(people, "Nghề nón lá Gia Thanh", tags=["nón lá"])

    answer = client.get("/api/v1/search/complete/", {"q": "non la", "limit": "1"})

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=5"
    assert answer.json() == {
        "items": [
            {
                "kind": "tag",
                "label": "nón lá",
                "url": "http://testserver/luu-tru/?tag=n%C3%B3n+l%C3%A1",
            }
        ]
    }
    assert client.get("/api/v1/search/complete/").json() == {"items": []}


def test_the_api_tells_similar_stories(client, people):
    story = tell(people, "Nghề nón lá Gia Thanh", tags=["nón lá"])
    other = tell(people, "Khung nón lá của mẹ", tags=["nón lá"])

    answer = client.get(f"/api/v1/search/similar/{story.uuid}/")

    assert [item["uuid"] for item in answer.json()["items"]] == [str(other.uuid)]
    assert "max-age" in answer.headers["Cache-Control"]
    withdraw(story, people)
    assert client.get(f"/api/v1/search/similar/{story.uuid}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "search/complete/?x=1",
        "search/complete/?q=a&q=b",
        "search/complete/?limit=21",
        "search/similar/00000000-0000-4000-8000-000000000001/?q=a",
    ],
)
def test_the_api_refuses_what_it_does_not_know(client, query):
    answer = client.get(f"/api/v1/{query}")

    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("name", ["unit", "group", "content"])
def test_a_filter_that_does_not_exist_is_named(client, people, name):
    tell(people, "Nghề nón lá Gia Thanh")

    answer = client.get("/api/v1/search/", {name: "khong-co"})

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["field"], error["code"]) == (name, "unknown_value")
    page = client.get("/luu-tru/", {name: "khong-co"})
    assert page.status_code == 400
    assert "mang mã “khong-co”." in page.content.decode()
    assert "Bỏ các lựa chọn lọc" in page.content.decode()


def test_a_filter_under_which_nothing_is_found_is_no_mistake(client, people):
    tell(people, "Nghề nón lá Gia Thanh")

    assert client.get("/api/v1/search/", {"unit": factories.VIET_TRI}).json()["count"] == 0


def test_the_same_question_has_the_same_address_however_it_was_clicked_together():
    first, second = ("unit", "227"), ("unit", "08494")
    other = ("tag", "nón lá")
    one = two = ArchiveQuery(q="nón")
    for name, value in (first, other, second):
        one = one.toggled(name, value)
    for name, value in (second, first, other):
        two = two.toggled(name, value)

    assert one == two
    assert one.to_params() == two.to_params()
