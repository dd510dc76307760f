"""Texts sent early, moved, taken back and published by several at once, while clients read on."""

from __future__ import annotations

import itertools
import json
import threading
import time
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from stories import factories
from stories.moderation import services as moderation
from stories.pages.models import StoryPage
from stories.press.early import selectors
from stories.press.early.positions import Position
from stories.releases.advance import services as advance
from stories.releases.models import Advance, Item, Release

WRITERS, READERS, STORIES = 4, 2, 2

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("concurrency"),
]


def schedule(page, hours: int | None) -> None:
    draft = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(hours=hours) if hours else None
    draft.save_revision(user=page.owner).publish(skip_permission_checks=True)


def write(drafts: list[StoryPage], people, errors: list) -> None:
    try:
        for draft in drafts:
            page = StoryPage.objects.get(pk=draft.pk)
            text, ticked = page.get_latest_revision_as_object(), factories.ambers(page)
            moderation.approve(page=text, user=people["board"], accepted=ticked)
            schedule(page, 5)
            schedule(page, 7)
            if draft.pk % 2:
                advance.cancel(item=page.uuid, user=people["board"])
            if draft.pk % 3:
                schedule(page, None)  # at once
    except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
        errors.append(error)
    finally:
        connection.close()


def read(seen: list[tuple[str, int]], done: threading.Event, errors: list) -> None:
    after = Position(0)
    try:
        while True:
            finished = done.is_set()
            page = selectors.feed_page(after=after, limit=3, types=(), client_kind="newspaper")
            found = [json.loads(text) for _number, text in page.rows]
            seen += [(one["uuid"], one["version"]) for one in found]
            after = page.reached
            if finished and not found:
                return
            time.sleep(0.005)
    except Exception as error:  # noqa: BLE001
        errors.append(error)
    finally:
        connection.close()


def test_each_chain_has_each_version_once_in_order_and_ends_with_what_holds(people) -> None:
    drafts = [
        factories.story(people["editor"], title=f"Bài {number}")
        for number in range(WRITERS * STORIES)
    ]
    shares = [drafts[number::WRITERS] for number in range(WRITERS)]
    seen: list[list] = [[] for _ in range(READERS)]
    errors: list = []
    done = threading.Event()
    close_old_connections()
    writers = [threading.Thread(target=write, args=(share, people, errors)) for share in shares]
    readers = [threading.Thread(target=read, args=(one, done, errors)) for one in seen]
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert errors == []
    seqs = list(Advance.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1)) and len(seqs) >= 2 * len(drafts)
    newest = {str(row.item): row.version for row in Advance.objects.newest()}
    newest |= {str(item.pk): item.version for item in Item.objects.all()}
    assert len(newest) == len(drafts) and Release.objects.exists()
    for chain in seen:
        assert len(chain) == len(set(chain))
        for _uuid, versions in itertools.groupby(
            sorted(chain, key=lambda one: one[0]), lambda o: o[0]
        ):
            numbers = [version for _uuid, version in versions]
            assert numbers == sorted(numbers)
        assert dict(chain) == newest
