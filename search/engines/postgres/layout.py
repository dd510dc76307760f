"""The index's tables in the main database, laid out by the engine itself.

No migrations: everything here is made from the ledger and can be thrown away, and a rebuilt index
is a second set of tables that takes the place of the first. The register says which set is in use;
putting another in its place is a change of two rows, for which no reader waits.
"""

# ruff: noqa: S608 - what is put into statements here are table names of our own
from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from django.db import Error, connection, transaction
from django.db.backends.utils import CursorWrapper

from search.engines.postgres import locks

logger = logging.getLogger(__name__)
VERSION: Final = 1
MEMORY_TO_INDEX: Final = "256MB"
# How long removing waits for who reads. Less than PostgreSQL's `deadlock_timeout`: a reader that
# waits for one table while it holds another goes on, and removing is tried again.
PATIENCE: Final = "200ms"
_TABLES: Final = ("entry", "doc", "body", "facet", "gone", "title", "name", "run")
# Its columns stay the same in all versions.
_REGISTER: Final = """
CREATE TABLE IF NOT EXISTS {register} (
    number integer PRIMARY KEY, token text NOT NULL, version integer NOT NULL,
    current boolean NOT NULL, "offset" bigint NOT NULL DEFAULT 0,
    generation bigint NOT NULL DEFAULT 0, last_doc integer NOT NULL DEFAULT 0
)
"""
# `terms` stand aside from the rows that a search goes through, as they are: no two numbers are
# alike. Statistics of them would cost much and say nothing, they are always looked up in the index.
_LAYOUT: Final = """
CREATE TABLE {entry} (uuid text COLLATE "C" PRIMARY KEY, seq bigint NOT NULL, doc integer);
CREATE TABLE {doc} (
    id integer PRIMARY KEY, uuid text NOT NULL, seq bigint NOT NULL, day integer NOT NULL,
    facets text NOT NULL, terms bigint[] NOT NULL
) WITH (toast_tuple_target = 128);
ALTER TABLE {doc} ALTER terms SET STORAGE EXTERNAL, ALTER terms SET STATISTICS 0;
CREATE TABLE {body} (
    id integer PRIMARY KEY, title text NOT NULL, lead text NOT NULL, text text NOT NULL,
    folded_title text NOT NULL, folded text COLLATE "C" NOT NULL, exact text NOT NULL,
    names integer[] NOT NULL
);
CREATE TABLE {title} (id integer PRIMARY KEY, run text COLLATE "C" NOT NULL);
CREATE INDEX ON {title} (run);
CREATE TABLE {name} (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, value text NOT NULL,
    label text NOT NULL, run text NOT NULL, n integer NOT NULL DEFAULT 0,
    UNIQUE (kind, value, label)
);
CREATE INDEX ON {name} (kind, n);
CREATE TABLE {run} (
    kind text NOT NULL, run text COLLATE "C" NOT NULL, name integer NOT NULL,
    PRIMARY KEY (kind, run, name)
);
CREATE INDEX ON {run} (name);
CREATE TABLE {facet} (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, value text NOT NULL,
    UNIQUE (name, value)
);
CREATE TABLE {gone} (n integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, doc integer NOT NULL);
"""
# What is new waits in a list that each writer sorts in at its end (`settle`).
_TERMS: Final = """
CREATE INDEX {terms} ON {doc} USING gin (terms) WITH (gin_pending_list_limit = 262144)
"""


@dataclass(frozen=True, slots=True)
class Index:
    """One set of tables and where it stands. `token` is never used twice."""

    register: str
    number: int
    token: str
    version: int
    offset: int
    generation: int
    last_doc: int

    def table(self, name: str) -> str:
        return f"{self.register}_{self.number}_{name}"

    def named(self, statement: str) -> str:
        """The statement with this index's tables in the place of {doc}, {body} and so on."""
        tables = {name: self.table(name) for name in (*_TABLES, "terms")}
        return statement.format(register=self.register, **tables)


def find(
    cursor: CursorWrapper, register: str, number: int | None = None, *, lock: bool = False
) -> Index | None:
    """The index in use, or that of a number; None where there is none of this version.

    Raises ProgrammingError where nothing was ever laid out.
    """
    which, values = ("current", []) if number is None else ("number = %s", [number])
    cursor.execute(
        f'SELECT number, token, version, "offset", generation, last_doc FROM {register}'
        f" WHERE {which}{' FOR UPDATE' if lock else ''}",
        values,
    )
    row = cursor.fetchone()
    index = Index(register, *row) if row else None
    return index if index is not None and index.version == VERSION else None


def begin(register: str, *, instead_of: Index | None = None) -> None:
    """Put an empty index in use, unless another process has done so meanwhile."""
    with _arranging(register) as cursor:
        cursor.execute(_REGISTER.format(register=register))
        found = find(cursor, register)
        if found is not None and (instead_of is None or found.token != instead_of.token):
            return
        cursor.execute(f"SELECT number FROM {register} WHERE current")
        old = [number for (number,) in cursor.fetchall()]
        fresh = _create(cursor, register)
        cursor.execute(fresh.named(_TERMS))
        _put_in_place(cursor, fresh)
    _remove(register, old)


def create(register: str) -> Index:
    """An empty index that nobody reads yet, for filling: `complete` makes it searchable."""
    with _arranging(register) as cursor:
        cursor.execute(_REGISTER.format(register=register))
        return _create(cursor, register)


def complete(index: Index) -> None:
    """Index what was filled in, all at once, and put it in use."""
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        tuned(cursor, maintenance_work_mem=MEMORY_TO_INDEX, statement_timeout="0"),
    ):
        cursor.execute(index.named(_TERMS))
        cursor.execute(index.named("ANALYZE {doc}, {body}, {entry}, {title}, {name}, {run}"))
    with _arranging(index.register) as cursor:
        _put_in_place(cursor, index)
    sweep(index.register)


def discard(index: Index) -> None:
    """Remove an index that was never put in use."""
    with _arranging(index.register) as cursor:
        found = find(cursor, index.register)
        if found is None or found.number != index.number:
            _drop(cursor, index.register, index.number)


def sweep(register: str) -> None:
    """Remove what is not in use. The caller holds `writing`, so nobody is filling it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [register])
        if cursor.fetchone()[0] is None:
            return
        cursor.execute(f"SELECT number FROM {register} WHERE NOT current")
        _remove(register, [number for (number,) in cursor.fetchall()])


def forget(register: str) -> None:
    """Remove all tables of a register, and the register."""
    with _arranging(register) as cursor:
        cursor.execute("SELECT to_regclass(%s)", [register])
        if cursor.fetchone()[0] is not None:
            cursor.execute(f"SELECT number FROM {register}")
            for (number,) in cursor.fetchall():
                _drop(cursor, register, number)
            cursor.execute(f"DROP TABLE {register}")


def settle(cursor: CursorWrapper, index: Index) -> None:
    """Sort what was written into the index of terms, so that no reader has to go through it."""
    cursor.execute("SELECT to_regclass(%s)", [index.table("terms")])
    if cursor.fetchone()[0] is not None:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index.table("terms")])


@contextmanager
def tuned(cursor: CursorWrapper, **settings: str) -> Iterator[None]:
    """Settings for a part of a transaction; afterwards they are as before."""
    before = {}
    for name, value in settings.items():
        cursor.execute("SELECT current_setting(%s), set_config(%s, %s, true)", [name, name, value])
        before[name] = cursor.fetchone()[0]
    yield
    for name, value in before.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


@contextmanager
def _arranging(register: str) -> Iterator[CursorWrapper]:
    """A transaction in which nobody else lays out or removes tables of this register."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [locks.key(f"{register} layout")])
        yield cursor


def _create(cursor: CursorWrapper, register: str) -> Index:
    cursor.execute(f"SELECT coalesce(max(number), 0) + 1 FROM {register}")
    index = Index(register, cursor.fetchone()[0], str(uuid4()), VERSION, 0, 0, 0)
    cursor.execute(index.named(_LAYOUT))
    cursor.execute(
        f"INSERT INTO {register} (number, token, version, current) VALUES (%s, %s, %s, false)",
        [index.number, index.token, VERSION],
    )
    return index


def _put_in_place(cursor: CursorWrapper, index: Index) -> None:
    cursor.execute(
        f"UPDATE {index.register} SET current = (number = %s) WHERE current OR number = %s",
        [index.number, index.number],
    )


def _remove(register: str, numbers: Iterable[int]) -> None:
    """Remove tables; those that somebody goes on reading are left for the next sweep."""
    for number in numbers:
        for last in (False,) * 9 + (True,):
            try:
                with _arranging(register) as cursor, tuned(cursor, lock_timeout=PATIENCE):
                    _drop(cursor, register, number)
                break
            except Error:
                if last:
                    logger.warning("Archive index %s_%s not removed", register, number)


def _drop(cursor: CursorWrapper, register: str, number: int) -> None:
    tables = ", ".join(f"{register}_{number}_{name}" for name in _TABLES)
    cursor.execute(f"DROP TABLE IF EXISTS {tables}")
    cursor.execute(f"DELETE FROM {register} WHERE number = %s", [number])
