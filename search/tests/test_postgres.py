"""What is the PostgreSQL engine's own: its tables, its place in transactions, its locks."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from search.engines.base import Delete, EngineError, Upsert
from search.engines.embedded import EmbeddedEngine
from search.query import ArchiveQuery
from search.tests.makers import IN_DATABASE, NUMBER, entry, filled, found

pytestmark = [
    pytest.mark.skipif(not IN_DATABASE, reason="the main database is not PostgreSQL"),
    # Committed, as threads must see it; no model's table is touched, so none is emptied.
    pytest.mark.django_db(transaction=True, available_apps=["search"]),
]
LAN = entry(1, "Chị Lan giữ nghề nón lá", "Ba mươi năm bên khung nón.")
REGISTER = "archive_own_test"


@pytest.fixture
def finding(db, tmp_path):
    from search.engines.postgres import PostgresEngine, layout

    yield PostgresEngine(EmbeddedEngine(tmp_path / "archive.sqlite3"), REGISTER)
    layout.forget(REGISTER)


def asked(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def tables() -> list[str]:
    rows = asked("SELECT tablename FROM pg_tables WHERE tablename LIKE %s", f"{REGISTER}%doc")
    return [name for (name,) in rows]


def together(*works: Callable[[], None]) -> list[Exception]:
    """Does each in a thread of its own; what failed."""
    failures: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_an_index_of_another_version_is_begun_afresh(finding):
    filled(finding, LAN)
    asked(f"UPDATE {REGISTER} SET version = 999")

    assert finding.offset() == 0
    assert finding.search(ArchiveQuery()).count == 0
    assert len(tables()) == 1


def test_a_rebuild_removes_what_a_killed_one_left(finding):
    from search.engines.postgres import layout

    filled(finding, LAN)
    layout.create(REGISTER)
    assert len(tables()) == 2

    with finding.writing(wait=True), finding.rebuilding() as fresh:
        filled(fresh, LAN)

    assert len(tables()) == 1
    assert found(finding, "Lan") == [1]


def test_a_failed_rebuild_leaves_no_tables(finding):
    filled(finding, LAN)
    with pytest.raises(ZeroDivisionError), finding.rebuilding():
        raise ZeroDivisionError

    assert len(tables()) == 1


def test_nothing_of_a_deleted_text_stays_in_the_tables(finding):
    from search.engines.postgres import terms

    told = entry(1, LAN.title, LAN.text, people=("Nguyễn Thị Lan",), tags=("làng nghề",))
    filled(finding, told, entry(2, "Chị Hoa trồng chè", tags=("chè",)))
    finding.apply([Delete(LAN.uuid, 3)], 3)

    (table,) = tables()
    held = [term for (numbers,) in asked(f"SELECT terms FROM {table}") for term in numbers]
    bodies = asked(f"SELECT exact FROM {table.replace('_doc', '_body')}")
    assert terms.term(terms.WORD, "hoa") in held
    assert terms.term(terms.WORD, "non") not in held
    assert [exact.split()[:2] for (exact,) in bodies] == [["chị", "hoa"]]
    for lent, left in (("name", {"che "}), ("run", {"che "}), ("title", {"chi hoa trong che "})):
        assert {
            run for (run,) in asked(f"SELECT run FROM {table.replace('_doc', f'_{lent}')}")
        } == left


def test_a_failing_search_harms_no_transaction_around_it(finding):
    filled(finding, LAN)
    (table,) = tables()
    for broken in (table, table.replace("_doc", "_entry")):
        asked(f"ALTER TABLE {broken} RENAME COLUMN seq TO other")

    with transaction.atomic():
        with pytest.raises(EngineError):
            finding.search(ArchiveQuery(q="nón"))
        with pytest.raises(EngineError):
            finding.apply([Upsert(entry(2, "Chị Hoa"))], 2)
        assert asked("SELECT 1") == [(1,)]


def test_a_slow_statement_is_an_engine_that_is_away(finding, monkeypatch):
    from search.engines.postgres import engine
    from search.engines.postgres.view import PostgresView

    filled(finding, LAN)
    monkeypatch.setattr(engine, "_SEARCHING", "SET LOCAL statement_timeout = 50")
    monkeypatch.setattr(
        PostgresView, "shown", lambda self, docs: self.rows("SELECT pg_sleep(%s)", 60)
    )

    with pytest.raises(EngineError):
        finding.search(ArchiveQuery(q="nón"))
    assert asked("SHOW statement_timeout") == [("0",)]


def test_a_search_leaves_the_settings_of_a_transaction_as_they_are(finding):
    filled(finding, LAN)
    with transaction.atomic():
        assert found(finding, "nón") == [1]
        settings = asked(
            "SELECT current_setting('enable_seqscan'), current_setting('statement_timeout'),"
            " current_setting('transaction_read_only')"
        )

    assert settings == [("on", "0", "off")]


def test_what_a_transaction_takes_back_was_never_seen_by_others(finding):
    filled(finding, LAN)
    assert found(finding, "chị") == [1]
    seen: list[list[int]] = []
    with transaction.atomic():
        finding.apply([Upsert(entry(2, "Chị Hoa"))], 2)
        assert sorted(found(finding, "chị")) == [1, 2]
        assert together(lambda: seen.append(found(finding, "chị"))) == []
        transaction.set_rollback(True)

    assert seen == [[1]]
    assert finding.offset() == 1
    finding.apply([Upsert(entry(3, "Chị Mai"))], 3)
    assert sorted(found(finding, "chị")) == [1, 3]


def test_searches_go_on_while_the_index_is_rebuilt(finding):
    filled(finding, LAN)
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            assert found(finding, "nón lá") == [1]

    def rebuild() -> None:
        try:
            for _ in range(4):
                with finding.writing(wait=True), finding.rebuilding() as fresh:
                    fresh.apply([Upsert(LAN)], 1)
        finally:
            done.set()

    assert together(read, read, rebuild) == []
    assert finding.entries() == {LAN.uuid: 1}
    assert finding.offset() == 1


def test_two_writers_lose_nothing(finding):
    def write(*numbers: int) -> None:
        for number in numbers:
            finding.apply([Upsert(entry(number, f"Chị Hoa {number}"))], number)

    assert together(lambda: write(*range(1, 30, 2)), lambda: write(*range(2, 30, 2))) == []

    assert finding.entries() == {NUMBER.format(n): n for n in range(1, 30)}
    assert finding.offset() == 29
    assert finding.search(ArchiveQuery(q="hoa")).count == 29


def test_an_index_begun_by_many_at_once_is_one(finding):
    assert together(*[lambda: finding.offset() and None] * 4) == []

    assert len(tables()) == 1
    assert asked(f"SELECT count(*) FROM {REGISTER}") == [(1,)]


def test_a_writer_in_another_process_keeps_others_out_until_it_is_done(finding):
    from search.engines.postgres import locks

    held, over = threading.Event(), threading.Event()

    def elsewhere() -> None:
        # A session of its own, and none of this process's own locks.
        asked("SELECT pg_advisory_lock(%s)", locks.key(f"{REGISTER} writing"))
        held.set()
        over.wait(30)
        asked("SELECT pg_advisory_unlock_all()")

    thread = threading.Thread(target=lambda: together(elsewhere))
    thread.start()
    assert held.wait(30)
    with finding.writing(wait=False) as mine:
        assert not mine
    over.set()
    thread.join()
    with finding.writing(wait=False) as mine:
        assert mine


def test_a_writer_that_fails_gives_the_lock_back(finding):
    with pytest.raises(ZeroDivisionError), finding.writing(wait=True):
        raise ZeroDivisionError

    with finding.writing(wait=False) as mine:
        assert mine


def test_a_page_of_the_embedded_engine_is_gone_on_from(finding):
    filled(finding, *(entry(n, f"Chị Hoa khu {n}") for n in range(1, 8)))
    query = ArchiveQuery(q="hoa", limit=3)
    first = finding.words.search(query)

    second = finding.search(ArchiveQuery(q="hoa", limit=100, cursor=first.next))

    shown = [hit.uuid for hit in (*first.hits, *second.hits)]
    assert len(shown) == len(set(shown)) == 7
