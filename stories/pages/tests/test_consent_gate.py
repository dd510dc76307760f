"""Nobody is approved for publication who hasn't agreed to it; the approver reads who, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from media.people import services
from stories import factories
from stories.moderation.models import Approval
from stories.moderation.services import NotReady
from stories.pages.checklist import AMBER, RED
from stories.pages.models import StoryPage

pytestmark = pytest.mark.django_db


def consent_problems(page) -> dict[str, object]:
    """Code without its number → the problem, of this rule alone."""
    kinds = [
        "people",
        "in_picture",
        "no_consent",
        "minor_consent",
        "press_consent",
        "consent_ends",
        "unknown",
    ]
    draft = page.get_latest_revision_as_object()
    found = {one.code.rsplit("-", 1)[0]: one for one in draft.publication_problems()}
    return {code: one for code, one in found.items() if code in kinds}


def lan(people, **consent):
    person = factories.person("Nguyễn Thị Lan")
    if consent.pop("signed", True):
        factories.consent(person, people["editor"], **consent)
    return person


def test_a_story_of_people_who_agreed_has_no_problem(people) -> None:
    person = lan(people)
    picture = factories.picture(people=[person])
    page = factories.story(people["editor"], lead_picture=picture, named=[person])
    assert consent_problems(page) == {}
    assert factories.publish(page, people).live


def test_who_is_named_without_a_consent_stops_the_approval(people) -> None:
    page = factories.story(people["editor"], named=[lan(people, signed=False)])
    problem = consent_problems(page)["no_consent"]
    assert problem.severity == RED
    assert "Nguyễn Thị Lan (được nêu trong bài)" in problem.message
    assert "họ tên, câu chuyện" in problem.message
    page = factories.act(factories.submit(page, people["editor"]), people["reviewer"])
    with pytest.raises(NotReady, match="Nguyễn Thị Lan"), transaction.atomic():
        factories.act(page, people["board"])
    assert not Approval.objects.exists()


def test_who_is_shown_without_a_consent_is_told_with_the_picture(people) -> None:
    picture = factories.picture(people=[lan(people, signed=False)], title="Bên khung nón")
    in_text = [("picture", {"picture": picture, "caption": "", "credit": ""})]
    for fields in ({"lead_picture": picture}, {"body": in_text}):
        problem = consent_problems(factories.story(people["editor"], **fields))["no_consent"]
        assert problem.severity == RED
        assert "trong ảnh “Bên khung nón”" in problem.message
        assert "hình ảnh" in problem.message


@pytest.mark.parametrize(
    ("where", "scopes", "lacking"),
    [
        ("shown", ["name", "story"], "hình ảnh"),
        ("named", ["portrait", "story"], "họ tên"),
        ("named", ["name", "portrait"], "câu chuyện"),
    ],
)
def test_a_consent_to_something_else_is_none(people, where, scopes, lacking) -> None:
    person = lan(people, scopes=scopes)
    fields = {"named": [person]}
    if where == "shown":
        fields = {"lead_picture": factories.picture(people=[person])}
    problem = consent_problems(factories.story(people["editor"], **fields))["no_consent"]
    assert problem.message.count(lacking) == 1


NOT_VALID = {
    "not for the website": {"purposes": ["newspaper", "radio_tv", "bulletin", "central"]},
    "over": {"valid_to": timezone.localdate() - timedelta(days=1)},
    "not begun": {"valid_from": timezone.localdate() + timedelta(days=1), "taken_on": None},
    "without its form": {"form": None},
}


@pytest.mark.parametrize("case", NOT_VALID)
def test_a_consent_that_is_not_valid_is_none(people, case) -> None:
    fields = dict(NOT_VALID[case])
    if "taken_on" in fields:
        fields["taken_on"] = timezone.localdate()
    page = factories.story(people["editor"], named=[lan(people, **fields)])
    assert list(consent_problems(page)) == ["no_consent"]


def test_a_withdrawn_consent_is_none(people) -> None:
    person = lan(people)
    page = factories.story(people["editor"], named=[person])
    services.withdraw_consent(consent=person.consents.get(), user=people["editor"], how="phone")
    assert list(consent_problems(page)) == ["no_consent"]


def test_a_minor_needs_her_guardians_yes(people) -> None:
    mother = factories.person("Trần Thị Mẹ", born=1985)
    child = factories.person("Cháu An", under_age=True, guardian=mother)
    page = factories.story(people["editor"], named=[child])
    problem = consent_problems(page)["minor_consent"]
    assert problem.severity == RED
    assert "người giám hộ" in problem.message
    factories.consent(child, people["editor"])
    assert consent_problems(page) == {}


def test_a_picture_says_who_is_in_it_or_that_nobody_is(people) -> None:
    picture = factories.picture(no_recognisable_person=False, title="Chợ sớm")
    page = factories.story(people["editor"], lead_picture=picture)
    problem = consent_problems(page)["in_picture"]
    assert (problem.severity, problem.field) == (RED, "lead_picture")
    assert "Chợ sớm" in problem.message
    assert problem.url == reverse("wagtailimages:edit", args=[picture.pk])
    picture.no_recognisable_person = True
    picture.save()
    assert consent_problems(page) == {}


def test_a_text_says_whom_it_names_or_that_it_names_nobody(people) -> None:
    page = factories.story(people["editor"], names_nobody=False)
    assert consent_problems(page)["people"].severity == RED


def test_an_exemplars_own_person_and_those_of_told_exemplars_are_asked(people) -> None:
    person = lan(people, signed=False)
    profile = factories.exemplar(people["editor"], person=person)
    assert list(consent_problems(profile)) == ["no_consent"]
    page = factories.story(people["editor"], exemplars=[profile], names_nobody=False)
    assert list(consent_problems(page)) == ["no_consent"]


@pytest.mark.parametrize(
    ("purposes", "told"),
    [
        (["website"], "báo in, báo điện tử; phát thanh, truyền hình"),
        (["website", "newspaper"], "phát thanh, truyền hình"),
        (["website", "radio_tv"], "báo in, báo điện tử"),
    ],
)
def test_a_consent_without_the_press_needs_a_tick(people, purposes, told) -> None:
    page = factories.story(people["editor"], named=[lan(people, purposes=purposes)])
    problem = consent_problems(page)["press_consent"]
    assert problem.severity == AMBER
    assert f"chưa đồng ý cho: {told}. Bài đăng" in problem.message
    assert factories.publish(page, people).live
    assert problem.code in Approval.objects.get().accepted


@pytest.mark.parametrize(("days", "asked"), [(60, True), (61, False), (0, True)])
def test_a_consent_that_ends_soon_needs_a_tick(people, days, asked) -> None:
    end = timezone.localdate() + timedelta(days=days)
    page = factories.story(people["editor"], named=[lan(people, valid_to=end)])
    found = consent_problems(page)
    assert ("consent_ends" in found) is asked
    if asked:
        assert found["consent_ends"].severity == AMBER
        assert end.strftime("%d/%m/%Y") in found["consent_ends"].message


def test_the_approver_reads_who_and_gets_to_her_page(client, people) -> None:
    person = lan(people, signed=False)
    page = factories.submit(factories.story(people["editor"], named=[person]), people["editor"])
    factories.act(page, people["reviewer"])
    client.force_login(people["board"])
    html = client.get(reverse("review_page", args=[page.pk])).content.decode()
    assert "Nguyễn Thị Lan (được nêu trong bài) chưa có sự đồng ý" in html
    assert f'href="{reverse("person", args=[person.pk])}"' in html
    assert "Mở phần của người này" in html


def test_a_change_of_people_voids_the_approval(people) -> None:
    one, other = lan(people), factories.person("Hoàng Thị Hoa")
    factories.consent(other, people["editor"])
    picture = factories.picture(people=[one])
    page = factories.story(people["editor"], lead_picture=picture, named=[one])
    before = page.content_sha256()
    services.set_depicted(picture=picture, people=[one, other])
    assert page.content_sha256() != before
    services.set_depicted(picture=picture, people=[one])
    assert page.content_sha256() == before
    draft = page.get_latest_revision_as_object()
    draft.named_people.add(type(draft.named_people.first())(person=other))
    assert draft.content_sha256() != before


def test_a_text_that_names_nobody_keeps_the_hash_that_it_always_had(people) -> None:
    """Stories approved and imported before consents were recorded stay as they are."""
    from stories.pages.content import content

    page = factories.story(people["editor"], lead_picture=factories.picture())
    data = content(page)
    assert "people" not in data
    assert "people" not in data["pictures"][0]
    assert StoryPage.objects.get().content_sha256() == page.content_sha256()


def test_a_changed_person_shows_on_the_review_screen(client, people) -> None:
    one, other = lan(people), factories.person("Hoàng Thị Hoa")
    factories.consent(other, people["editor"])
    page = factories.publish(factories.story(people["editor"], named=[one]), people)
    page.named_people.add(type(page.named_people.first())(person=other))
    page.correction_note = "Thêm người."
    page.save_revision(user=people["editor"])
    page = factories.submit(StoryPage.objects.get(), people["editor"])
    page = factories.act(page, people["reviewer"])
    client.force_login(people["board"])
    html = client.get(reverse("review_page", args=[page.pk])).content.decode()
    assert "Hoàng Thị Hoa</ins>" in html


def test_the_checklist_asks_no_more_for_twenty_pictures_than_for_one(
    people, django_assert_max_num_queries
) -> None:
    def page(count: int):
        blocks, named = [], []
        for number in range(count):
            person = factories.person(f"Người {count} {number}")
            if number % 2:
                factories.consent(person, people["editor"], purposes=["website"])
            shot = factories.picture(seed=number, people=[person], title=f"Ảnh {number}")
            blocks.append(("picture", {"picture": shot, "caption": "", "credit": ""}))
            named.append(person)
        made = factories.story(people["editor"], body=blocks, named=named, slug=f"bai-{count}")
        made.publication_problems()  # hashes the files once
        return made.get_latest_revision_as_object()

    def ask(draft) -> int:
        with django_assert_max_num_queries(40) as done:
            assert draft.publication_problems()
        return len(done)

    one, twenty = ask(page(1)), ask(page(20))
    assert one == twenty
