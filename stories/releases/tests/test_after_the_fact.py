"""Someone turns out to be in what is public already: whatever way it is said, her no holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from accounts.notices.models import Notice
from media.models import Depiction, Picture, PublicFile
from media.people import services
from stories import factories
from stories.pages.models import ExemplarPage, NamedPerson, StoryPage
from stories.pages.tests.editor_form import posted as posted_text
from stories.releases.models import Item, SaidToName, Takedown
from stories.releases.takedown import afterwards, unagreed

pytestmark = pytest.mark.django_db


@pytest.fixture
def woman(people):
    """She agreed, and took it back before anything of her was public."""
    person = factories.person("Nguyễn Thị Lan")
    consent = factories.consent(person, people["editor"])
    services.withdraw_consent(consent=consent, user=people["editor"], how="phone")
    return person


@pytest.fixture
def unasked(people):
    return factories.person("Trần Thị Hoa")


@pytest.fixture
def picture(people):
    return factories.picture()


@pytest.fixture
def page(people, picture):
    return factories.publish(factories.story(people["editor"], lead_picture=picture), people)


def kind(thing) -> str:
    return Item.objects.get(pk=thing.uuid).kind


def reload(page):
    return type(page).objects.get(pk=page.pk)


# Pictures


def by_service(client, people, picture, person) -> None:
    services.set_depicted(picture=picture, people=[person], user=people["editor"])


def by_row(client, people, picture, person) -> None:
    Depiction.objects.create(picture=picture, person=person)


def by_rows(client, people, picture, person) -> None:
    Depiction.objects.bulk_create([Depiction(picture=picture, person=person)])


def changed_row(client, people, picture, person) -> None:
    other = factories.person("Người khác")
    factories.consent(other, people["editor"])
    row = Depiction.objects.create(picture=picture, person=other)
    row.person = person
    row.save()


def posted(picture, person, prefix: str = "") -> dict:
    data = {
        "title": picture.title,
        "collection": picture.collection_id,
        "terms": picture.terms,
        "tags": "",
        "people": [person.pk],
    }
    return {f"{prefix}{name}": value for name, value in data.items()}


def by_form(client, people, picture, person) -> None:
    client.force_login(people["editor"])
    url = reverse("wagtailimages:edit", args=[picture.pk])
    assert client.post(url, posted(picture, person)).status_code == 302


def by_chooser(client, people, picture, person) -> None:
    client.force_login(people["editor"])
    url = reverse("wagtailimages:edit", args=[picture.pk])
    data = posted(picture, person) | {"people": [], "another_person": person.pk}
    assert client.post(url, data).status_code == 302


def after_upload(client, people, picture, person) -> None:
    client.force_login(people["editor"])
    url = reverse("wagtailimages:edit_multiple", args=[picture.pk])
    data = posted(picture, person, f"image-{picture.pk}-")
    answer = client.post(url, data, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.json()["success"], answer.json()


WAYS_TO_SHOW = [by_service, by_row, by_rows, changed_row, by_form, by_chooser, after_upload]


@pytest.mark.parametrize("way", WAYS_TO_SHOW, ids=lambda way: way.__name__)
def test_showing_someone_who_said_no_takes_the_picture_down(
    client, people, page, picture, woman, way
) -> None:
    way(client, people, picture, woman)
    assert kind(picture) == "canceled"
    assert kind(page) == "withheld"
    assert not reload(page).live
    assert not PublicFile.objects.filter(picture=picture.uuid).exists()
    takedown = Takedown.objects.latest("pk")
    assert (takedown.of, takedown.target) == ("consent", woman.consents.get().code)
    assert {part.item_id for part in takedown.items.all()} == {picture.uuid, page.uuid}


@pytest.mark.parametrize("way", WAYS_TO_SHOW, ids=lambda way: way.__name__)
def test_showing_someone_nobody_asked_is_listed_and_told(
    client, people, page, picture, unasked, way
) -> None:
    way(client, people, picture, unasked)
    assert (kind(picture), kind(page)) == ("usable", "usable")
    (row,) = unagreed.rows()
    assert (row.person, row.item.pk, row.has_withdrawn) == (unasked, picture.uuid, False)
    told = Notice.objects.filter(kind="unagreed")
    assert {one.user.username for one in told} == {
        "bientap.lamthao",
        "duyet.lamthao",
        "tuyengiao",
        "tuyengiao2",
    }
    assert {one.link for one in told} == {reverse("unagreed")}


def test_showing_someone_who_agreed_changes_nothing(people, page, picture) -> None:
    person = factories.person()
    factories.consent(person, people["editor"])
    services.set_depicted(picture=picture, people=[person])
    assert (kind(picture), kind(page)) == ("usable", "usable")
    assert not unagreed.rows()
    assert not Notice.objects.filter(kind="unagreed").exists()


def test_what_isnt_public_is_left_to_the_gate(people, woman, unasked) -> None:
    picture = factories.picture(people=[woman, unasked])
    draft = factories.story(people["editor"], lead_picture=picture, named=[woman, unasked])
    assert Takedown.objects.count() == 1  # of her withdrawal
    assert not Item.objects.exists()
    assert not unagreed.rows()
    assert not SaidToName.objects.exists()
    assert not Notice.objects.filter(kind="unagreed").exists()
    assert draft.pk


def test_the_editor_reads_what_followed(client, people, page, picture, woman, unasked) -> None:
    client.force_login(people["editor"])
    url = reverse("wagtailimages:edit", args=[picture.pk])
    said = client.post(url, posted(picture, unasked), follow=True).content.decode()
    assert "đang công khai, mà Trần Thị Hoa chưa có sự đồng ý" in said
    assert reverse("person", args=[unasked.pk]) in said
    said = client.post(url, posted(picture, woman), follow=True).content.decode()
    assert "Nguyễn Thị Lan đã rút lại sự đồng ý, mà ảnh “Ảnh 0” đang công khai" in said
    takedown = Takedown.objects.latest("pk")
    assert takedown.user == people["editor"]
    assert reverse("takedown", args=[takedown.pk]) in said
    assert client.get(reverse("takedown", args=[takedown.pk])).status_code == 200
    assert client.get(
        reverse("takedown_of_consent", args=[takedown.target]), follow=True
    ).redirect_chain[-1][0] == reverse("takedown", args=[takedown.pk])


# Texts


def draft_names(client, people, page, person) -> None:
    draft = reload(page).get_latest_revision_as_object()
    draft.named_people = [NamedPerson(person=person)]
    draft.names_nobody = False
    draft.save_revision(user=people["editor"])


def draft_saved_again(client, people, page, person) -> None:
    """What autosave does: the newest revision is written over."""
    draft = reload(page).get_latest_revision_as_object()
    revision = draft.save_revision(user=people["editor"])
    draft = reload(page).get_latest_revision_as_object()
    draft.named_people = [NamedPerson(person=person)]
    draft.save_revision(user=people["editor"], overwrite_revision=revision)


def draft_tells_of_profile(client, people, page, person) -> None:
    profile = factories.exemplar(people["editor"], person=person)
    draft = reload(page).get_latest_revision_as_object()
    draft.told_exemplars.create(exemplar=profile)
    draft.save_revision(user=people["editor"])


def row_on_the_page(client, people, page, person) -> None:
    NamedPerson.objects.create(page=page, person=person)


WAYS_TO_NAME = [draft_names, draft_saved_again, draft_tells_of_profile, row_on_the_page]


@pytest.mark.parametrize("way", WAYS_TO_NAME, ids=lambda way: way.__name__)
def test_naming_someone_who_said_no_takes_the_text_down(client, people, page, woman, way) -> None:
    way(client, people, page, woman)
    assert kind(page) == "withheld"
    page = reload(page)
    assert not page.live
    assert page.latest_revision_id
    assert Takedown.objects.latest("pk").target == woman.consents.get().code


@pytest.mark.parametrize("way", WAYS_TO_NAME, ids=lambda way: way.__name__)
def test_naming_someone_nobody_asked_is_listed_and_told_once(
    client, people, page, unasked, way
) -> None:
    way(client, people, page, unasked)
    draft = reload(page).get_latest_revision_as_object()
    draft.lead = "Sa-pô khác."
    draft.save_revision(user=people["editor"])
    assert kind(page) == "usable"
    (row,) = unagreed.rows()
    assert (row.person, row.item.pk) == (unasked, page.uuid)
    assert Notice.objects.filter(kind="unagreed", user=people["board"]).count() == 1


@pytest.mark.parametrize("way", WAYS_TO_NAME[:3], ids=lambda way: way.__name__)
def test_a_slip_of_the_hand_takes_nothing_down(client, people, page, way) -> None:
    other = factories.person("Đinh Thị Khuyên")
    consent = factories.consent(other, people["editor"])
    services.withdraw_consent(consent=consent, user=people["editor"], how="phone")
    way(client, people, page, other)
    assert kind(page) == "usable"
    assert not unagreed.rows()
    told = Notice.objects.filter(kind="unagreed", user=people["board"])
    assert "không có tên này nên chưa bị gỡ" in told.get().text
    afterwards.sweep()
    assert kind(page) == "usable"


def test_a_profile_said_to_be_of_someone_who_said_no_goes(people, woman) -> None:
    profile = factories.publish(factories.exemplar(people["editor"]), people)
    draft = ExemplarPage.objects.get(pk=profile.pk).get_latest_revision_as_object()
    draft.person = woman
    draft.save_revision(user=people["editor"])
    assert kind(profile) == "withheld"


def test_saving_in_the_editor_says_what_followed(client, people, page, woman) -> None:
    client.force_login(people["editor"])
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = posted_text(
        reload(page),
        lead_picture=page.lead_picture.pk,
        named_people=inline_formset([{"person": woman.pk}]),
        names_nobody="",
    )
    said = client.post(url, data, follow=True).content.decode()
    assert kind(page) == "withheld"
    assert "Bài đã được gỡ khỏi trang công khai" in said


def test_a_later_no_reaches_what_an_editor_said_of_a_public_text(people, page, unasked) -> None:
    draft_names(None, people, page, unasked)
    consent = factories.consent(unasked, people["editor"])
    assert not unagreed.rows()
    services.withdraw_consent(consent=consent, user=people["editor"], how="phone")
    assert kind(page) == "withheld"


def test_the_corrected_text_is_no_longer_said_to_name_her(people, page, unasked) -> None:
    draft_names(None, people, page, unasked)
    draft = reload(page).get_latest_revision_as_object()
    draft.named_people, draft.names_nobody = [], True
    draft.lead, draft.correction_note = "Sa-pô khác.", "Bỏ tên."
    draft.save_revision(user=people["editor"])
    factories.publish(reload(page), people)
    assert kind(page) == "correction"
    assert not unagreed.rows()


# The list


def test_an_ended_consent_puts_what_is_public_on_the_list(client, people, monkeypatch) -> None:
    person = factories.person()
    today = timezone.localdate()
    factories.consent(person, people["editor"], valid_to=today + timedelta(days=100))
    picture = factories.picture(people=[person])
    profile = factories.publish(
        factories.exemplar(people["editor"], person=person, lead_picture=picture), people
    )
    story = factories.publish(
        factories.story(people["editor"], exemplars=[profile], named=[person]), people
    )
    assert not unagreed.rows()
    monkeypatch.setattr(timezone, "localdate", lambda *args: today + timedelta(days=101))
    assert {row.item.pk for row in unagreed.rows()} == {picture.uuid, profile.uuid, story.uuid}
    client.force_login(people["board"])
    said = client.get(reverse("unagreed")).content.decode()
    assert said.count("Có mặt trong ảnh") == 1
    assert said.count("Được nêu trong bài") == 2
    assert reverse("withdraw_page", args=[story.pk]) in said
    factories.consent(person, people["editor"])
    assert not unagreed.rows()


def test_consents_of_one_scope_each_are_a_yes_together(people, page, unasked) -> None:
    draft_names(None, people, page, unasked)
    factories.consent(unasked, people["editor"], scopes=["name"])
    assert len(unagreed.rows()) == 1
    factories.consent(unasked, people["editor"], scopes=["story"], purposes=["newspaper"])
    assert len(unagreed.rows()) == 1
    factories.consent(unasked, people["editor"], scopes=["story"], purposes=["website"])
    assert not unagreed.rows()


def test_each_sees_the_people_whom_they_may_see(client, people, page, picture, unasked) -> None:
    services.set_depicted(picture=picture, people=[unasked])
    seen = {}
    for role in ("editor", "reviewer", "other_editor", "board", "admin"):
        client.force_login(people[role])
        answer = client.get(reverse("unagreed"))
        seen[role] = answer.status_code == 200 and unasked.name in answer.content.decode()
        withdraws = reverse("withdraw_page", args=[page.pk]) in answer.content.decode()
        assert withdraws == (role in ("board", "admin"))
    assert seen == {
        "editor": True,
        "reviewer": True,
        "other_editor": False,
        "board": True,
        "admin": True,
    }


def test_a_yes_since_the_no_is_the_last_word(people, page, picture, woman) -> None:
    factories.consent(woman, people["editor"], scopes=["name"])
    services.set_depicted(picture=picture, people=[woman])
    assert kind(picture) == "usable"
    (row,) = unagreed.rows()
    assert not row.has_withdrawn


def test_what_came_past_every_way_is_swept_by_cron(people, page, picture, woman) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO media_depiction (picture_id, person_id) VALUES (%s, %s)",
            [picture.pk, woman.pk],
        )
    assert kind(picture) == "usable"
    call_command("carry_out_withdrawals")
    assert (kind(picture), kind(page)) == ("canceled", "withheld")
    assert afterwards.sweep() == []
    assert isinstance(picture, Picture)
    assert isinstance(page, StoryPage)


def test_choosing_someone_says_that_she_took_it_back(client, people, picture, woman) -> None:
    client.force_login(people["editor"])
    said = client.get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()
    assert "Nguyễn Thị Lan – đã rút lại sự đồng ý" in said
    shown = client.get(reverse("person_chooser:choose")).json()["html"]
    assert "Đã rút lại" in shown


def test_the_list_asks_no_more_for_more_rows(
    client, people, page, picture, django_assert_max_num_queries
) -> None:
    client.force_login(people["board"])

    def ask(count: int) -> int:
        shown = [factories.person(f"Người {count} {number}") for number in range(count)]
        services.set_depicted(picture=picture, people=shown)
        client.get(reverse("unagreed"))
        with django_assert_max_num_queries(60) as done:
            said = client.get(reverse("unagreed")).content.decode()
        assert said.count("Có mặt trong ảnh") == count
        return len(done)

    assert ask(1) == ask(9)
