"""What the archive is taught in the admin holds for the next question."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from search import curation, services
from search.models import Promotion, Synonym
from search.query import ArchiveQuery
from search.understanding.thesaurus import ABBREVIATIONS, STANDARD, Thesaurus, longer, other
from stories import factories
from stories.pages.models import Withdrawal

pytestmark = pytest.mark.django_db


def tell(people, title: str, **fields):
    return factories.publish(factories.story(people["editor"], title=title, **fields), people)


def titles(q: str, **query) -> list[str]:
    return [item.title for item in services.search(ArchiveQuery(q=q, **query)).items]


def test_an_installation_starts_with_the_unions_abbreviations():
    assert Synonym.objects.count() == len(ABBREVIATIONS)
    assert curation.current().thesaurus == STANDARD


def test_a_synonym_works_at_once_and_ends_at_once(people):
    tell(people, "Chị Mai nuôi lợn sạch")
    assert titles("heo") == []

    rule = Synonym.objects.create(term="heo", meaning="lợn")
    assert titles("HEO") == ["Chị Mai nuôi lợn sạch"]
    assert titles("nuôi lợn") == ["Chị Mai nuôi lợn sạch"]

    rule.delete()
    assert curation.current().thesaurus == STANDARD


def test_a_synonym_may_hold_one_way_only(people):
    tell(people, "Mô hình nhà sạch vườn đẹp")
    Synonym.objects.create(term="vệ sinh", meaning="nhà sạch vườn đẹp", both_ways=False)

    assert titles("ve sinh") == ["Mô hình nhà sạch vườn đẹp"]
    assert STANDARD.at(["nha", "sach", "vuon", "dep"], 0, longer) is None


def test_several_meanings_are_all_looked_for():
    rules = Thesaurus.of([("TH", "tiểu học", True), ("TH", "tình huống", True)])

    assert rules.at(["truong", "th"], 1, longer) == (1, ("tieu", "hoc"))
    assert rules.at(["truong", "th"], 1, other) == (1, ("tinh", "huong"))


@pytest.mark.parametrize(
    ("term", "meaning", "field"),
    [
        ("!!!", "hợp tác xã", "term"),
        ("htx", "—", "meaning"),
        ("HTX", "Hợp tác xã", "meaning"),  # there already
        ("hoà", "hòa", "meaning"),
        ("một hai ba bốn năm sáu bảy tám chín", "x", "term"),
    ],
)
def test_a_rule_that_says_nothing_is_refused_kindly(term, meaning, field):
    with pytest.raises(ValidationError) as refused:
        Synonym(term=term, meaning=meaning).full_clean()

    assert field in refused.value.message_dict


def test_a_promoted_story_comes_first_while_it_is_public(people):
    other_story = tell(people, "Ngày 20/10 ở Việt Trì: 20/10 rộn ràng")
    story = tell(people, "Chị Lan giữ nghề nón lá")
    Promotion.objects.create(asked="20/10", page=story)

    page = services.search(ArchiveQuery(q=" 20/10 "))
    assert [item.title for item in page.items] == [story.title, other_story.title]
    assert [item.promoted for item in page.items] == [True, False]
    assert titles("20/10", kind=("model",)) == []
    assert titles("20/10", sort="newest") == [other_story.title]
    assert page.count == 2

    type(story).objects.get(pk=story.pk).withdraw(
        Withdrawal("canceled", "Rút lại đồng ý."), people["board"]
    )
    assert titles("20/10") == [other_story.title]


def test_a_promoted_story_is_not_shown_twice(people):
    stories = [tell(people, f"Chị Lan giữ nghề nón lá {n}") for n in range(3)]
    Promotion.objects.create(asked="non la", page=stories[0])

    first = services.search(ArchiveQuery(q="nón lá", limit=1))
    second = services.search(ArchiveQuery(q="nón lá", limit=5, cursor=first.next))

    shown = [item.uuid for item in (*first.items, *second.items)]
    assert sorted(shown) == sorted(str(story.uuid) for story in stories)


def test_only_stories_and_exemplars_are_promoted(people):
    from wagtail.models import Page

    with pytest.raises(ValidationError) as refused:
        Promotion(asked="20/10", page=Page.objects.get(depth=1)).full_clean()

    assert "page" in refused.value.message_dict


def test_what_readers_cannot_see_is_not_promoted(people):
    draft = factories.story(people["editor"])

    with pytest.raises(ValidationError) as refused:
        Promotion(asked="20/10", page=draft).full_clean()

    assert "chưa đăng hoặc đã gỡ" in str(refused.value)
    Promotion(asked="20/10", page=tell(people, "Chị Lan giữ nghề nón lá")).full_clean()


@pytest.mark.parametrize(("who", "status"), [("board", 200), ("reviewer", 302), ("editor", 302)])
@pytest.mark.parametrize(
    "path", ["search_synonyms/", "search_promotions/", "reports/tim-kiem/", "search_synonyms/new/"]
)
def test_who_teaches_the_archive(client, people, who, status, path):
    client.force_login(people[who])

    assert client.get(f"/quan-tri/{path}").status_code == status


@pytest.mark.parametrize(("path", "field"), [("synonyms", "term"), ("promotions", "asked")])
def test_the_report_leads_to_a_form_that_is_begun(client, people, path, field):
    client.force_login(people["board"])
    shown = client.get(f"/quan-tri/search_{path}/new/?{field}=khong+thay").content.decode()

    assert 'value="khong thay"' in shown


def test_a_synonym_is_added_in_the_admin(client, people):
    client.force_login(people["board"])
    answer = client.post(
        "/quan-tri/search_synonyms/new/", {"term": "bắp", "meaning": "ngô", "both_ways": "on"}
    )

    assert answer.status_code == 302
    assert Synonym.objects.get(term="bắp").rule == "bap=ngo"
