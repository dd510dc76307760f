"""What every engine behind the port promises; and what the null engine leaves out."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from search.engines import get_engine
from search.engines.base import Delete, Upsert
from search.engines.embedded import EmbeddedEngine
from search.engines.null import NullEngine
from search.query import ArchiveQuery, Position, QueryError
from search.tests.makers import NUMBER, entry, filled, found

LAN = entry(1, "Chị Lan giữ nghề nón lá", "Ba mươi năm bên khung nón.")


def test_an_empty_engine_stands_before_the_ledger(finding):
    assert finding.offset() == 0
    assert finding.search(ArchiveQuery(q="nón")).count == 0
    assert finding.entries() == {}
    assert finding.holds(LAN.uuid) is None


def test_the_null_engine_keeps_up_and_finds_nothing():
    engine = NullEngine()
    engine.apply([Upsert(LAN)], 7)

    assert engine.offset() == 7
    assert engine.search(ArchiveQuery(q="nón")).count == 0


def test_the_offset_moves_with_the_changes_and_never_back(finding):
    finding.apply([Upsert(LAN)], 7)
    finding.apply([], 3)

    assert finding.offset() == 7


def test_reset_forgets_everything(finding):
    filled(finding, LAN)
    finding.reset()

    assert finding.offset() == 0
    assert finding.entries() == {}
    assert finding.search(ArchiveQuery(q="nón")).count == 0


def test_an_index_ahead_of_its_ledger_is_forgotten_by_the_one_writer(finding):
    filled(finding, LAN)
    with finding.writing(wait=True) as mine:
        assert mine
        finding.reset()

    assert finding.offset() == 0


def test_a_cursor_of_another_query_is_refused(finding):
    with pytest.raises(QueryError):
        finding.search(ArchiveQuery(q="nón", cursor=ArchiveQuery(q="lá").at(Position(1))))


def test_one_writer_at_a_time(finding):
    with finding.writing(wait=False) as first, finding.writing(wait=False) as second:
        assert first
        assert not second


def test_changes_are_safe_to_repeat(finding):
    for _ in range(3):
        filled(finding, LAN)

    assert finding.search(ArchiveQuery()).count == 1
    assert found(finding, "nón lá") == [1]


def test_a_later_release_wins_in_whatever_order_they_come(finding):
    later = entry(1, "Chị Lan mở hợp tác xã", seq=5)
    finding.apply([Upsert(later)], 5)
    finding.apply([Upsert(LAN)], 6)

    assert finding.entries() == {LAN.uuid: 5}
    assert finding.holds(LAN.uuid) == 5
    assert found(finding, "hợp tác xã") == [1]


def test_a_deletion_wins_over_an_older_update_that_comes_late(finding):
    finding.apply([Delete(LAN.uuid, 9)], 9)
    finding.apply([Upsert(LAN)], 10)
    assert finding.search(ArchiveQuery()).count == 0

    finding.apply([Upsert(entry(1, "Chị Lan", seq=9))], 11)
    assert finding.search(ArchiveQuery()).count == 0

    finding.apply([Upsert(entry(1, "Chị Lan", seq=12))], 12)
    assert found(finding, "Lan") == [1]


def test_a_deletion_wins_within_one_batch(finding):
    finding.apply([Delete(LAN.uuid, 4), Upsert(LAN), Upsert(entry(2, "Chị Hoa"))], 4)

    assert finding.entries() == {NUMBER.format(2): 2}


def test_a_failing_batch_changes_nothing(finding):
    filled(finding, LAN)
    broken = entry(2, "Chị Hoa", date=None)

    with pytest.raises(AttributeError):
        finding.apply([Upsert(entry(3, "Chị Mai")), Upsert(broken)], 3)

    assert finding.offset() == 1
    assert finding.entries() == {LAN.uuid: 1}
    assert found(finding, "Lan") == [1]


def test_a_rebuilt_index_takes_the_place_of_the_old_one_at_once(finding):
    filled(finding, LAN)
    with finding.writing(wait=True), finding.rebuilding() as fresh:
        filled(fresh, entry(2, "Chị Hoa trồng chè"))
        assert found(finding, "Lan") == [1]

    assert finding.entries() == {NUMBER.format(2): 2}
    assert found(finding, "che") == [2]


def test_a_failed_rebuild_leaves_the_old_index_in_place(finding):
    filled(finding, LAN)
    with pytest.raises(ZeroDivisionError), finding.rebuilding() as fresh:
        filled(fresh, entry(2, "Chị Hoa"))
        raise ZeroDivisionError

    assert found(finding, "Lan") == [1]


def test_threads_read_while_one_writes(finding):
    filled(finding, LAN)
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                assert 1 in found(finding, "nón lá")
                assert finding.search(ArchiveQuery(q="chi", limit=5)).count >= 1
        except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
            failures.append(error)
        finally:
            finding.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(2, 30):
        finding.apply([Upsert(entry(number, f"Chị Hoa {number}"))], number)
    done.set()
    for reader in readers:
        reader.join()

    assert failures == []
    assert finding.search(ArchiveQuery()).count == 29


def test_the_engine_is_chosen_by_a_setting(settings):
    assert isinstance(get_engine(), EmbeddedEngine)
    settings.ARCHIVE_ENGINE = "null"
    assert isinstance(get_engine(), NullEngine)
    settings.ARCHIVE_ENGINE = "solr"
    with pytest.raises(ImproperlyConfigured):
        get_engine()
