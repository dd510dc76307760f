"""Every engine behind the port, one after the other, for the tests of what all of them promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.tests import elastic

# Name to what makes an empty engine in a folder of its own.
MAKERS: dict[str, Callable[[Path], Engine]] = {
    "elasticsearch": elastic.engine,
    "embedded": lambda folder: EmbeddedEngine(folder / "archive.sqlite3"),
}


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[str]:
    """The address of a real server; what tests put there is removed at the end."""
    yield elastic.url()
    elastic.clean()


@pytest.fixture(scope="session", params=sorted(MAKERS))
def new_engine(request, tmp_path_factory) -> Callable[[], Engine]:
    """Makes an empty engine, of each kind in turn."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return lambda: MAKERS[request.param](tmp_path_factory.mktemp(request.param))


@pytest.fixture
def finding(new_engine) -> Engine:
    """An empty engine that finds (the null engine is not one)."""
    return new_engine()
