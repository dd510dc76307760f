"""A real Elasticsearch for the tests: the one at `TEST_ELASTICSEARCH_URL`."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from search.engines.elastic import ElasticEngine, Server
from search.engines.embedded import EmbeddedEngine

PREFIX: Final = f"test-{os.getpid()}"
_numbers = count(1)


def url() -> str:
    """Where the server is. Without one the test is skipped, in CI it fails."""
    address = os.environ.get("TEST_ELASTICSEARCH_URL", "")
    if not address:
        reason = "needs Elasticsearch: .ci/with-elasticsearch pytest …"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return address


def alias() -> str:
    """A name that no other test has."""
    return f"{PREFIX}-{next(_numbers)}"


def engine(folder: Path, address: str = "", name: str = "") -> ElasticEngine:
    """An engine of its own index, empty unless the name is known."""
    words = EmbeddedEngine(folder / "words.sqlite3")
    return ElasticEngine(Server([address or url()]), name or alias(), words)


def clean() -> None:
    """Remove what this process left behind."""
    client = Server([url()]).client
    for name in client.indices.get(index=f"{PREFIX}-*", features="aliases"):
        client.indices.delete(index=name)
