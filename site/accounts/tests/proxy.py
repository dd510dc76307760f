"""A server in front of a real one that fails as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# What happens to a request: it goes "through"; nobody answers ("gone"); it is never answered
# ("hang"); it is carried out, but the answer is "lost", or only "half" of it comes; or a status.
# Of each hop's own.
OWN = {"connection", "content-length", "date", "server", "transfer-encoding"}
DRILL = {"Content-Type": "application/json", "X-Elastic-Product": "Elasticsearch"}
Rule = Callable[[str, str], "str | int"]


def through(method: str, path: str) -> str:
    return "through"


def always(what: str | int, *, on: str = "") -> Rule:
    """The same for each request whose path contains this."""
    return lambda method, path: what if on in path else "through"


class Proxy(ThreadingHTTPServer):
    """`rule` decides on each request; `seen` holds (method, path) of those that went through."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.rule: Rule = through
        self.seen: list[tuple[str, str]] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def asked(self, part: str) -> int:
        """How many requests with this in their path went through."""
        return sum(part in path for _method, path in self.seen)

    def handle_error(self, request, client_address) -> None:
        """A client that went away is no error here."""


@contextmanager
def before(target: str) -> Iterator[Proxy]:
    """A proxy in front of this address."""
    proxy = Proxy(target)
    serving = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    try:
        yield proxy
    finally:
        proxy.closing.set()
        proxy.shutdown()
        proxy.server_close()
        serving.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        what = self.server.rule(self.command, self.path)
        if what == "hang":
            self.server.closing.wait()
        if what in ("gone", "hang"):
            self.close_connection = True
            return
        if isinstance(what, int):
            self._answer(what, DRILL, b'{"error": "drill"}')
            return
        self.server.seen.append((self.command, self.path))
        status, headers, answer = self._ask(body)
        if what == "lost":
            self.close_connection = True
        elif what == "half":
            self._answer(status, headers, answer, answer[: len(answer) // 2])
            self.close_connection = True
        else:
            self._answer(status, headers, answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _handle

    def _ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection(urlsplit(self.server.target).netloc, timeout=60)
        try:
            connection.request(self.command, self.path, body, dict(self.headers))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def _answer(
        self, status: int, headers: dict[str, str], whole: bytes, sent: bytes | None = None
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in OWN:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole if sent is None else sent)

    def log_message(self, *args: object) -> None:
        """Quiet."""
