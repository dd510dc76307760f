"""A real Elasticsearch for the tests: the one at `TEST_ELASTICSEARCH_URL`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final, NoReturn

import pytest

from search.engines.elastic import ElasticEngine, Server
from search.engines.embedded import EmbeddedEngine

CI: Final = Path(__file__).resolve().parents[2] / ".ci"
PREFIX: Final = f"test-{os.getpid()}"
# Tests state no times: a busy machine may take long.
PATIENCE: Final = 30.0
_numbers = count(1)


def url() -> str:
    """Where the server is. Without one the test is skipped, in CI it fails."""
    address = os.environ.get("TEST_ELASTICSEARCH_URL", "")
    return address or _missing("needs Elasticsearch: .ci/with-elasticsearch pytest …")


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def home() -> Path:
    """Where the server is unpacked, for tests that start one of their own."""
    url()
    folder = os.environ.get("TEST_ELASTICSEARCH_HOME", "")
    return Path(folder or _missing("needs a server of its own: .ci/with-elasticsearch pytest …"))


def alias() -> str:
    """A name that no other test has."""
    return f"{PREFIX}-{next(_numbers)}"


def engine(
    folder: Path, address: str = "", name: str = "", seconds: float = PATIENCE
) -> ElasticEngine:
    """An engine of its own index, empty unless the name is known."""
    words = EmbeddedEngine(folder / "words.sqlite3")
    server = Server([address or url()], search_seconds=seconds)
    return ElasticEngine(server, name or alias(), words)


def clean(*names: str) -> None:
    """Remove what this process left behind, and what is named."""
    client = Server([url()], search_seconds=PATIENCE).client
    for name in [*client.indices.get(index=f"{PREFIX}-*", features="aliases"), *names]:
        client.indices.delete(index=name, ignore_unavailable=True)


class OwnServer:
    """A server that a test may stop in any way and start again with its data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.launcher: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [CI / "elasticsearch-server", home(), self.folder, str(self.port)]
        (self.folder / "pid").unlink(missing_ok=True)
        with (self.folder / "out").open("ab") as out:
            self.launcher = subprocess.Popen(command, stdout=out, stderr=out)
        while self.launcher.poll() is None:
            try:
                health = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=60s"
                with urllib.request.urlopen(health, timeout=90):
                    return
            except OSError:
                time.sleep(0.2)
        pytest.fail((self.folder / "out").read_text()[-3000:])

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the server itself."""
        os.kill(int((self.folder / "pid").read_text()), number)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        if self.launcher is not None:
            self.launcher.wait()


@contextmanager
def own_server(folder: Path) -> Iterator[OwnServer]:
    """A second server, gone at the end. The folder must be one that anybody may look into."""
    server = OwnServer(folder)
    server.start()
    try:
        yield server
    finally:
        if server.launcher is not None and server.launcher.poll() is None:
            server.kill()
