"""The servers, asked within a time: every failure is an EngineError, a slow answer is one too."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

from search.engines.base import EngineError, time_left
from search.engines.elastic.dsl import FAILURES, ApiError, Elasticsearch

SEARCH_SECONDS: Final = 1.0
WRITE_SECONDS: Final = 30.0
LEAST_SECONDS: Final = 0.02


class Server:
    """One or more nodes of a cluster. Safe with any number of threads; made anew after a fork."""

    def __init__(
        self, urls: Sequence[str], api_key: str = "", *, search_seconds: float = SEARCH_SECONDS
    ) -> None:
        self.urls = tuple(urls)
        self.api_key = api_key
        self.search_seconds = search_seconds
        self._lock = threading.Lock()
        self._client: tuple[int, Elasticsearch] | None = None

    @property
    def client(self) -> Elasticsearch:
        with self._lock:
            if self._client is None or self._client[0] != os.getpid():
                # No retries: what failed is answered by the embedded index, not waited for.
                client = Elasticsearch(
                    list(self.urls),
                    api_key=self.api_key or None,
                    max_retries=0,
                    retry_on_timeout=False,
                    request_timeout=self.search_seconds,
                )
                self._client = os.getpid(), client
            return self._client[1]

    @contextmanager
    def within(self, seconds: float) -> Iterator[Elasticsearch]:
        """The client for one request of at most so many seconds, see `time_left`."""
        with failures():
            yield self.client.options(request_timeout=time_left(seconds))

    def reading(self) -> AbstractContextManager[Elasticsearch]:
        """The client for one small question."""
        return self.within(self.search_seconds)

    def writing(self) -> AbstractContextManager[Elasticsearch]:
        """The client for a request that changes something."""
        return self.within(WRITE_SECONDS)

    def close(self) -> None:
        with self._lock:
            held, self._client = self._client, None
        if held is not None:
            held[1].close()


class Budget:
    """The time that all requests of one question have together."""

    def __init__(self, server: Server, seconds: float | None = None) -> None:
        self.server = server
        self.until = time.monotonic() + (seconds or server.search_seconds)

    def ask(self, index: str, bodies: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Several searches in one request. An index that does not exist holds nothing.

        Raises EngineError where one fails, or is answered by a part of the shards or in part.
        """
        left = self.until - time.monotonic()
        if left < LEAST_SECONDS:
            raise EngineError("Elasticsearch: too slow")
        header = {"index": index, "ignore_unavailable": True}
        searches = [part for body in bodies for part in (header, body)]
        with self.server.within(left) as client:
            answers = client.msearch(searches=searches).body["responses"]
        for answer in answers:
            if "error" in answer:
                raise EngineError(f"Elasticsearch: {reason(answer['error'])}")
            if answer["timed_out"] or answer["_shards"]["failed"]:
                raise EngineError("Elasticsearch: answered in part")
        return answers


@contextmanager
def failures() -> Iterator[None]:
    """Every failure of client and server as an EngineError that says it in one line."""
    try:
        yield
    except ApiError as error:
        body = error.body
        said = reason(body["error"]) if isinstance(body, dict) and "error" in body else error
        raise EngineError(f"Elasticsearch: {said}") from error
    except FAILURES as error:
        raise EngineError(f"Elasticsearch: {type(error).__name__}: {str(error)[:300]}") from error


def reason(error: Any) -> str:
    """What a server gives as the cause of a failure."""
    if isinstance(error, dict):
        causes = error.get("root_cause") or [error]
        return f"{causes[0].get('type')}: {causes[0].get('reason')}"[:300]
    return str(error)[:300]
