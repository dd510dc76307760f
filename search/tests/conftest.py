"""Every engine behind the port, one after the other, for the tests of what all of them promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.tests import elastic
from search.tests.makers import ENGINES

# What makes empty engines, given a folder for each.
Maker = Callable[[Path], Engine]


@contextmanager
def _embedded(request: pytest.FixtureRequest) -> Iterator[Maker]:
    yield lambda folder: EmbeddedEngine(folder / "archive.sqlite3")


@contextmanager
def _postgresql(request: pytest.FixtureRequest) -> Iterator[Maker]:
    """Engines with tables of their own, really committed, and taken away at the end."""
    request.getfixturevalue("django_db_setup")
    from search.engines.postgres import PostgresEngine, layout

    numbers = count(1)
    made: list[PostgresEngine] = []

    def make(folder: Path) -> Engine:
        engine = PostgresEngine(
            EmbeddedEngine(folder / "archive.sqlite3"), f"archive_test_{next(numbers)}"
        )
        made.append(engine)
        return engine

    with request.getfixturevalue("django_db_blocker").unblock():
        yield make
        for engine in made:
            layout.forget(engine.register)


@contextmanager
def _elasticsearch(request: pytest.FixtureRequest) -> Iterator[Maker]:
    request.getfixturevalue("elasticsearch")
    yield elastic.engine


MAKERS: dict[str, Callable[[pytest.FixtureRequest], AbstractContextManager[Maker]]] = {
    "elasticsearch": _elasticsearch,
    "embedded": _embedded,
    "postgresql": _postgresql,
}


def _parameter(name: str):
    """Committed, as threads must see it; no model's table is touched, so none is emptied."""
    marked = pytest.mark.django_db(transaction=True, available_apps=["search"])
    return pytest.param(name, marks=[marked] if name == "postgresql" else [])


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[str]:
    """The address of a real server; what tests put there is removed at the end."""
    yield elastic.url()
    elastic.clean()


@pytest.fixture(scope="session", params=map(_parameter, ENGINES))
def new_engine(request, tmp_path_factory) -> Iterator[Callable[[], Engine]]:
    """Makes an empty engine, of each kind in turn."""
    with MAKERS[request.param](request) as make:
        yield lambda: make(tmp_path_factory.mktemp(request.param))


@pytest.fixture
def finding(new_engine) -> Engine:
    """An empty engine that finds (the null engine is not one)."""
    return new_engine()
