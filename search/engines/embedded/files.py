"""The index file and who may touch it: many readers, one writer, a rebuilt file swapped in whole.

`archive.sqlite3` is a symbolic link to the file in use, `archive.<n>.sqlite3`. Swapping the link is
one atomic step; a process that still has the old file open reads on from it until its next search.
Replacing a WAL database under its own name would not be safe: its log would outlive it.
"""

# ruff: noqa: S608 - what is put into statements here are table names and numbers of our own
from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from search.engines.embedded import store
from search.engines.locks import on_file

BUSY_SECONDS: Final = 10.0


class IndexFiles:
    """Names and opens the files of one index."""

    def __init__(self, link: Path) -> None:
        self.link = Path(os.path.abspath(link))

    def current(self) -> Path | None:
        """The file in use, or None before the first."""
        try:
            target = self.link.parent / os.readlink(self.link)
        except OSError:
            return self.link if self.link.exists() else None
        return target if target.exists() else None

    def next(self) -> Path:
        """A free name for a new file."""
        self.link.parent.mkdir(parents=True, exist_ok=True)
        number = max(self._numbered(), default=0) + 1
        return self.link.with_name(f"{self.link.stem}.{number}{self.link.suffix}")

    def sweep(self) -> None:
        """Remove what a rebuild that was killed left behind; the caller holds `writing`."""
        current = self.current()
        for path in self._numbered().values():
            if current is not None and path != current:
                remove(path)

    def _numbered(self) -> dict[int, Path]:
        pattern = re.compile(rf"{re.escape(self.link.stem)}\.(\d+){re.escape(self.link.suffix)}")
        names = os.listdir(self.link.parent)
        return {
            int(match[1]): self.link.with_name(match[0])
            for name in names
            if (match := pattern.match(name))
        }

    def swap_in(self, new: Path) -> None:
        """Make `new` the file in use and remove the one before."""
        old = self.current()
        fresh = self.link.with_name(self.link.name + ".new")
        with suppress(FileNotFoundError):
            fresh.unlink()
        fresh.symlink_to(new.name)
        os.replace(fresh, self.link)
        if old is not None and old != new:
            # A plain file of that name is gone with the swap; its log is not.
            remove(old, but_itself=old == self.link)

    def begin(self, *, instead_of: Path | None) -> Path:
        """Put an empty file in use; another process's, if it was quicker."""
        new = self.next()
        create(new)
        if instead_of is None and not self.link.is_symlink():
            try:
                self.link.symlink_to(new.name)
            except FileExistsError:
                remove(new)
                return self.current() or new
            return new
        self.swap_in(new)
        return new

    @contextmanager
    def writing(self, *, wait: bool) -> Iterator[bool]:
        """Hold the writer's lock of this index; yields False where another process has it."""
        path = self.link.with_name(self.link.name + ".lock")
        with on_file(path, wait=wait) as mine:
            yield mine


def create(path: Path) -> None:
    """Lay out an empty index file."""
    db = sqlite3.connect(path)
    try:
        db.execute("PRAGMA page_size=8192")
        db.execute("PRAGMA journal_mode=WAL")
        store.create(db)
        db.commit()
    finally:
        db.close()


def relax(db: sqlite3.Connection) -> None:
    """For filling a file that nobody else has open, and that is thrown away where that fails."""
    db.execute("PRAGMA journal_mode=OFF").fetchall()
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA cache_size=-65536")
    for table in store.INDEXES:
        db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', 16777216)")


def settle(db: sqlite3.Connection) -> None:
    """Merge what was filled in."""
    for table in store.INDEXES:
        db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', 1048576)")
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def secure(db: sqlite3.Connection) -> None:
    """Be careful from now on."""
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA journal_mode=WAL").fetchall()


def is_readable(path: Path) -> bool:
    """Whether the file has this version's tables. Raises DatabaseError for a damaged one."""
    db = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        return db.execute("PRAGMA user_version").fetchone()[0] == store.VERSION
    finally:
        db.close()


def connect(path: Path) -> sqlite3.Connection:
    """Open an index file; transactions are begun and ended by hand."""
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA synchronous=NORMAL")
    db.execute("PRAGMA mmap_size=134217728")
    db.execute("PRAGMA temp_store=MEMORY")
    db.execute(
        "CREATE VIRTUAL TABLE temp.trigram_vocabulary USING fts5vocab(main, trigram_index, row)"
    )
    return db


def remove(path: Path, *, but_itself: bool = False) -> None:
    """Remove an index file and its log."""
    for suffix in ("-wal", "-shm", "-journal") if but_itself else ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()
