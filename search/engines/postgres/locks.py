"""One writer among all processes, by a lock that PostgreSQL keeps."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import transaction

_HERE: Final[dict[str, threading.Lock]] = {}


def key(name: str) -> int:
    """The number of a lock."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)


@contextmanager
def held(name: str, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of this name; False where somebody has it and `wait` is off.

    Within a transaction it is held to that transaction's end, as are the rows written meanwhile:
    a statement that gives it back would fail where the transaction has.
    """
    # A session may take a lock of its own twice, so threads and callers here are told apart first.
    here = _HERE.setdefault(name, threading.Lock())
    if not here.acquire(blocking=wait):
        yield False
        return
    try:
        with _held_by_session(key(name), wait=wait) as mine:
            yield mine
    finally:
        here.release()


@contextmanager
def _held_by_session(number: int, *, wait: bool) -> Iterator[bool]:
    connection = transaction.get_connection()
    nested = connection.in_atomic_block
    function = f"pg_{'' if wait else 'try_'}advisory_{'xact_' if nested else ''}lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [number])
        mine = wait or cursor.fetchone()[0]
    try:
        yield mine
    finally:
        # A connection that broke has given its locks back.
        if mine and not nested and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
