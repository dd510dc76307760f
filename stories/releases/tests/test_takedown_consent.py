"""One person's no takes from the public at once what needs her yes, and nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.audit.services import verify
from accounts.notices.models import Notice
from media.models import PublicFile
from media.people import services
from stories import factories
from stories.moderation.services import NotReady
from stories.pages.models import StoryPage, Withdrawal
from stories.releases import ledger
from stories.releases.models import Item, Release, Takedown, TakedownStep
from stories.releases.services import withdraw
from stories.releases.takedown.carry_out import carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def woman(people):
    person = factories.person("Nguyễn Thị Lan")
    factories.consent(person, people["editor"])
    return person


@pytest.fixture
def other(people):
    person = factories.person("Trần Thị Hoa")
    factories.consent(person, people["editor"])
    return person


def take_back(person, people, **only) -> None:
    for consent in person.consents.filter(withdrawn_on=None, **only):
        services.withdraw_consent(consent=consent, user=people["editor"], how="phone")


def kinds() -> dict[str, str]:
    return {str(item.pk): item.kind for item in Item.objects.all()}


def now(page) -> tuple[str, str]:
    """Kind and reason of where the item stands."""
    item = Item.objects.select_related("current").get(pk=page.uuid)
    return item.kind, item.current.reason


def reload(page):
    return type(page).objects.get(pk=page.pk)


def test_her_profile_and_pictures_go_for_good_and_texts_for_now(people, woman, other) -> None:
    portrait = factories.picture(people=[woman])
    both = factories.picture(seed=1, people=[woman, other])
    hers = factories.picture(seed=2, people=[other])
    profile = factories.publish(
        factories.exemplar(people["editor"], person=woman, lead_picture=portrait), people
    )
    named = factories.publish(factories.story(people["editor"], named=[woman]), people)
    shown = factories.publish(
        factories.story(people["editor"], lead_picture=both, named=[other]), people
    )
    neither = factories.publish(
        factories.story(people["editor"], lead_picture=hers, named=[other]), people
    )
    take_back(woman, people)
    assert now(profile) == now(portrait) == now(both) == ("canceled", "consent")
    assert now(named) == now(shown) == ("withheld", "consent")
    assert now(neither) == now(hers) == ("usable", "")
    assert not reload(profile).live
    assert not reload(named).live
    assert not reload(shown).live
    assert reload(neither).live
    open_ = set(PublicFile.objects.values_list("picture", flat=True))
    assert open_ == {hers.uuid}
    takedown = Takedown.objects.get()
    assert (takedown.of, takedown.reason, takedown.by) == ("consent", "consent", "bientap.lamthao")
    assert {part.item_id for part in takedown.items.all()} == {
        one.uuid for one in (profile, portrait, both, named, shown)
    }
    at_once = takedown.steps.filter(kind__in=["page", "public_files"])
    assert {step.status for step in at_once} == {"done"}
    assert at_once.count() == 7
    assert verify().broken is None


def test_a_story_about_her_profile_goes_though_it_doesnt_name_her_itself(people, woman) -> None:
    profile = factories.publish(factories.exemplar(people["editor"], person=woman), people)
    story = factories.publish(factories.story(people["editor"], exemplars=[profile]), people)
    take_back(woman, people)
    assert now(story) == ("withheld", "consent")


def test_what_another_consent_covers_stays_and_says_less(people, woman) -> None:
    factories.consent(woman, people["editor"], purposes=["website"])
    picture = factories.picture(people=[woman])
    story = factories.publish(
        factories.story(people["editor"], named=[woman], lead_picture=picture), people
    )
    before = Item.objects.get(pk=story.uuid).current
    take_back(woman, people, for_newspaper=True)
    assert now(story) == now(picture) == ("correction", "")
    after = Item.objects.get(pk=story.uuid).current
    assert after.data["purposes"] == ["website"]
    assert (after.sha256, after.approval_id) == (before.sha256, before.approval_id)
    assert reload(story).live
    assert PublicFile.objects.filter(picture=picture.uuid).exists()


def test_without_a_portrait_her_pictures_go_and_texts_that_name_her_stay(people, woman) -> None:
    factories.consent(woman, people["editor"], scopes=["name", "story"])
    picture = factories.picture(people=[woman])
    named = factories.publish(factories.story(people["editor"], named=[woman]), people)
    shown = factories.publish(
        factories.story(people["editor"], named=[woman], lead_picture=picture), people
    )
    profile = factories.publish(factories.exemplar(people["editor"], person=woman), people)
    take_back(woman, people, covers_portrait=True)
    assert now(named) == now(profile) == ("usable", "")
    assert now(shown) == ("withheld", "consent")
    assert now(picture) == ("canceled", "consent")


def test_withdrawing_twice_changes_nothing(people, woman) -> None:
    factories.publish(factories.story(people["editor"], named=[woman]), people)
    take_back(woman, people)
    before = kinds(), Release.objects.count(), Takedown.objects.count()
    for consent in woman.consents.all():
        services.withdraw_consent(consent=consent, user=people["board"], how="letter")
    assert (kinds(), Release.objects.count(), Takedown.objects.count()) == before


def test_her_picture_is_never_usable_again_even_with_a_new_consent(people, woman) -> None:
    picture = factories.picture(people=[woman])
    factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    take_back(woman, people)
    factories.consent(woman, people["editor"])
    again = factories.story(people["editor"], lead_picture=picture)
    drawn = picture.renditions.count()
    with pytest.raises(ledger.Refused, match="không dùng lại được"), transaction.atomic():
        factories.publish(again, people)
    assert not Item.objects.public().filter(pk=picture.uuid).exists()
    assert picture.renditions.count() == drawn


def test_the_other_pictures_of_a_text_may_be_used_again(people, woman) -> None:
    landscape = factories.picture()
    shot = ("picture", {"picture": landscape, "caption": "", "credit": ""})
    body = [("paragraph", "<p>Sáng sớm ở khu 5.</p>"), shot]
    page = factories.publish(factories.story(people["editor"], named=[woman], body=body), people)
    take_back(woman, people)
    assert now(landscape) == ("withheld", "consent")
    fresh = factories.story(people["editor"], lead_picture=landscape)
    factories.publish(fresh, people)
    assert now(landscape) == ("usable", "")
    assert now(page) == ("withheld", "consent")


def both_in_body(people, woman, **fields) -> StoryPage:
    picture = factories.picture(people=[woman])
    landscape = factories.picture(seed=3)
    body = [
        ("paragraph", "<p>Sáng sớm ở khu 5.</p>"),
        ("picture", {"picture": picture, "caption": "", "credit": ""}),
        ("picture", {"picture": landscape, "caption": "", "credit": ""}),
    ]
    draft = factories.story(people["editor"], lead_picture=picture, body=body, **fields)
    return factories.publish(draft, people)


def test_a_corrected_draft_without_her_pictures_is_offered_once(people, woman) -> None:
    page = both_in_body(people, woman)
    revision = page.latest_revision_id
    take_back(woman, people)
    carry_out()
    carry_out(now=timezone.now() + timedelta(days=1))
    page = reload(page)
    draft = page.get_latest_revision_as_object()
    assert page.latest_revision_id != revision
    assert page.latest_revision.user is None
    assert draft.lead_picture is None
    assert [block.block_type for block in draft.body] == ["paragraph", "picture"]
    assert draft.correction_note == "Gỡ ảnh theo yêu cầu của người trong ảnh."
    assert not page.live
    notice = Notice.objects.get(user=people["editor"], subject__startswith="Mời sửa")
    assert "soạn sẵn một bản nháp" in notice.text
    assert notice.link == f"/quan-tri/pages/{page.pk}/edit/"
    assert {"who": "bientap.lamthao", "what": "offered"}.items() <= Takedown.objects.get().told[
        -1
    ].items()


def test_the_corrected_version_comes_back_under_its_id_by_the_usual_way(people, woman) -> None:
    page = both_in_body(people, woman)
    take_back(woman, people)
    carry_out()
    assert now(page) == ("withheld", "consent")
    page = factories.publish(reload(page), people)
    item = Item.objects.get(pk=page.uuid)
    assert (item.kind, item.version) == ("usable", 3)
    assert item.current.data["note"] == "Gỡ ảnh theo yêu cầu của người trong ảnh."
    assert len(item.current.data["pictures"]) == 1


def test_a_text_that_names_her_is_red_and_its_editors_are_told(people, woman) -> None:
    page = factories.publish(factories.story(people["editor"], named=[woman]), people)
    take_back(woman, people)
    carry_out()
    notice = Notice.objects.get(user=people["editor"], subject__startswith="Mời sửa")
    assert "Nguyễn Thị Lan" in notice.text
    assert "kết thúc" in notice.text
    with pytest.raises(NotReady):
        factories.publish(reload(page), people)
    page = reload(page)
    withdraw(page=page, withdrawal=Withdrawal.typed("consent", "Hết."), user=people["board"])
    assert now(page) == ("canceled", "consent")


def test_who_works_on_a_text_with_her_in_it_is_told(people, woman) -> None:
    page = factories.submit(factories.story(people["editor"], named=[woman]), people["editor"])
    factories.submit(factories.story(people["editor"], slug="khac"), people["editor"])
    take_back(woman, people)
    carry_out()
    (notice,) = Notice.objects.filter(subject__startswith="Có người rút lại")
    assert notice.user == people["editor"]
    assert notice.link == f"/quan-tri/pages/{page.pk}/edit/"
    assert TakedownStep.objects.unfinished().count() == 0


# What stays public forgets a profile's name


@pytest.mark.parametrize("code", ["error", "end", "consent"])
def test_stories_forget_a_withdrawn_profile(client, people, code) -> None:
    profile = factories.publish(factories.exemplar(people["editor"]), people)
    story = factories.publish(factories.story(people["editor"], exemplars=[profile]), people)
    before = Item.objects.get(pk=story.uuid).current
    assert before.data["exemplars"]
    reload(profile).withdraw(Withdrawal.typed(code, "Lý do."), people["board"])
    item = Item.objects.get(pk=story.uuid)
    after = item.current
    assert (item.kind, item.version) == ("correction", 2)
    assert ledger.bare(after.data) == ledger.bare(before.data) | {"exemplars": []}
    assert (after.sha256, after.approval_id) == (before.sha256, before.approval_id)
    assert reload(story).live
    assert "Nguyễn Thị Lan" not in client.get(f"/api/v1/stories/{story.uuid}/").text


def test_an_approval_is_used_again_for_less_of_the_same_and_nothing_else(people) -> None:
    profile = factories.publish(factories.exemplar(people["editor"]), people)
    kept = factories.publish(factories.exemplar(people["editor"], title="Hoa"), people)
    story = factories.publish(factories.story(people["editor"], exemplars=[profile, kept]), people)
    current = Item.objects.get(pk=story.uuid).current
    whole = ledger.bare(current.data)
    first, second = whole["exemplars"]

    def again(body, kind="correction", **changed):
        entry = {
            "item": Item.objects.get(pk=story.uuid),
            "kind": kind,
            "body": body,
            "sha256": current.sha256,
            "approval": current.approval,
            "note": "",
        }
        return ledger.append(**entry | changed)

    for body in (
        whole,  # nothing less
        whole | {"exemplars": []},  # both are public still
        whole | {"exemplars": [second]},
        whole | {"exemplars": [second, first]},
        whole | {"exemplars": [], "lead": "Khác."},
        whole | {"lead": "Khác."},
        whole | {"pictures": [], "purposes": [*whole["purposes"], "more"]},
    ):
        with pytest.raises(ledger.Refused, match="gửi duyệt lại"), transaction.atomic():
            again(body)
    reload(profile).withdraw(Withdrawal.typed("error", "Sai."), people["board"])
    with pytest.raises(ledger.Refused), transaction.atomic():
        again(whole)  # the name doesn't come back
    story = Item.objects.get(pk=story.uuid)
    assert [one["title"] for one in story.current.data["exemplars"]] == ["Hoa"]
