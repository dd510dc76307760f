"""Two who take back their yes, while a text that names them is being published: both are heard."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from wagtail.models import Collection

from accounts.audit.services import verify
from media.people import services
from stories import factories
from stories.moderation.models import Approval
from stories.pages.models import StoryPage
from stories.releases.models import Item, Takedown

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("concurrency"),
]


def test_nothing_of_them_is_public_afterwards_and_nobody_waits_for_the_other(people) -> None:
    Collection.fix_tree()  # what a flushed database is filled with again counts no children
    women = [factories.person(name) for name in ("Nguyễn Thị Lan", "Trần Thị Hoa")]
    consents = [factories.consent(woman, people["editor"]) for woman in women]
    told = factories.publish(factories.story(people["editor"], named=women), people)
    drafts = [
        factories.story(people["editor"], named=women, title=f"Bài {n}", slug=f"bai-{n}")
        for n in range(3)
    ]
    for draft in drafts:  # approved, not published yet
        Approval.objects.create(
            item=draft.uuid,
            sha256=draft.get_latest_revision_as_object().content_sha256(),
            route=Approval.Route.WORKFLOW,
            approved_by=people["board"],
        )
    errors: list[Exception] = []
    begin = threading.Barrier(len(consents) + len(drafts))

    def at_once(act) -> None:
        try:
            begin.wait(30)
            act()
        except PermissionDenied:
            pass  # a publication that came too late
        except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
            errors.append(error)
        finally:
            connection.close()

    def withdraw(consent):
        return lambda: services.withdraw_consent(
            consent=consent, user=people["editor"], how="phone"
        )

    def publish(draft):
        page = StoryPage.objects.get(pk=draft.pk)
        return lambda: page.get_latest_revision().publish(skip_permission_checks=True)

    acts = [*map(withdraw, consents), *map(publish, drafts)]
    threads = [threading.Thread(target=at_once, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    assert errors == []
    assert not Item.objects.public().exists()
    assert Item.objects.get(pk=told.uuid).kind == "withheld"
    assert not StoryPage.objects.filter(live=True).exists()
    assert Takedown.objects.count() == len(consents)
    assert verify().broken is None
