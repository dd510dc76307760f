"""The server process itself stopped and killed: what the archive shows, and what is left."""

from __future__ import annotations

import shutil
import signal
import tempfile
import threading
from pathlib import Path

import pytest

from search import answering, engines, reader, services
from search.answering import LONGEST_PAUSE, Breaker
from search.engines.base import EngineError, Upsert
from search.engines.elastic import ElasticEngine, Server
from search.query import ArchiveQuery
from search.tests import elastic
from search.tests.makers import entry
from stories import factories
from stories.pages.models import Withdrawal

pytestmark = pytest.mark.django_db
TITLE = "Chị Lan giữ nghề nón lá"


@pytest.fixture
def server(elasticsearch):
    elastic.home()
    # pytest's own folders are closed to the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="guong-sang-drill-"))
    folder.chmod(0o755)
    try:
        with elastic.own_server(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def titles() -> list[str]:
    return [item.title for item in services.search(ArchiveQuery(q="non la")).items]


def withdraw(story, people) -> None:
    page = type(story).objects.get(pk=story.pk)
    page.withdraw(Withdrawal("canceled", "Rút lại đồng ý."), people["board"])


def fill(engine: ElasticEngine, failures: list[EngineError]) -> None:
    """Rebuild without end."""
    some = [Upsert(entry(n, TITLE, "nón lá " * 500)) for n in range(100)]
    try:
        with engine.rebuilding() as fresh:
            for number in range(1, 100_000):
                fresh.apply(some, number)
    except EngineError as error:
        failures.append(error)


def test_a_server_that_is_stopped_and_killed_at_work_loses_nothing(
    server, settings, people, monkeypatch
):
    """One server for all steps: starting one takes long."""
    now = [0.0]
    engine = ElasticEngine(Server([server.url], search_seconds=10.0), "drill", engines.embedded())
    monkeypatch.setitem(engines.ENGINES, "elasticsearch", lambda: engine)
    monkeypatch.setattr(answering, "_breakers", {"elasticsearch": Breaker(lambda: now[0])})
    monkeypatch.setattr(answering, "CATCH_UP_SECONDS", elastic.PATIENCE)
    settings.ARCHIVE_ENGINE = "elasticsearch"
    kept = factories.publish(factories.story(people["editor"], title=TITLE), people)
    gone = factories.publish(factories.story(people["editor"], title=f"{TITLE} xưa"), people)
    assert len(titles()) == 2
    assert len(engine.entries()) == 2

    # Stopped while readers search and while it is written to: nobody waits for it for long.
    engine.server.search_seconds = 0.5
    server.send(signal.SIGSTOP)
    assert len(titles()) == 2
    with pytest.raises(EngineError):
        engine.offset()
    with monkeypatch.context() as impatient:
        impatient.setattr("search.engines.elastic.server.WRITE_SECONDS", 0.5)
        with pytest.raises(EngineError):
            engine.apply([Upsert(entry(1, TITLE))], 1)
    server.send(signal.SIGCONT)
    engine.server.search_seconds = 10.0

    # Killed while a new index is being filled and the old one is written to.
    filling = threading.Thread(target=fill, args=(engine, failures := []))
    filling.start()
    killing = threading.Timer(1.0, server.kill)
    killing.start()
    published = 0
    with pytest.raises(EngineError):
        while True:
            published += 1
            title = f"{TITLE} thứ {published}"
            factories.publish(factories.story(people["editor"], title=title), people)
            reader.catch_up(engine)
    killing.join()
    filling.join()
    assert len(failures) == 1, "a rebuild does not end well without its server"
    withdraw(gone, people)
    assert len(titles()) == 1 + published

    server.start()
    now[0] += LONGEST_PAUSE
    assert len(titles()) == 1 + published
    assert reader.differences(engine) == []
    assert engine.holds(str(kept.uuid))
    assert engine.holds(str(gone.uuid)) is None
    assert engine.search(ArchiveQuery(q="non la")).count == 1 + published

    reader.rebuild(engine)
    assert len(engine.server.client.indices.get(index="drill-*")) == 1, "no half index is left"
    assert engine.search(ArchiveQuery(q="non la")).count == 1 + published
