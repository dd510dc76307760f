"""Four write to the ledger and five clients read it over a bad line: in the end all hold the same.

The line breaks by a seeded die: errors, answers lost or cut off, silence; and clients are killed
between reading a page and saving the cursor. Writers publish in one second, commit late, correct
and withdraw.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import threading
import time
import urllib.request
from contextlib import suppress
from http.client import HTTPException

import pytest
from django.db import connection, transaction
from wagtail.models import Collection

from accounts.tests import proxy
from stories import factories
from stories.pages.models import Withdrawal
from stories.press import services
from stories.press.models import PressClient, PressConfirmation
from stories.press.tests import ledger
from stories.press.tests.clients import guide
from stories.press.tests.clients.superdesk.client import read
from stories.releases.models import Item, Release

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("concurrency"),
]
CANARY = "nguyentrangkhongconnua"  # in every text that is withdrawn
PATIENCE = 4.0  # seconds after which who looks after a client takes it for hung
BARE = {"pictures": [], "lead_picture": None, "exemplars": [], "body": []}


class BadLine:
    """What happens to each request, while it is bad."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.is_bad = True
        self.fallen: dict[str | int, int] = {}

    def __call__(self, method: str, path: str) -> str | int:
        faults = ("gone", "hang", "lost", "half", 500, 502, 503, 429)
        with self.lock:
            if not self.is_bad or self.random.random() > 0.3:
                return "through"
            fault = self.random.choice(faults)
            self.fallen[fault] = self.fallen.get(fault, 0) + 1
        return fault


class Supervised:
    """A client of the guide as cron runs it, and as it dies."""

    def __init__(self, client: guide.RunningClient, seed: int) -> None:
        self.client = client
        self.random = random.Random(seed)
        self.killed = 0

    def pull(self) -> None:
        dies_early = self.random.random() < 0.5
        process = self.client.start()
        try:
            process.communicate(timeout=self.random.uniform(0.05, 1.0) if dies_early else PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            self.killed += 1

    def finish(self) -> None:
        assert self.client.run() == (0, ""), self.client.name

    def holds(self) -> dict[str, tuple[int, str, str]]:
        return {
            uuid: (item["version"], item["pubstatus"], item["title"])
            for uuid, item in self.client.items().items()
        }


class Superdesk:
    """Superdesk's AP Media client: its store is by uri, its cursor the `next_page` of last time."""

    def __init__(self, base: str, key: str) -> None:
        self.feed = f"{base}/api/v1/press/ap/feed/"
        self.key = key
        self.next: str | None = None
        self.items: dict[str, dict] = {}

    def _fetch(self, address: str) -> str:
        asked = urllib.request.Request(address, headers={"X-API-Key": self.key})
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            body = answer.read()
        return body.decode()

    def _page(self) -> int:
        asked = self.next or self.feed
        pages = {asked: self._fetch(asked)}
        for entry in json.loads(pages[asked])["data"]["items"]:
            uri = entry["item"]["uri"]
            pages[uri] = self._fetch(uri)
            current = json.loads(pages[uri])["data"]["item"]
            if "nitf" in current["renditions"]:
                href = current["renditions"]["nitf"]["href"]
                pages[href] = self._fetch(href)
            for picture in current["associations"].values():
                pages[picture["uri"]] = self._fetch(picture["uri"])
        found = read(ap={"pages": pages, "feed": self.feed, "next_link": self.next})["ap"]
        for item in found["items"]:
            self.items[item["uri"]] = item
        self.next = found["next"]
        return len(found["items"])

    def pull(self) -> None:
        with suppress(OSError, HTTPException, ValueError):  # its next run asks for the same again
            self._page()

    def finish(self) -> None:
        while self._page():
            pass

    def holds(self) -> dict[str, tuple[int, str, str]]:
        return {
            uri.rstrip("/").rpartition("/")[2]: (
                int(item["version"]),
                item["pubstatus"],
                item["headline"],
            )
            for uri, item in self.items.items()
        }


def in_the_newsroom(people) -> None:
    """Whole pages with their pictures, as people make them: published, corrected, withdrawn."""
    for number in range(2):
        page = factories.story(
            people["editor"],
            title=f"Trang {number} {CANARY if number else ''}",
            slug=f"trang-{number}",
            lead_picture=factories.picture(seed=40 + number),
        )
        page = factories.publish(page, people)
        if number:
            fresh = type(page).objects.get(pk=page.pk)
            fresh.withdraw(Withdrawal("canceled", "Nhân vật rút đồng ý."), people["board"])


def steadily(people) -> None:
    for number in range(10, 16):
        ledger.story(number, text=CANARY if number % 3 == 0 else "Chữ.", **BARE)
        time.sleep(0.1)
        if number % 3 == 0:
            ledger.withdraw(ledger.nth(number), "withheld" if number % 2 else "canceled")
        elif number % 3 == 1:
            ledger.story(
                number, kind="correction", note="Sửa tên.", title=f"Bài đã sửa {number}", **BARE
            )


def two_in_one_second(people) -> None:
    for number in range(20, 26, 2):
        with transaction.atomic():
            ledger.story(number, **BARE)
            ledger.story(number + 1, **BARE)
        ledger.withdraw(ledger.nth(number))
        time.sleep(0.15)


def late(people) -> None:
    """Numbers are taken, the commit comes when others have read on."""
    for number in range(30, 33):
        with transaction.atomic():
            ledger.story(number, **BARE)
            time.sleep(0.3)
        ledger.story(number, kind="correction", note="Bổ sung.", title=f"Bài muộn {number}", **BARE)


WRITERS = (in_the_newsroom, steadily, two_in_one_second, late)


@pytest.fixture
def line(live_server, settings):
    rule = BadLine(seed=20261120)
    with proxy.before(live_server.url) as there:
        there.rule = rule
        settings.PUBLIC_BASE_URL = there.url
        yield there.url, rule


@pytest.fixture
def readers(line, tmp_path) -> list[Supervised | Superdesk]:
    base, _rule = line
    made: list[Supervised | Superdesk] = []
    for seed, name in enumerate((*guide.NAMES, "superdesk")):
        newspaper = PressClient.objects.create(name=name, organisation=f"Báo {name}")
        key = services.create_key(client=newspaper)[1]
        if name == "superdesk":
            made.append(Superdesk(base, key))
        else:
            guide.must_be_there(name)
            client = guide.RunningClient(name, base, key, tmp_path / name)
            made.append(Supervised(client, seed))
    return made


def test_whatever_breaks_each_client_s_store_is_the_ledger_s_state_in_the_end(
    readers, line, people
):
    Collection.fix_tree()  # what a flushed database is filled with again counts no children
    _base, rule = line
    errors: list[Exception] = []
    over = threading.Event()

    def guarded(act, *given) -> threading.Thread:
        def run() -> None:
            try:
                act(*given)
            except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
                errors.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def keep_pulling(reader) -> None:
        while not over.is_set():
            reader.pull()

    reading = [guarded(keep_pulling, reader) for reader in readers]
    writing = [guarded(write, people) for write in WRITERS]
    for thread in writing:
        thread.join(120)
    over.set()
    for thread in reading:
        thread.join(60)
    assert errors == []
    # It was bad indeed: lines broke in several ways, and clients died.
    assert len(rule.fallen) >= 4
    assert sum(reader.killed for reader in readers if isinstance(reader, Supervised)) >= 3

    rule.is_bad = False
    state = {
        str(item.pk): (item.version, item.current.data["pubstatus"], item.current.data["title"])
        for item in Item.objects.exclude(current=None).select_related("current")
    }
    seqs = list(Release.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
    for reader in readers:
        reader.finish()
        assert reader.holds() == state
    gone = {uuid for uuid, (_version, status, _title) in state.items() if status != "usable"}
    assert len(gone) >= 6
    for reader in readers:
        if isinstance(reader, Supervised):
            assert CANARY.encode() not in reader.client.bytes()
            held = reader.client.pictures()
            public = {
                str(pk)
                for pk in Item.objects.filter(type="picture", kind="usable").values_list(
                    "pk", flat=True
                )
            }
            assert set(held) == public
            assert all(jpeg.startswith(b"\xff\xd8\xff") for jpeg in held.values())
        else:
            assert CANARY not in json.dumps(reader.items)
    waiting = PressConfirmation.objects.open().exclude(client__name="superdesk")
    assert not waiting.exists()
