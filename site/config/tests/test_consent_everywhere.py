"""A yes taken back closes every way to the public; who agreed stays in the house.

The routes are those of `test_routes_by_roles`: what a shell can do with a text that was approved
while everyone had agreed, and the screens on which it could be approved.
"""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from config.tests import walls
from config.tests.test_nothing_leaks import addresses, press_key
from config.tests.test_routes_by_roles import SHELL
from media.people import services
from media.people.purposes import EVERYWHERE
from stories import factories
from stories.moderation import emergency
from stories.moderation import services as moderation
from stories.moderation.models import Approval, ReviewState
from stories.moderation.services import NotReady
from stories.pages.models.moderated import NotAgreed
from stories.pages.services import bulk
from stories.releases.models import Item, Release

pytestmark = pytest.mark.django_db
NAME, PHONE = "Phùng Thị Kín Đáo", "0911 222 333"
REFUSED = (PermissionDenied, ValidationError)


@pytest.fixture
def woman(people):
    person = factories.person(NAME, phone=PHONE, notes="Ghi chú kín")
    factories.consent(person, people["editor"])
    return person


@pytest.fixture
def page(people, woman):
    """A draft that names and shows her; her name isn't in its words."""
    picture = factories.picture(people=[woman])
    return factories.story(people["editor"], lead_picture=picture, named=[woman])


def take_back(woman, people) -> None:
    for consent in woman.consents.all():
        services.withdraw_consent(consent=consent, user=people["editor"], how="phone")


def approved(page, people) -> None:
    """Approved yesterday, not published."""
    Approval.objects.create(
        item=page.uuid,
        sha256=page.get_latest_revision_as_object().content_sha256(),
        route=Approval.Route.WORKFLOW,
        approved_by=people["board"],
    )


def bulk_publish(page, user) -> None:
    ReferenceIndex.remove_for_object(page)  # it is for new pages, which have none yet
    bulk.publish([page.get_latest_revision_as_object()], user)


def save_as_approved(page, user) -> None:
    page.live = True
    page.save()


RELEASING = [*SHELL, bulk_publish, save_as_approved]


def makes_public(route, page, user) -> bool:
    before = walls.public()
    with suppress(*REFUSED), transaction.atomic():
        route(page, user)
    return walls.public() != before


@pytest.mark.parametrize("route", RELEASING, ids=lambda route: route.__name__)
def test_an_approval_of_yesterday_publishes_nothing_after_a_withdrawal(
    people, page, woman, route
) -> None:
    approved(page, people)
    take_back(woman, people)
    assert not makes_public(route, walls.reload(page), people["admin"])


def test_the_same_ways_are_open_while_she_agrees(people, page) -> None:
    approved(page, people)
    opened = set()
    for route in RELEASING:
        with walls.undone():
            if makes_public(route, walls.reload(page), people["admin"]):
                opened.add(route.__name__)
    assert {
        "shell_publish_unchecked",
        "shell_save",
        "shell_finish_workflow",
        "shell_schedule_raw",
        "bulk_publish",
    } <= opened


def test_the_refusal_says_who(people, page, woman) -> None:
    approved(page, people)
    take_back(woman, people)
    with pytest.raises(NotAgreed, match=NAME), transaction.atomic():
        page.get_latest_revision().publish(skip_permission_checks=True)
    with pytest.raises(NotAgreed), transaction.atomic():
        page.save_revision(approved_go_live_at=timezone.now())


def at_board(page, people):
    return factories.act(factories.submit(page, people["editor"]), people["reviewer"])


def by_review_screen(client, page, people) -> None:
    client.force_login(people["board"])
    seen = page.get_latest_revision_as_object().content_sha256()
    data = {"approve": "1", "sha256": seen, "accepted": factories.ambers(page)}
    client.post(reverse("review_page", args=[page.pk]), data)


def by_wagtails_address(client, page, people) -> None:
    client.force_login(people["board"])
    state = page.current_workflow_task_state
    target = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(target, {"accepted": factories.ambers(page)})


def by_the_queue(client, page, people) -> None:
    client.force_login(people["board"])
    state = ReviewState.objects.get(pk=page.current_workflow_task_state.pk)
    data = {
        "confirm": "1",
        "approve": [state.pk],
        "state": [state.pk],
        f"revision-{state.pk}": state.revision_id,
        f"sha256-{state.pk}": state.revision.as_object().content_sha256(),
        f"accepted-{state.pk}": factories.ambers(page),
    }
    client.post(reverse("desk_bulk"), data)


def by_the_task(client, page, people) -> None:
    factories.act(page, people["board"])


def by_a_shell(client, page, people) -> None:
    draft = page.get_latest_revision_as_object()
    moderation.approve(page=draft, user=people["board"], accepted=factories.ambers(page))


def by_two_people(client, page, people) -> None:
    asked = emergency.ask(page=page, user=people["reviewer"], reason="Gấp.")
    emergency.confirm(request=asked, user=people["board"], accepted=factories.ambers(page))


APPROVING = [
    by_review_screen,
    by_wagtails_address,
    by_the_queue,
    by_the_task,
    by_a_shell,
    by_two_people,
]


@pytest.mark.parametrize("route", APPROVING, ids=lambda route: route.__name__)
def test_no_way_to_approve_is_open_after_a_withdrawal(client, people, page, woman, route) -> None:
    page = at_board(page, people)
    if route is not by_wagtails_address:  # which has no way to tick
        with walls.undone():
            route(client, page, people)
            assert Approval.objects.exists()
    take_back(woman, people)
    with suppress(*REFUSED), transaction.atomic():
        route(client, walls.reload(page), people)
    assert not Approval.objects.exists()
    assert not Item.objects.public().exists()


def test_old_stories_are_imported_without_a_record_of_their_people(people, page, woman) -> None:
    take_back(woman, people)
    draft = page.get_latest_revision_as_object()
    with pytest.raises(NotReady):
        moderation.approve(page=draft, user=people["board"])
    moderation.approve(page=draft, user=people["board"], route=Approval.Route.IMPORT)
    page.get_latest_revision().publish(skip_permission_checks=True)
    assert Item.objects.public().filter(pk=page.uuid).exists()


# Who agreed stays in the house; for what, everyone downstream may know


def payloads() -> dict[str, dict]:
    return {release.item.type: release.data for release in Release.objects.order_by("seq")}


def test_nothing_of_the_people_is_at_any_public_address(client, people, page, woman) -> None:
    page = factories.publish(page, people)
    portrait = factories.picture(seed=1, people=[woman])
    profile = factories.exemplar(people["editor"], person=woman, lead_picture=portrait)
    profile = factories.publish(profile, people)
    code, form = woman.consents.get().code, woman.consents.get().form.name
    secrets = (str(woman.uuid), NAME, PHONE, "Ghi chú kín", code, form, '"people"')
    headers = {"Authorization": f"Bearer {press_key()}"}
    for url in [
        *addresses([page, profile]),
        "/luu-tru/?q=non",
        "/api/v1/search/?q=non",
        "/api/v1/stories/?limit=100",
        "/api/v1/press/feed/?format=ninjs",
    ]:
        response = client.get(url, headers=headers)
        body = b"".join(response) if response.streaming else response.content
        text = body.decode(errors="replace")
        assert not [secret for secret in secrets if secret in text], url
    said = json.dumps([release.data for release in Release.objects.all()], ensure_ascii=False)
    assert not [secret for secret in secrets if secret in said]


def test_a_release_says_for_what_everyone_in_it_agreed(people) -> None:
    one, other = factories.person("Lan"), factories.person("Hoa")
    factories.consent(one, people["editor"], purposes=["website", "newspaper", "central"])
    factories.consent(other, people["editor"], purposes=["website", "newspaper", "radio_tv"])
    picture = factories.picture(people=[other])
    page = factories.story(people["editor"], lead_picture=picture, named=[one])
    factories.publish(page, people)
    found = payloads()
    assert found["story"]["purposes"] == ["newspaper", "website"]
    assert found["picture"]["purposes"] == ["newspaper", "radio_tv", "website"]


def test_a_release_of_nobody_may_go_everywhere(people) -> None:
    page = factories.story(people["editor"], lead_picture=factories.picture())
    factories.publish(page, people)
    found = payloads()
    assert found["story"]["purposes"] == found["picture"]["purposes"] == EVERYWHERE


def test_a_picture_is_released_again_when_it_may_go_elsewhere(people) -> None:
    person = factories.person("Lan")
    factories.consent(person, people["editor"], purposes=["website"])
    picture = factories.picture(people=[person])
    page = factories.story(people["editor"], lead_picture=picture)
    page = factories.publish(page, people)
    factories.consent(person, people["editor"], purposes=["newspaper"])
    page.lead, page.correction_note = "Sa-pô đã sửa.", "Sửa sa-pô."
    page.save_revision(user=people["editor"])
    factories.publish(walls.reload(page), people)
    said = [release.data["purposes"] for release in Release.objects.filter(item=picture.uuid)]
    assert said == [["website"], ["newspaper", "website"]]
