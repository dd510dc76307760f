"""Long poll: who waits gets the next release at once, holds nothing, and starves nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client

from stories.press import services, waiting
from stories.press.models import PressClient, PressDelivery, PressKey
from stories.press.tests import ledger

pytestmark = pytest.mark.django_db
FEED = "/api/v1/press/feed/"


class Time:
    """Passes when somebody pauses; `then` happens at the numbered pause."""

    def __init__(self) -> None:
        self.now, self.pauses = 1000.0, 0
        self.then: dict[int, Callable[[], object]] = {}

    def pause(self, seconds: float) -> None:
        self.now += seconds
        self.pauses += 1
        self.then.pop(self.pauses, lambda: None)()


@pytest.fixture
def time(monkeypatch) -> Iterator[Time]:
    made = Time()
    monkeypatch.setattr(waiting, "watch", watch := waiting.Watch())
    watch.clock, watch.pause = lambda: made.now, made.pause
    return made


@pytest.fixture
def poll(key):
    """Call the feed of a server with several threads."""
    client = Client()

    def call(method: str = "get", threads: bool = True, **params: object):
        environ = {"wsgi.multithread": threads}
        headers = {"X-API-Key": key}
        return getattr(client, method)(FEED, params, headers=headers, **environ)

    return call


def test_an_empty_page_is_held_until_something_is_released(poll, time):
    ledger.story(1)
    at = poll().json()["next"]
    time.then[3] = lambda: ledger.story(2)
    answer = poll(after=at, wait=15)
    assert [item["uuid"] for item in answer.json()["items"]] == [ledger.nth(2)]
    assert (time.pauses, "Retry-After" in answer.headers) == (3, False)
    assert PressDelivery.objects.filter(item=ledger.nth(2), channel="feed").exists()


def test_what_is_there_comes_at_once(poll, time):
    ledger.story(1)
    assert poll(wait=15).json()["items"]
    assert time.pauses == 0


def test_when_the_time_is_over_the_cursor_is_the_same(poll, time):
    ledger.story(1)
    at = poll().json()["next"]
    assert poll(after=at, wait=2).json() == {"items": [], "next": at}
    assert time.now == 1002


def test_what_the_client_may_not_have_ends_no_wait(poll, time):
    at = poll().json()["next"]
    time.then[1] = lambda: ledger.story(1, purposes=["website"])
    time.then[5] = lambda: ledger.story(2)
    assert len(poll(after=at, wait=15).json()["items"]) == 1
    assert time.pauses == 5


def test_a_tick_costs_one_query_for_all_who_wait(poll, time, django_assert_num_queries):
    at = poll().json()["next"]
    # key with client, page, whether the cursor lies within the ledger; then the head once a tick
    with django_assert_num_queries(3 + 8):
        poll(after=at, wait=4)
    with django_assert_num_queries(0):
        for _other in range(20):
            waiting.watch.head()


def test_a_key_taken_back_meanwhile_gets_nothing(poll, time, key):
    at = poll().json()["next"]

    def taken_back() -> None:
        services.revoke_key(key=PressKey.objects.get())
        ledger.story(1)

    time.then[2] = taken_back
    assert poll(after=at, wait=15).status_code == 401
    assert not PressDelivery.objects.exists()


def test_without_a_seat_the_answer_comes_at_once_and_says_when_to_come_again(
    poll, time, settings, newspaper
):
    at = poll().json()["next"]
    settings.PRESS_WAITING = 3
    other = PressClient.objects.create(name="dai", organisation="Đài")

    def is_sent_away() -> bool:
        before = time.pauses
        answer = poll(after=at, wait=1)
        assert answer.json() == {"items": [], "next": at}
        return answer.headers.get("Retry-After") == "5" and time.pauses == before

    assert not is_sent_away()
    with waiting.seats.taken(newspaper.pk) as first, waiting.seats.taken(newspaper.pk) as second:
        assert (first, second) == (True, True)
        assert is_sent_away()  # it has its two
    with (
        waiting.seats.taken(other.pk),
        waiting.seats.taken(other.pk),
        waiting.seats.taken(other.pk + 1),
    ):
        assert is_sent_away()  # the process is full
    assert not is_sent_away()


def test_a_server_with_one_thread_holds_nobody(poll, time):
    assert poll(threads=False, wait=15).headers["Retry-After"] == "5"
    assert poll(method="head", wait=15).status_code == 200
    assert time.pauses == 0


@pytest.mark.parametrize("wrong", ["16", "-1", "x", "1.5"])
def test_only_whole_seconds_up_to_fifteen(poll, wrong):
    assert poll(wait=wrong).status_code == 400


@pytest.mark.xdist_group("concurrency")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nobody_holds_a_connection_while_waiting(poll, time):
    held = []
    time.then = {pause: lambda: held.append(connection.connection) for pause in range(1, 5)}
    poll(wait=2)
    assert held == [None] * 4


def test_a_release_of_this_process_wakes_at_once(django_capture_on_commit_callbacks):
    waiting.watch.moved()
    assert waiting.watch.head() == 0
    with django_capture_on_commit_callbacks(execute=True):
        ledger.story(1)
    assert waiting.watch.head() == 1
