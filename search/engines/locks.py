"""One writer of an index among all processes, whatever keeps the index.

Where the database is PostgreSQL, processes on several machines share it: an advisory lock. Else a
lock on a file. Both are let go by the system when the process that holds them dies.
"""

from __future__ import annotations

import fcntl
import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

_here: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


@contextmanager
def writer(name: str, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of this name; yields False where someone else has it and `wait` is off.

    Not re-entrant. Raises DatabaseError where the database is away.
    """
    if connections["default"].vendor == "postgresql":
        with _advisory(name, wait=wait) as mine:
            yield mine
    else:
        with on_file(Path(settings.VAR_DIR) / "locks" / f"{name}.lock", wait=wait) as mine:
            yield mine


@contextmanager
def on_file(path: Path, *, wait: bool) -> Iterator[bool]:
    """The same by a file of one machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def _advisory(name: str, *, wait: bool) -> Iterator[bool]:
    """In a session of its own: no failed transaction of the caller's can keep it locked."""
    # Within one process first: a session may take its own advisory lock twice.
    here = _here[name]
    if not here.acquire(blocking=wait):
        yield False
        return
    try:
        session = connections["default"].copy()
        try:
            with session.cursor() as cursor:
                take = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
                cursor.execute(f"SELECT {take}(%s)", [_key(name)])
                mine = cursor.fetchone()[0] is not False
            yield mine
        finally:
            session.close()
    finally:
        here.release()


def _key(name: str) -> int:
    """A name as the signed 64-bit number that PostgreSQL locks by."""
    digest = hashlib.blake2b(f"guong-sang:{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
