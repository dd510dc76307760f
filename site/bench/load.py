"""Load on a server: `wrk` where the machine has it, else a small client of our own.

Both send the same requests over and over, with eight connections that are kept open as long as the
server keeps them. Our own client takes more of
the machine than wrk, from both sides alike: ratios of the fastest answers come out nearer to 1.
"""

# ruff: noqa: S603 - commands of our own
from __future__ import annotations

import json
import selectors
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

from bench.report import middle, percentile
from bench.scratch import ROOT, Failed, Server, processor_time

CONNECTIONS = 8
ROUNDS = 3
SECONDS = 1.5
WARMING = 0.3
Round = tuple[int, float, float, float]  # answers, answers a second, median and 99th in ms


@dataclass(frozen=True, slots=True)
class Ask:
    """Requests sent in turn to a server: path and headers of each; all answer with `status`."""

    server: Server
    requests: Sequence[tuple[str, Mapping[str, str]]]
    status: int = 200

    @property
    def base(self) -> str:
        return self.server.base


@dataclass(slots=True)
class Result:
    """Of each round: answers a second, milliseconds at the median and the 99th of 100, and
    milliseconds of the workers' processor time for one answer."""

    per_second: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return middle(self.per_second)

    @property
    def note(self) -> str:
        return f"p50 {middle(self.p50):.1f}, p99 {middle(self.p99):.1f} ms"


def client() -> str:
    return "wrk" if shutil.which("wrk") else "own, Python"


def get(base: str, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict, bytes]:
    """One request: status, headers with names in lower case, body."""
    request = urllib.request.Request(base + path, headers=dict(headers or {}))  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, _lower(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, _lower(error.headers), error.read()


def _lower(headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def in_turn(asks: Sequence[Ask], folder: Path) -> list[Result]:
    """A round of each, then again, so that what disturbs the machine disturbs all alike.

    Raises Failed where a server answers anything but what is asked for.
    """
    for ask in asks:
        for path, headers in ask.requests[:2]:
            status, _headers, body = get(ask.base, path, headers)
            if status != ask.status:
                said = body[:200].decode(errors="replace")
                raise Failed(f"{path[:80]} answered {status}, not {ask.status}: {said}")
    results = [Result() for _ in asks]
    one_round = _wrk if shutil.which("wrk") else _own
    for ask in asks:
        one_round(ask, WARMING, folder)  # connections open, caches as they are in use
    for _ in range(ROUNDS):
        for ask, result in zip(asks, results, strict=True):
            before = processor_time(ask.server.pid)
            answers, per_second, p50, p99 = one_round(ask, SECONDS, folder)
            result.cpu.append((processor_time(ask.server.pid) - before) / answers)
            result.per_second.append(per_second)
            result.p50.append(p50)
            result.p99.append(p99)
    return results


WRK_SCRIPT = """
local packed, at = {{}}, 0
function init(args)
{requests}
end
function request()
  at = at % #packed + 1
  return packed[at]
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.timeout + e.status))
end
"""


def _wrk(ask: Ask, seconds: float, folder: Path) -> Round:
    lines = []
    for path, headers in ask.requests:
        pairs = ", ".join(f"[{json.dumps(k)}] = {json.dumps(v)}" for k, v in headers.items())
        lines.append(
            f'  packed[#packed + 1] = wrk.format("GET", {json.dumps(path)}, {{{pairs}}}, nil)'
        )
    script = folder / "requests.lua"
    script.write_text(WRK_SCRIPT.format(requests="\n".join(lines)))
    whole = f"{max(1, round(seconds))}s"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "-d", whole, "-s", str(script), ask.base]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT")), None)
    if line is None:
        raise Failed(f"wrk: {(done.stderr or done.stdout).strip()[-200:]}")
    answers, took, p50, p99, errors = map(int, line.split()[1:])
    if errors:
        raise Failed(f"wrk: {errors} errors in {answers} answers")
    return answers, answers / (took / 1e6), p50 / 1000, p99 / 1000


def _own(ask: Ask, seconds: float, folder: Path) -> Round:
    """The client below, in a process of its own."""
    job = {"base": ask.base, "requests": [[p, dict(h)] for p, h in ask.requests]}
    command = [sys.executable, "-m", "bench.load"]
    done = subprocess.run(
        command,
        input=json.dumps(job | {"status": ask.status, "seconds": seconds}),
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        env={"PYTHONPATH": f"{ROOT / 'site'}"},
        cwd=ROOT,
    )
    if done.returncode:
        raise Failed(f"load client: {done.stderr.strip().splitlines()[-1][-200:]}")
    answers, per_second, p50, p99 = json.loads(done.stdout)
    return answers, per_second, p50, p99


class Line:
    """One connection with its answer under way; opened again where the server closes it."""

    def __init__(self, host: str, port: int) -> None:
        self.place = host, port
        self.socket: socket.socket | None = None
        self.started = 0.0
        self.got = b""

    def send(self, packed: bytes) -> None:
        self.got, self.started = b"", time.perf_counter()
        if self.socket is None:
            self.socket = socket.create_connection(self.place)
        self.socket.sendall(packed)

    def receive(self) -> int | None:
        """The status when the answer is complete, else None."""
        if self.socket is None:
            raise ConnectionError("not open")
        part = self.socket.recv(1 << 18)
        self.got += part
        head, found, body = self.got.partition(b"\r\n\r\n")
        if not found:
            if not part:
                raise ConnectionError("closed before an answer")
            return None
        lowered = head.lower()
        status = int(head[9:12])
        if status != 304 and b"content-length: " in lowered:
            length = int(lowered.split(b"content-length: ")[1].split(b"\r\n")[0])
            if len(body) < length:
                if not part:
                    raise ConnectionError("closed within an answer")
                return None
        elif status != 304 and b"transfer-encoding: chunked" in lowered:
            if not body.endswith(b"\r\n0\r\n\r\n"):
                return None
        elif status != 304 and part:
            return None  # the answer ends where the connection does
        return status

    def is_closing(self) -> bool:
        return b"connection: close" in self.got.partition(b"\r\n\r\n")[0].lower()

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def drive(job: dict) -> Round:
    """Send for so many seconds. Raises ValueError for a wrong status."""
    url = urlsplit(job["base"])
    packed = cycle([_packed(url.netloc, path, headers) for path, headers in job["requests"]])
    waiting = selectors.DefaultSelector()
    taken: list[float] = []

    def send(line: Line) -> None:
        line.send(next(packed))
        waiting.register(line.socket, selectors.EVENT_READ, line)

    for _ in range(CONNECTIONS):
        send(Line(url.hostname or "", url.port or 80))
    started = time.perf_counter()
    while (now := time.perf_counter()) < started + job["seconds"]:
        for key, _events in waiting.select(timeout=1):
            line: Line = key.data
            status = line.receive()
            if status is None:
                continue
            taken.append((time.perf_counter() - line.started) * 1000)
            if status != job["status"]:
                raise ValueError(f"answered {status}, not {job['status']}")
            waiting.unregister(key.fileobj)
            if line.is_closing():
                line.close()
            send(line)
    if not taken:
        raise ValueError("no answer in time")
    rate = len(taken) / (now - started)
    return len(taken), rate, percentile(taken, 0.5), percentile(taken, 0.99)


def _packed(host: str, path: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{k}: {v}" for k, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(drive(json.loads(sys.stdin.read()))))
