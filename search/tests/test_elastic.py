"""What is Elasticsearch's own: how entries lie there, cursors that go deep, questions as terms."""

from __future__ import annotations

import json
from typing import Any

import pytest

from search.engines.base import Delete, EngineError, Upsert
from search.engines.elastic import searching, writing
from search.engines.elastic.server import Budget
from search.query import ArchiveQuery, Position
from search.tests import elastic
from search.tests.makers import NUMBER, entry, filled, found

LAN = entry(1, "Chị Lan giữ nghề nón lá", "Ba mươi năm bên khung nón.")


@pytest.fixture
def engine(elasticsearch, tmp_path):
    return elastic.engine(tmp_path)


def everything(engine) -> list[dict[str, Any]]:
    """All documents as they are stored."""
    client = engine.server.client
    client.indices.refresh(index=engine.alias)
    asked = {"query": {"match_all": {}}, "stored_fields": ["*"], "_source": True, "size": 100}
    return [dict(hit) for hit in client.search(index=engine.alias, body=asked)["hits"]["hits"]]


def test_nothing_of_a_deleted_text_is_stored(engine):
    filled(engine, LAN, entry(2, "Chị Hoa trồng chè"))
    engine.apply([Delete(LAN.uuid, 3)], 3)

    stored = {hit["_id"]: json.dumps(hit, ensure_ascii=False) for hit in everything(engine)}
    assert "nón" not in stored[LAN.uuid]
    assert "non" not in stored[LAN.uuid]
    assert "chè" in stored[NUMBER.format(2)]


def test_a_refused_entry_is_told_by_its_reason(engine, monkeypatch):
    filled(engine, LAN)
    monkeypatch.setattr(writing.entries, "source", lambda change: {"seq": "mười"})

    with pytest.raises(EngineError, match="seq"):
        engine.apply([Upsert(entry(2, "Chị Hoa"))], 2)
    assert engine.offset() == 1


def test_a_lasting_alias_has_one_index_after_rebuilds(engine):
    filled(engine, LAN)
    for _ in range(2):
        with engine.writing(wait=True), engine.rebuilding() as fresh:
            filled(fresh, LAN)

    client = engine.server.client
    (name,) = client.indices.get(index=f"{engine.alias}-*")
    assert name == f"{engine.alias}-3"
    settings = client.indices.get_settings(index=name, flat_settings=True)[name]["settings"]
    assert "index.refresh_interval" not in settings
    assert settings["index.auto_expand_replicas"] == "0-1"
    assert settings["index.translog.durability"] == "request"


def test_an_alias_with_several_indices_counts_as_none(engine):
    filled(engine, LAN)
    client = engine.server.client
    client.indices.create(index=f"{engine.alias}-other", aliases={engine.alias: {}})
    assert engine.offset() == 0

    filled(engine, LAN)
    assert engine.offset() == 1
    assert found(engine, "nón lá") == [1]


def crowd(engine, count: int = 40):
    return filled(engine, *(entry(n, f"Phụ nữ khu {n}") for n in range(1, count + 1)))


@pytest.mark.parametrize("shown", [1, 9, 13, 39])
def test_a_cursor_of_the_embedded_engine_goes_on_where_it_was(engine, monkeypatch, shown):
    """However deep: beyond the window by walking."""
    monkeypatch.setattr(searching, "WINDOW", 6)
    crowd(engine)
    query = ArchiveQuery(q="phu nu", limit=40)
    whole = [hit.uuid for hit in engine.search(query).hits]

    cursor = query.at(Position(shown))
    page = engine.search(ArchiveQuery(q="phu nu", limit=5, cursor=cursor))

    assert [hit.uuid for hit in page.hits] == whole[shown : shown + 5]


def test_pages_beyond_the_window_go_through_everything_once(engine, monkeypatch):
    monkeypatch.setattr(searching, "WINDOW", 6)
    monkeypatch.setattr("search.engines.elastic.pools.POOL", 7)
    crowd(engine)
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = engine.search(ArchiveQuery(q="phu nu", limit=4, cursor=cursor))
        seen += [hit.uuid for hit in page.hits]
        cursor = page.next

    assert len(seen) == len(set(seen)) == 40
    assert seen[7:] == sorted(seen[7:], reverse=True), "after the ranked ones the newest first"


def test_a_place_beyond_the_end_is_an_empty_page(engine, monkeypatch):
    monkeypatch.setattr(searching, "WINDOW", 6)
    crowd(engine)
    cursor = ArchiveQuery(q="phu nu").at(Position(10_000))

    page = engine.search(ArchiveQuery(q="phu nu", cursor=cursor))
    assert (page.hits, page.next, page.count) == ((), None, 40)


def kinds(query: Any) -> set[str]:
    """Every key of a request body."""
    if isinstance(query, dict):
        return set(query).union(*map(kinds, query.values()))
    return set().union(*map(kinds, query)) if isinstance(query, list) else set()


@pytest.mark.parametrize(
    "q",
    [
        "title:nón OR *",
        "nón~2 /.*/ (lá",
        '{"match_all": {}}',
        "x" * 10_000,
        "nón\x00lá",
        "nó?",
        '"nón* lá"',
        "khu một hai ba bốn năm sáu bảy tám chín mười " * 30,
    ],
)
def test_what_is_typed_never_becomes_a_query_language(engine, monkeypatch, q):
    filled(engine, LAN)
    asked: list[dict[str, Any]] = []
    real = Budget.ask
    monkeypatch.setattr(
        Budget,
        "ask",
        lambda self, index, bodies: [asked.extend(bodies), real(self, index, bodies)][1],
    )
    engine.search(ArchiveQuery(q=q))
    engine.complete(q, 5)

    parsed = {"query_string", "simple_query_string", "wildcard", "regexp", "script", "fuzzy"}
    assert not parsed & kinds(asked)
    assert max(len(json.dumps(body)) for body in asked) < 100_000


def test_like_an_entry_are_those_with_its_words(engine):
    filled(
        engine,
        LAN,
        entry(2, "Nghề nón lá ở làng Gia Thanh", "Khung nón, lá cọ, nghề cũ."),
        entry(3, "Chè Đá Hen vào mùa", "Hái chè trên đồi."),
        entry(4, "Nón lá cuối vụ", "Nghề làm nón bên khung."),
    )
    engine.apply([Delete(NUMBER.format(4), 5)], 5)

    assert engine.similar(LAN.uuid, 5) == (NUMBER.format(2),)
    assert engine.similar(NUMBER.format(4), 5) == engine.similar("khong-co", 5) == ()
