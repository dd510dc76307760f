"""Staff find pages, pictures and documents as readers find stories, and only what is theirs."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from wagtail.models import Page

from media.models import Picture
from search.engines import embedded
from search.models import DeskText, Synonym
from stories import factories

pytestmark = pytest.mark.django_db


def draft(people, title: str, unit: str = factories.LAM_THAO, **fields):
    words = {"lead": "Lời mở đầu.", "body": [("paragraph", "<p>Một ngày ở khu 5.</p>")]}
    return factories.story(people["editor"], unit, title=title, **words | fields)


def pages(q: str, **kwargs) -> list[str]:
    return [page.title for page in Page.objects.autocomplete(q, **kwargs)]


@pytest.mark.parametrize(
    "q",
    ["nón lá", "non la", "NON LA", "non l", "nón lá", "giu nghe non la", "nghề lan"],
)
def test_a_draft_is_found_the_way_people_type(people, q):
    draft(people, "Chị Lan giữ nghề nón lá")
    draft(people, "Chị Hoa trồng chè")

    assert pages(q) == ["Chị Lan giữ nghề nón lá"]


def test_words_of_the_body_and_of_the_newest_draft_find_it(people):
    body = [("paragraph", "<p>Chị ngồi bên khung nón.</p>")]
    page = draft(people, "Chị Lan giữ nghề nón lá", body=body)
    assert pages("khung non") == [page.title]

    page.lead = "Bà con gọi chị là vua lá cọ."
    page.save_revision(user=people["editor"])

    assert pages("vua la co") == [page.title]


def test_titles_come_before_texts(people):
    in_text = draft(people, "Chị Hoa trồng chè", lead="Chị học nghề nón lá từ mẹ.")
    in_title = draft(people, "Nghề nón lá hôm nay")
    draft(people, "Chị Mai nuôi ong")

    assert pages("nghe non la")[:1] == [in_title.title]
    assert in_text.title in pages("nghe non la")


def test_abbreviations_synonyms_and_slips_are_understood(people):
    draft(people, "Hợp tác xã nấm sạch")
    factories.publish(draft(people, "Hợp tác xã chè Đá Hen"), people)
    Synonym.objects.create(term="nấm rơm", meaning="nấm sạch")

    assert sorted(pages("htx")) == ["Hợp tác xã chè Đá Hen", "Hợp tác xã nấm sạch"]
    assert pages("htx nam rom") == ["Hợp tác xã nấm sạch"]
    from search import reader

    reader.catch_up(embedded())
    assert pages("hop tac xa hce da hen") == ["Hợp tác xã chè Đá Hen"]


def test_nothing_is_found_or_counted_beyond_what_one_may_see(client, people):
    mine = draft(people, "Chị Lan giữ nghề nón lá")
    theirs = draft(people, "Chị Thu bán nón lá", unit=factories.VIET_TRI)
    client.force_login(people["editor"])

    shown = client.get("/quan-tri/pages/search/?q=non+la").content.decode()

    assert mine.title in shown
    assert theirs.title not in shown
    client.force_login(people["board"])
    both = client.get("/quan-tri/pages/search/?q=non+la").content.decode()
    assert mine.title in both
    assert theirs.title in both


def test_pictures_are_found_too(people):
    factories.picture(title="Chợ nón làng Gia Thanh", seed=5)

    found = Picture.objects.all().search("cho non gia thanh")
    assert [picture.title for picture in found] == ["Chợ nón làng Gia Thanh"]


@pytest.mark.parametrize(
    "q", ["", "%", "_", "'", '"', "\\", "* OR 1=1", "—", "a" * 5000, "xã " * 900]
)
def test_a_bad_question_does_not_fail(people, q):
    draft(people, "Chị Lan giữ nghề nón lá")

    assert len(pages(q)) <= 1


def test_what_is_deleted_is_forgotten(people):
    page = draft(people, "Chị Lan giữ nghề nón lá")
    assert DeskText.objects.filter(object_id=page.pk, model="wagtailcore.page").exists()
    page.delete()

    assert not DeskText.objects.filter(words__contains=" non ").exists()


def test_the_index_is_made_anew_by_command(people):
    page = draft(people, "Chị Lan giữ nghề nón lá")
    DeskText.objects.all().delete()
    assert pages("non la") == []

    call_command("rebuild_modelsearch_index", verbosity=0)

    assert pages("non la") == [page.title]


def test_the_number_of_queries_stays(people, django_assert_max_num_queries):
    for number in range(12):
        draft(people, f"Chị Lan giữ nghề nón lá {number}")
    pages("non la")

    with django_assert_max_num_queries(4):
        assert len(pages("non la")) == 12
