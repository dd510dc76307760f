"""Eight writers and three readers at once: the ledger has no gap, no repeat, and keeps its order."""

from __future__ import annotations

import itertools
import random
import threading
import time

import pytest
from django.db import OperationalError, close_old_connections, connection

from stories import factories
from stories.moderation import services as moderation
from stories.pages.models import StoryPage, Withdrawal
from stories.releases import selectors
from stories.releases.models import Item, Release

WRITERS, READERS, STORIES = 8, 3, 4

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("concurrency"),
]


def approve_and_publish(page, board) -> StoryPage:
    page = StoryPage.objects.get(pk=page.pk)
    moderation.approve(
        page=page.get_latest_revision_as_object(), user=board, accepted=factories.ambers(page)
    )
    page.get_latest_revision().publish(user=board, skip_permission_checks=True)
    return StoryPage.objects.get(pk=page.pk)


def write(drafts: list[StoryPage], people, errors: list) -> None:
    rng = random.Random(drafts[0].pk)
    try:
        for draft in drafts:
            page = approve_and_publish(draft, people["board"])
            page.lead, page.correction_note = f"Sửa {rng.random()}", "Sửa số liệu."
            page.save_revision(user=people["editor"])
            page = approve_and_publish(page, people["board2"])
            if rng.random() < 0.5:
                page.withdraw(Withdrawal("canceled", "Sai sự thật."), people["board"])
    except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
        errors.append(error)
    finally:
        connection.close()


def read(seen: list[tuple[int, str, int]], done: threading.Event, errors: list) -> None:
    offset = 0
    try:
        while True:
            finished = done.is_set()
            batch = selectors.after(offset, 7)
            seen += [(release.seq, str(release.item_id), release.version) for release in batch]
            offset = batch[-1].seq if batch else offset
            if finished and not batch:
                return
            time.sleep(0.005)
    except OperationalError as error:
        errors.append(error)
    finally:
        connection.close()


def test_writers_and_readers_at_once_lose_repeat_and_swap_nothing(people) -> None:
    drafts = [
        [
            factories.story(people["editor"], title=f"Bài {writer}-{number}")
            for number in range(STORIES)
        ]
        for writer in range(WRITERS)
    ]
    errors: list[Exception] = []
    done = threading.Event()
    logs: list[list] = [[] for _ in range(READERS)]
    readers = [threading.Thread(target=read, args=(log, done, errors)) for log in logs]
    writers = [threading.Thread(target=write, args=(part, people, errors)) for part in drafts]
    for thread in [*readers, *writers]:
        thread.start()
    for thread in writers:
        thread.join(120)
    done.set()
    for thread in readers:
        thread.join(30)
    close_old_connections()

    assert errors == []
    released = list(Release.objects.values_list("seq", "item_id", "version"))
    assert [seq for seq, _item, _version in released] == list(range(1, len(released) + 1))
    assert len(released) >= WRITERS * STORIES * 2
    for log in logs:
        assert log == [(seq, str(item), version) for seq, item, version in released]
    news = list(
        Release.objects.filter(item__type=Item.Type.STORY).values_list("released_at", flat=True)
    )
    assert all(later > earlier for earlier, later in itertools.pairwise(news))
