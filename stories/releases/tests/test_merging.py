"""Two records of one person become one: nothing of her consents is lost, and her no holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.audit.services import verify
from media.models import Consent, Depiction, Person
from media.people import merging, permissions, services
from media.people.selectors import standings
from stories import factories
from stories.pages.models import StoryPage
from stories.releases.models import Item, Takedown
from stories.releases.takedown import unagreed

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(people):
    return factories.person("Nguyễn Thị Lan")


@pytest.fixture
def gone(people):
    return factories.person("Nguyễn T. Lan", born=1980, phone="0912 345 678")


def merge(kept, gone, people) -> Person:
    return merging.merge(kept=kept, gone=gone, user=people["editor"])


def kind(thing) -> str:
    return Item.objects.get(pk=thing.uuid).kind


def take_back(person, people) -> None:
    for consent in person.consents.filter(withdrawn_on=None):
        services.withdraw_consent(consent=consent, user=people["editor"], how="letter")


def published(people, person, **fields) -> tuple:
    """A public picture of the person, and the public story that names her and shows it."""
    picture = factories.picture(people=[person])
    draft = factories.story(people["editor"], named=[person], lead_picture=picture, **fields)
    return picture, factories.publish(draft, people)


def test_consents_forms_and_wards_become_hers(client, people, kept, gone) -> None:
    consent = factories.consent(gone, people["editor"])
    printed = services.prepare_consent(person=gone)
    child = factories.person("Cháu An", under_age=True, guardian=gone)
    given = factories.consent(child, people["editor"])
    before = Consent.objects.filter(pk=consent.pk).values().get()
    merge(kept, gone, people)
    after = Consent.objects.filter(pk=consent.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"person_id", "giver_id"}
    assert Consent.objects.get(code=printed.code).person == kept
    child.refresh_from_db()
    given.refresh_from_db()
    assert child.guardian == given.giver == kept
    assert Consent.objects.valid(timezone.localdate()).count() == 2
    kept.refresh_from_db()
    assert (kept.born, kept.phone) == (1980, "0912 345 678")
    gone.refresh_from_db()
    assert (gone.merged_into, gone.phone) == (kept, "")
    client.force_login(people["editor"])
    page = reverse("person", args=[kept.pk])
    for code in (consent.code, printed.code):
        assert client.get(reverse("consent_by_code", args=[code]))["Location"] == page
        assert kept.name in client.get(reverse("people"), {"q": code}).content.decode()
    assert client.get(reverse("person", args=[gone.pk]))["Location"] == page
    assert gone.name not in client.get(reverse("people")).content.decode()
    entry = AuditEntry.objects.filter(action="person_merged").get()
    assert entry.target == f"person:{kept.uuid}"
    assert entry.details == {
        "merged": str(gone.uuid),
        "consents": [consent.code, printed.code],
        "wards": 1,
    }
    assert verify().broken is None


def test_pictures_and_texts_count_as_hers_and_stay_approved(client, people, kept, gone) -> None:
    factories.consent(gone, people["editor"])
    picture, story = published(people, gone)
    waiting = factories.submit(
        factories.story(people["editor"], named=[gone], slug="cho"), people["editor"]
    )
    waiting = factories.act(waiting, people["reviewer"])
    sha256 = story.content_sha256()
    merge(kept, gone, people)
    story = StoryPage.objects.get(pk=story.pk)
    assert story.content_sha256() == sha256
    assert (kind(story), kind(picture)) == ("usable", "usable")
    assert not unagreed.rows()
    factories.act(waiting, people["board"])
    assert kind(waiting) == "usable"
    client.force_login(people["editor"])
    page = client.get(reverse("person", args=[kept.pk]))
    assert [one.pk for one in page.context["pictures"]] == [picture.pk]
    assert {one.pk for one in page.context["pages"]} == {story.pk, waiting.pk}
    assert set(standings([gone.uuid])) == {str(gone.uuid)}
    assert standings([gone.uuid])[str(gone.uuid)].person == kept
    take_back(kept, people)
    assert (kind(story), kind(waiting), kind(picture)) == ("withheld", "withheld", "canceled")


@pytest.mark.parametrize("no_is_on", ["kept", "gone"])
def test_a_no_on_one_record_takes_back_the_earlier_yes_on_the_other(
    people, kept, gone, no_is_on
) -> None:
    no, yes = (kept, gone) if no_is_on == "kept" else (gone, kept)
    agreed = factories.consent(yes, people["editor"])
    picture, story = published(people, yes)
    factories.consent(no, people["editor"])
    take_back(no, people)
    assert kind(story) == "usable"
    merge(kept, gone, people)
    agreed.refresh_from_db()
    assert agreed.withdrawn_on == timezone.localdate()
    assert agreed.withdrawn_how == "letter"
    assert (kind(story), kind(picture)) == ("withheld", "canceled")
    assert not unagreed.rows()
    assert Takedown.objects.latest("pk").target in {one.code for one in kept.consents.all()}


def test_a_yes_signed_after_the_no_stays(people, kept, gone) -> None:
    old = factories.consent(kept, people["editor"])
    when = timezone.localdate() - timedelta(days=30)
    services.withdraw_consent(consent=old, user=people["editor"], how="phone", when=when)
    fresh = factories.consent(gone, people["editor"], taken_on=timezone.localdate())
    picture, story = published(people, gone)
    merge(kept, gone, people)
    fresh.refresh_from_db()
    assert fresh.withdrawn_on is None
    assert (kind(story), kind(picture)) == ("usable", "usable")


@pytest.mark.parametrize("no_is_on", ["kept", "gone"])
def test_what_nobody_had_asked_for_goes_when_she_said_no(people, kept, gone, no_is_on) -> None:
    no, silent = (kept, gone) if no_is_on == "kept" else (gone, kept)
    picture = factories.picture()
    story = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    services.set_depicted(picture=picture, people=[silent])
    factories.consent(no, people["editor"])
    take_back(no, people)
    assert (kind(story), kind(picture)) == ("usable", "usable")
    merge(kept, gone, people)
    assert (kind(story), kind(picture)) == ("withheld", "canceled")


def test_merging_again_leads_to_the_last_one(people, kept, gone) -> None:
    third = factories.person("Lan Nguyễn")
    factories.consent(gone, people["editor"])
    _picture, story = published(people, gone)
    merge(kept, gone, people)
    merge(third, kept, people)
    gone.refresh_from_db()
    assert gone.merged_into == third
    assert not unagreed.rows()
    take_back(third, people)
    assert kind(story) == "withheld"


def test_being_tagged_by_the_old_record_is_answered_for_the_person(people, kept, gone) -> None:
    factories.consent(kept, people["editor"])
    take_back(kept, people)
    merge(kept, gone, people)
    gone.refresh_from_db()
    picture = factories.picture()
    factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    Depiction.objects.create(picture=picture, person=gone)
    assert kind(picture) == "canceled"


@pytest.mark.parametrize(
    "case", ["itself", "birth years", "guardians", "guardian of the other", "merged before"]
)
def test_what_cant_be_one_person_is_refused_with_the_reason(people, kept, gone, case) -> None:
    words = {
        "itself": "bản ghi khác",
        "birth years": "Năm sinh",
        "guardians": "Người giám hộ ở hai bản ghi",
        "guardian of the other": "là hai người",
        "merged before": "gộp trước đó",
    }[case]
    if case == "itself":
        gone = kept
    elif case == "birth years":
        Person.objects.filter(pk=kept.pk).update(born=1981)
    elif case == "guardians":
        for one in (kept, gone):
            Person.objects.filter(pk=one.pk).update(guardian=factories.person(f"Mẹ {one.pk}"))
    elif case == "guardian of the other":
        Person.objects.filter(pk=gone.pk).update(guardian=kept)
    else:
        merge(factories.person("Khác"), gone, people)
    with pytest.raises(ValidationError, match=words), transaction.atomic():
        merge(kept, gone, people)


def test_a_child_on_one_record_is_a_child(people, kept, gone) -> None:
    factories.consent(kept, people["editor"])
    _picture, story = published(people, kept)
    Person.objects.filter(pk=gone.pk).update(born=None, under_age=True)
    gone.refresh_from_db()
    merge(kept, gone, people)
    kept.refresh_from_db()
    assert kept.is_minor()
    assert story.uuid in {row.item.pk for row in unagreed.rows()}  # her own yes isn't enough


# The screens


def test_the_screen_shows_both_and_merges(client, people, kept, gone) -> None:
    factories.consent(kept, people["editor"])
    _picture, _story = published(people, kept)
    no = factories.consent(gone, people["editor"])
    take_back(gone, people)
    client.force_login(people["editor"])
    url = reverse("person_merge", args=[kept.pk])
    assert "Bản ghi thứ hai" in client.get(url).content.decode()
    shown = client.get(url, {"gone": gone.pk}).content.decode()
    for words in (kept.name, gone.name, no.code, "đang đăng", "1 ảnh đang công khai", "bị gỡ ngay"):
        assert words in shown, words
    assert not Person.objects.exclude(merged_into=None).exists()
    answer = client.post(url, {"gone": gone.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("person", args=[kept.pk])
    said = answer.content.decode()
    assert "Đã gộp" in said
    assert Person.objects.get(pk=gone.pk).merged_into == kept


def test_only_who_may_change_both_merges(client, people, kept) -> None:
    theirs = factories.person("Nguyễn Lan", factories.VIET_TRI)
    url = reverse("person_merge", args=[kept.pk])
    for role in ("editor", "other_editor", "province_reviewer"):
        client.force_login(people[role])
        client.post(url, {"gone": theirs.pk})
        assert not Person.objects.exclude(merged_into=None).exists(), role
    client.force_login(people["board"])
    assert client.post(url, {"gone": theirs.pk}).status_code == 302
    assert Person.objects.get(pk=theirs.pk).merged_into == kept


def test_with_two_forms_printed_the_code_on_the_paper_is_asked(client, people, kept, gone) -> None:
    first = services.prepare_consent(person=kept)
    second = services.prepare_consent(person=gone)
    merge(kept, gone, people)
    client.force_login(people["editor"])
    url = reverse("consent_record", args=[kept.pk])
    assert "Mã in trên phiếu" in client.get(url).content.decode()
    data = {
        "code": second.code,
        "purposes": ["website"],
        "scopes": ["name"],
        "taken_on": timezone.localdate().isoformat(),
    }
    assert client.post(url, data).status_code == 302
    assert list(Consent.objects.recorded()) == [second]
    assert "Mã in trên phiếu" not in client.get(url).content.decode()
    assert first.pk


# Deleting


def test_a_record_on_which_nothing_hangs_is_deleted(client, people, kept) -> None:
    services.prepare_consent(person=kept)
    client.force_login(people["editor"])
    url = reverse("person_delete", args=[kept.pk])
    assert "đã in mà chưa ghi nhận" in client.get(url).content.decode()
    assert Person.objects.filter(pk=kept.pk).exists()
    assert client.post(url)["Location"] == reverse("people")
    assert not Person.objects.filter(pk=kept.pk).exists()
    entry = AuditEntry.objects.filter(action="person_deleted").get()
    assert kept.name not in entry.data + entry.target


def hold_consent(people, person):
    factories.consent(person, people["editor"], form=None)


def hold_withdrawn(people, person):
    factories.consent(person, people["editor"])
    take_back(person, people)


def hold_ward(people, person):
    factories.person("Cháu", under_age=True, guardian=person)


def hold_given(people, person):
    child = factories.person("Cháu", under_age=True, guardian=person)
    factories.consent(child, people["editor"])
    Person.objects.filter(pk=child.pk).update(guardian=None)


def hold_picture(people, person):
    factories.picture(people=[person])


def hold_draft(people, person):
    factories.story(people["editor"], named=[person])


def hold_profile(people, person):
    factories.exemplar(people["editor"], person=person)


def hold_old_revision(people, person):
    page = factories.story(people["editor"], named=[person])
    page.named_people.all().delete()
    page.named_people = []
    page.save()
    page.save_revision(user=people["editor"])


def hold_merged(people, person):
    merge(person, factories.person("Bản khác"), people)


HOLDERS = {
    hold_consent: "phiếu đồng ý",
    hold_withdrawn: "phiếu đồng ý",
    hold_ward: "giám hộ",
    hold_given: "ký thay",
    hold_picture: "ảnh",
    hold_draft: "bài",
    hold_profile: "bài",
    hold_old_revision: "bản cũ",
    hold_merged: "đã gộp",
}


@pytest.mark.parametrize("hold", HOLDERS, ids=lambda hold: hold.__name__)
def test_what_holds_a_record_is_said_and_nothing_is_deleted(client, people, kept, hold) -> None:
    hold(people, kept)
    consents = Consent.objects.count()
    client.force_login(people["editor"])
    url = reverse("person_delete", args=[kept.pk])
    assert HOLDERS[hold] in client.get(url).content.decode()
    said = client.post(url, follow=True).content.decode()
    assert "Không xóa được" in said
    assert HOLDERS[hold] in said
    assert Person.objects.filter(pk=kept.pk).exists()
    assert Consent.objects.count() == consents


def test_only_who_may_change_a_person_deletes(client, people, kept) -> None:
    url = reverse("person_delete", args=[kept.pk])
    for role, status in {"other_editor": 404, "province_reviewer": 302}.items():
        client.force_login(people[role])
        assert client.post(url).status_code == status  # 302: Wagtail's "you may not"
        assert Person.objects.filter(pk=kept.pk).exists()
    assert permissions.visible(people["editor"]).filter(pk=kept.pk).exists()
