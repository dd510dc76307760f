"""Drills: the server is away, slow, full or not ours. Readers notice nothing, nothing is lost, all
heals by itself, and what was withdrawn never comes back."""

from __future__ import annotations

import pytest

from accounts.tests import proxy
from accounts.tests.proxy import always
from search import answering, engines, reader, services
from search.answering import LONGEST_PAUSE, Breaker
from search.engines.base import EngineError
from search.engines.elastic import ElasticEngine, Server, entries, server, writing
from search.query import ArchiveQuery
from search.tests import elastic
from stories import factories
from stories.pages.models import Withdrawal
from stories.releases import selectors

pytestmark = pytest.mark.django_db
TITLE = "Chị Lan giữ nghề nón lá"


class Drill:
    """The archive on Elasticsearch behind a proxy, with a clock of its own for the pauses."""

    def __init__(self, people, line: proxy.Proxy) -> None:
        self.people = people
        self.line = line
        self.now = 0.0
        self.alias = elastic.alias()
        self.real = Server([line.target], search_seconds=elastic.PATIENCE)
        # What hangs is not waited for long; what works is given time.
        self.engine = ElasticEngine(
            Server([line.url], search_seconds=5.0), self.alias, engines.embedded()
        )

    def publish(self, title: str = TITLE):
        return factories.publish(factories.story(self.people["editor"], title=title), self.people)

    def withdraw(self, story) -> None:
        page = type(story).objects.get(pk=story.pk)
        page.withdraw(Withdrawal("canceled", "Rút lại đồng ý."), self.people["board"])

    def titles(self, q: str = "non la") -> list[str]:
        return [item.title for item in services.search(ArchiveQuery(q=q)).items]

    def heal(self) -> None:
        """The server is well again, and the longest pause is over."""
        self.line.rule = proxy.through
        self.now += LONGEST_PAUSE

    def answers(self, q: str = "non la") -> list[str]:
        """What the server itself finds, asked through the archive; fails where it is not asked."""
        before = self.line.asked("_msearch")
        found = self.titles(q)
        assert self.line.asked("_msearch") > before, "Elasticsearch was not asked"
        return found


@pytest.fixture
def drill(settings, people, monkeypatch, elasticsearch):
    with proxy.before(elasticsearch) as line:
        drill = Drill(people, line)
        monkeypatch.setitem(engines.ENGINES, "elasticsearch", lambda: drill.engine)
        breaker = Breaker(lambda: drill.now)
        monkeypatch.setattr(answering, "_breakers", {"elasticsearch": breaker})
        monkeypatch.setattr(answering, "CATCH_UP_SECONDS", elastic.PATIENCE)
        settings.ARCHIVE_ENGINE = "elasticsearch"
        yield drill


def ways(*names: str | int):
    return pytest.mark.parametrize("way", names)


@ways("gone", "hang", "half", 429, 503)
def test_readers_are_answered_while_searches_fail(drill, way):
    drill.publish()
    assert drill.answers() == [TITLE]

    drill.line.rule = always(way, on="_msearch")
    assert drill.titles() == [TITLE]
    asked = len(drill.line.seen)
    assert drill.titles() == [TITLE]
    assert len(drill.line.seen) == asked, "left alone for a while"

    drill.heal()
    assert drill.answers() == [TITLE]


def test_a_reader_does_not_wait_for_writing_that_hangs(drill, monkeypatch):
    drill.publish()
    assert drill.answers() == [TITLE]
    monkeypatch.setattr(answering, "CATCH_UP_SECONDS", 1.0)
    drill.line.rule = always("hang", on="_bulk")
    drill.publish("Chị Hoa đan nón lá")
    # What hangs is let go only at the end: who waited half a minute would fail by then.
    monkeypatch.setattr(server, "WRITE_SECONDS", 3600.0)

    assert len(drill.titles()) == 2

    drill.heal()
    monkeypatch.setattr(answering, "CATCH_UP_SECONDS", elastic.PATIENCE)
    assert len(drill.answers()) == 2


@ways("gone", "lost", 507)
def test_what_is_released_while_writing_fails_is_there_afterwards(drill, way):
    first = drill.publish()
    assert drill.answers() == [TITLE]
    drill.line.rule = always(way, on="_bulk")
    second = drill.publish("Chị Hoa đan nón lá")
    with pytest.raises(EngineError):
        reader.catch_up(drill.engine)
    assert sorted(drill.titles()) == ["Chị Hoa đan nón lá", TITLE]

    drill.heal()
    assert sorted(drill.answers()) == ["Chị Hoa đan nón lá", TITLE]
    assert drill.engine.entries().keys() == {str(first.uuid), str(second.uuid)}
    assert reader.differences(drill.engine) == []


def test_a_batch_that_was_cut_off_is_completed(drill, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 1)
    for number in range(4):
        drill.publish(f"{TITLE} {number}")
    seen = []

    def second_fails(method, path):
        seen.append(path)
        return "gone" if sum("_bulk" in path for path in seen) == 2 else "through"

    drill.line.rule = second_fails
    with pytest.raises(EngineError):
        reader.catch_up(drill.engine)

    drill.heal()
    assert drill.engine.offset() == 0, "only what is complete counts"
    assert len(drill.answers()) == 4
    assert reader.differences(drill.engine) == []


@ways("gone", "lost")
def test_what_was_withdrawn_meanwhile_never_comes_back(drill, way):
    story = drill.publish()
    assert drill.answers() == [TITLE]
    drill.line.rule = always(way)
    drill.withdraw(story)
    assert drill.titles() == []

    drill.heal()
    assert drill.titles() == []
    assert drill.engine.entries() == {}
    with drill.real.client as client:
        client.indices.refresh(index=drill.alias)
        hits = client.search(index=drill.alias, query={"match_all": {}})["hits"]["hits"]
    assert TITLE not in str(hits), "a tombstone holds no text"


def test_a_full_disk_only_stops_writing(drill):
    drill.publish()
    assert drill.answers() == [TITLE]
    block = "index.blocks.read_only_allow_delete"
    drill.real.client.indices.put_settings(index=drill.alias, settings={block: True})
    second = drill.publish("Chị Hoa đan nón lá")
    with pytest.raises(EngineError, match="block"):
        reader.catch_up(drill.engine)
    assert len(drill.titles()) == 2
    drill.withdraw(second)
    assert drill.titles() == [TITLE]

    drill.real.client.indices.put_settings(index=drill.alias, settings={block: None})
    drill.heal()
    assert drill.answers() == [TITLE]
    assert reader.differences(drill.engine) == []


def test_an_index_that_was_lost_is_made_again(drill):
    drill.publish()
    assert drill.answers() == [TITLE]
    drill.real.client.indices.delete(index=f"{drill.alias}-1")

    assert drill.titles() == [TITLE]
    assert drill.answers() == [TITLE]
    assert reader.differences(drill.engine) == []


def test_an_index_of_another_version_counts_as_none(drill, monkeypatch):
    drill.publish()
    assert drill.answers() == [TITLE]
    monkeypatch.setattr(entries, "VERSION", entries.VERSION + 1)

    assert drill.engine.offset() == 0
    assert drill.answers() == [TITLE]
    assert list(drill.real.client.indices.get(index=f"{drill.alias}-*")) == [f"{drill.alias}-2"]


def test_an_index_of_somebody_else_behind_our_alias_is_left_alone(drill):
    foreign = f"{drill.alias}-of-others"
    client = drill.real.client
    client.indices.create(
        index=foreign,
        aliases={drill.alias: {}},
        mappings={"properties": {"seq": {"type": "text"}, "live": {"type": "date"}}},
    )
    client.index(index=foreign, id="theirs", document={"seq": "mười"}, refresh=True)
    drill.publish()

    assert drill.answers() == [TITLE]
    assert client.get(index=foreign, id="theirs")["found"]
    assert list(client.indices.get_alias(name=drill.alias)) == [f"{drill.alias}-1"]


def test_an_index_that_has_our_name_is_told_and_left_alone(drill):
    client = drill.real.client
    client.index(index=drill.alias, id="theirs", document={"seq": "mười"}, refresh=True)
    drill.publish()

    with pytest.raises(EngineError, match="ELASTICSEARCH_INDEX"):
        reader.catch_up(drill.engine)
    assert drill.titles() == [TITLE]
    assert client.get(index=drill.alias, id="theirs")["found"]

    client.indices.delete(index=drill.alias)
    drill.heal()
    assert drill.answers() == [TITLE]


@ways("gone", 429)
def test_a_rebuild_that_breaks_off_leaves_the_old_index(drill, way):
    drill.publish()
    assert drill.answers() == [TITLE]
    # From the moment on when the new index is there, so that it can not be removed either.
    there: list[str] = []

    def breaks_off(method, path):
        if there:
            return way
        there.extend([path] if path.startswith(f"/{drill.alias}-2") else [])
        return "through"

    drill.line.rule = breaks_off
    with pytest.raises(EngineError):
        reader.rebuild(drill.engine)
    assert drill.titles() == [TITLE]
    left = drill.real.client.indices.get(index=f"{drill.alias}-*")
    assert sorted(left) == [f"{drill.alias}-1", f"{drill.alias}-2"]

    drill.heal()
    assert drill.answers() == [TITLE]
    reader.rebuild(drill.engine)
    assert list(drill.real.client.indices.get(index=f"{drill.alias}-*")) == [f"{drill.alias}-2"]
    assert drill.answers() == [TITLE]


def test_a_swap_whose_answer_was_lost_is_whole(drill):
    drill.publish()
    assert drill.answers() == [TITLE]
    drill.line.rule = always("lost", on="_aliases")
    with pytest.raises(EngineError):
        reader.rebuild(drill.engine)

    drill.heal()
    assert drill.answers() == [TITLE]
    assert len(drill.real.client.indices.get(index=f"{drill.alias}-*")) == 1


def test_an_index_ahead_of_a_restored_ledger_begins_afresh(drill):
    drill.publish()
    assert drill.answers() == [TITLE]
    drill.engine.apply([], selectors.head() + 100)

    assert drill.answers() == [TITLE]
    assert drill.engine.offset() == selectors.head()
