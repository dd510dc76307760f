"""What is the embedded engine's own: its files, its tables, how it ranks what is common."""

from __future__ import annotations

import pytest

from search.engines.base import Delete
from search.engines.embedded import EmbeddedEngine, matching
from search.tests.makers import entry, filled, found
from search.understanding import corrections, understand

LAN = entry(1, "Chị Lan giữ nghề nón lá", "Ba mươi năm bên khung nón.")


@pytest.fixture
def finding(tmp_path):
    return EmbeddedEngine(tmp_path / "a.sqlite3")


def files(engine) -> list[str]:
    return [path.name for path in engine.files.link.parent.glob("a.*.sqlite3")]


def test_one_file_is_left_by_a_rebuild_and_by_a_failed_one(finding):
    filled(finding, LAN)
    with finding.writing(wait=True), finding.rebuilding() as fresh:
        filled(fresh, LAN)
    assert len(files(finding)) == 1

    with pytest.raises(ZeroDivisionError), finding.rebuilding() as fresh:
        filled(fresh, LAN)
        raise ZeroDivisionError
    assert len(files(finding)) == 1


def test_nothing_of_a_deleted_text_stays_in_the_tables(finding):
    filled(finding, LAN, entry(2, "Chị Hoa trồng chè"))
    finding.apply([Delete(LAN.uuid, 3)], 3)

    with finding._connected() as (db, _opened):
        held = {word for (word,) in db.execute("SELECT folded FROM word")}
        pairs = {pair for (pair,) in db.execute("SELECT pair FROM pair")}
        bodies = db.execute("SELECT count(*) FROM body").fetchone()
        db.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, text_index, row)")
        terms = {term for (term,) in db.execute("SELECT term FROM v")}
    assert bodies == (1,)
    assert "non" not in held | terms
    assert "hoa" in held & terms
    assert not any("non" in pair.split() for pair in pairs)


def test_a_rebuild_removes_what_a_killed_one_left(finding):
    filled(finding, LAN)
    left = finding.files.next()
    left.write_bytes(b"half")

    with finding.writing(wait=True), finding.rebuilding() as fresh:
        filled(fresh, LAN)

    assert len(list(left.parent.glob("a.*.sqlite3"))) == 1
    assert found(finding, "Lan") == [1]


def test_an_index_of_another_version_is_begun_afresh(finding, tmp_path):
    filled(finding, LAN)
    with finding._connected() as (db, _opened):
        db.execute("PRAGMA user_version=999")
    finding.close()

    assert EmbeddedEngine(tmp_path / "a.sqlite3").offset() == 0


def test_common_words_still_put_the_fitting_title_first(tmp_path, monkeypatch):
    monkeypatch.setattr(matching, "COMMON", 5)
    monkeypatch.setattr(matching, "COMMON_LEAST", 5)
    stories = [
        entry(n, f"Chuyện {n}", "Phụ nữ xây dựng gia đình hạnh phúc.") for n in range(1, 400)
    ]
    archive = filled(
        EmbeddedEngine(tmp_path / "a"),
        entry(500, "Gia đình hạnh phúc", date=stories[0].date),
        *stories,
    )

    assert found(archive, "gia dinh hanh phuc")[0] == 500
    assert found(archive, "gia đình hạnh phúc")[0] == 500


def test_no_name_of_a_deleted_entry_stays_in_the_tables(finding):
    named = {
        "people": ("Nguyễn Thị Lan",),
        "tags": ("làng nghề",),
        "units": (("1", "Xã Lâm Thao"),),
    }
    filled(finding, entry(1, "Chị Lan", **named), entry(2, "Chị Hoa", tags=("làng nghề",)))
    for _ in range(2):
        filled(finding, entry(1, "Chị Lan giữ nghề", seq=3, **named))
    finding.apply([Delete(LAN.uuid, 4)], 4)

    with finding._connected() as (db, _opened):
        assert db.execute("SELECT kind, label, n FROM name").fetchall() == [("tag", "làng nghề", 1)]
        assert db.execute("SELECT run FROM run").fetchall() == [("lang nghe ",), ("nghe ",)]
        assert db.execute("SELECT run FROM title").fetchall() == [("chi hoa ",)]


def test_a_known_word_is_put_right_only_by_what_was_seen_in_its_company(finding):
    filled(
        finding,
        entry(1, "Đồi chè", "Lứa chè đầu xuân."),
        entry(2, "Chị Hoa làm giàu từ nấm"),
        entry(3, "Phiên chợ quê"),
    )

    def read(q: str) -> set[str]:
        with finding.vocabulary() as lexicon:
            return {" ".join(r.words) for r in corrections(understand(q, lexicon), lexicon)}

    assert read("che nấm") == set()
    assert "cho que" in read("che quê")
    assert "nam" in read("nma")
