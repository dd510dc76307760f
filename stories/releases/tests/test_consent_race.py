"""A withdrawal and a release at the same moment: one of them sees the other."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from wagtail.models import Collection

from media.models import Person
from media.people import services
from stories import factories
from stories.moderation.models import Approval
from stories.pages.models import StoryPage
from stories.pages.models.moderated import NotAgreed
from stories.releases.models import Item

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("concurrency"),
]


def test_a_release_waits_for_a_withdrawal_under_way_and_sees_it(people) -> None:
    collection = Collection.objects.get(name__endswith=f"[{factories.LAM_THAO}]")
    woman = services.save_person(person=Person(name="Lan", collection=collection), user=None)
    consent = factories.consent(woman, people["editor"])
    page = factories.story(people["editor"], named=[woman])
    Approval.objects.create(
        item=page.uuid,
        sha256=page.get_latest_revision_as_object().content_sha256(),
        route=Approval.Route.WORKFLOW,
        approved_by=people["board"],
    )
    begun, outcome = threading.Event(), []

    def release() -> None:
        try:
            begun.wait(10)
            StoryPage.objects.get().get_latest_revision().publish(skip_permission_checks=True)
            outcome.append("released")
        except NotAgreed:
            outcome.append("refused")
        finally:
            connection.close()

    other = threading.Thread(target=release)
    other.start()
    with transaction.atomic():
        services.withdraw_consent(consent=consent, user=people["editor"], how="phone")
        begun.set()
        other.join(1)  # on PostgreSQL and SQLite alike it has to wait
        assert outcome == []
    other.join(20)
    assert outcome == ["refused"]
    assert not Item.objects.public().exists()
