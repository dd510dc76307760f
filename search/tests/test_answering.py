"""Who answers: a slow, broken or late engine is never noticed by a reader."""

from __future__ import annotations

import pytest

from search import answering, engines, reader, services
from search.answering import FIRST_PAUSE, Breaker
from search.engines.base import EngineError
from search.engines.embedded import EmbeddedEngine
from search.query import ArchiveQuery
from stories import factories
from stories.pages.models import Withdrawal


class Moody(EmbeddedEngine):
    """A second engine that fails when told to."""

    name = "moody"
    away = False
    asked = 0
    searched = 0

    def search(self, *args, **kwargs):
        self.searched += 1
        return super().search(*args, **kwargs)

    def offset(self) -> int:
        self.asked += 1
        if self.away:
            raise EngineError("away")
        return super().offset()


@pytest.fixture
def moody(settings, tmp_path, monkeypatch):
    engine = Moody(tmp_path / "moody.sqlite3")
    monkeypatch.setitem(engines.ENGINES, "moody", lambda: engine)
    monkeypatch.setattr(answering, "_breakers", {})
    settings.ARCHIVE_ENGINE = "moody"
    return engine


def titles(q: str) -> list[str]:
    return [item.title for item in services.search(ArchiveQuery(q=q)).items]


@pytest.mark.django_db
def test_while_the_chosen_engine_is_away_the_embedded_one_answers(people, moody):
    factories.publish(factories.story(people["editor"], title="Chị Lan giữ nghề nón lá"), people)
    moody.away = True

    assert titles("non la") == ["Chị Lan giữ nghề nón lá"]
    assert engines.embedded().offset() > 0


@pytest.mark.django_db
def test_an_engine_that_comes_back_catches_up_and_answers_again(people, moody, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(answering, "_breakers", {"moody": Breaker(lambda: clock[0])})
    factories.publish(factories.story(people["editor"], title="Chị Lan giữ nghề nón lá"), people)
    moody.away = True
    titles("non la")
    asked = moody.asked
    titles("non la")
    assert moody.asked == asked, "left alone during the pause"

    moody.away = False
    clock[0] += 2 * FIRST_PAUSE
    assert titles("non la") == ["Chị Lan giữ nghề nón lá"]
    assert moody.searched == 1
    assert list(moody.entries()) == list(engines.embedded().entries())


@pytest.mark.django_db
def test_the_index_beside_reads_on_with_the_chosen_one(people, moody):
    # No signal is sent in this test: only the search reads the ledger.
    factories.publish(factories.story(people["editor"], title="Chị Lan giữ nghề nón lá"), people)

    assert titles("non la") == ["Chị Lan giữ nghề nón lá"]
    assert moody.searched == 1
    assert engines.embedded().offset() == moody.offset() > 0


@pytest.mark.django_db
def test_an_engine_behind_the_ledger_is_not_asked(people, moody, monkeypatch):
    story = factories.publish(
        factories.story(people["editor"], title="Chị Lan giữ nghề nón lá"), people
    )
    assert titles("non la")
    real = reader.catch_up
    monkeypatch.setattr(
        reader,
        "catch_up",
        lambda engine, *args, **kwargs: 0 if engine is moody else real(engine, *args, **kwargs),
    )
    type(story).objects.get(pk=story.pk).withdraw(
        Withdrawal("canceled", "Rút lại đồng ý."), people["board"]
    )

    answer = services.search(ArchiveQuery(q="non la"))

    assert len(moody.entries()) == 1
    assert (answer.count, answer.items) == (0, [])


def test_the_pause_doubles_and_one_asker_tries():
    clock = [0.0]
    guard = Breaker(lambda: clock[0])
    assert guard.allows()
    guard.failed()
    assert not guard.allows()
    clock[0] = FIRST_PAUSE
    assert guard.allows()
    assert not guard.allows()
    guard.failed()
    clock[0] += FIRST_PAUSE
    assert not guard.allows()
    clock[0] += FIRST_PAUSE
    assert guard.allows()
    guard.succeeded()
    assert guard.allows()
    assert guard.allows()


@pytest.mark.django_db
def test_staff_see_an_engine_that_is_away_until_it_is_back(client, people, moody, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(answering, "_breakers", {"moody": Breaker(lambda: clock[0])})
    moody.away = True
    titles("non la")
    client.force_login(people["board"])
    said = "Máy tìm kiếm moody không trả lời"
    assert said in client.get("/quan-tri/").content.decode()
    assert "không trả lời" in client.get("/quan-tri/reports/tim-kiem/").content.decode()
    assert "moody" not in client.get("/luu-tru/?q=non").content.decode()
    client.force_login(people["editor"])
    assert said not in client.get("/quan-tri/").content.decode()

    moody.away = False
    clock[0] += 2 * FIRST_PAUSE
    titles("non la")
    client.force_login(people["board"])
    assert said not in client.get("/quan-tri/").content.decode()
