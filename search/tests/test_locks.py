"""One writer among threads and processes, on either database."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from search.engines import locks

pytestmark = pytest.mark.django_db


def taken_by_another_thread(name: str) -> bool:
    found: list[bool] = []

    def look() -> None:
        with locks.writer(name, wait=False) as mine:
            found.append(not mine)
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


def test_one_writer_of_a_name_at_a_time():
    with locks.writer("a", wait=True) as mine:
        assert mine
        with locks.writer("a", wait=False) as again:
            assert not again
        assert taken_by_another_thread("a")
        assert not taken_by_another_thread("b")
    assert not taken_by_another_thread("a")


def test_a_failed_transaction_lets_go():
    with (
        pytest.raises(DatabaseError),
        locks.writer("a", wait=True),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT nothing FROM nowhere")

    assert not taken_by_another_thread("a")


def test_a_writer_is_waited_for():
    order: list[str] = []
    inside, go = threading.Event(), threading.Event()

    def first() -> None:
        with locks.writer("a", wait=True):
            inside.set()
            go.wait()
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait()
    assert taken_by_another_thread("a")
    go.set()
    with locks.writer("a", wait=True) as mine:
        order.append("second")
    thread.join()

    assert mine
    assert order == ["first", "second"]
