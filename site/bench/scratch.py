"""Where measuring happens: a scratch folder, processes with the right environment, servers.

Nothing of the installation is touched: its own DATABASE_URL, VAR_DIR and mail settings are not
passed on. Everything started is stopped and the folder removed, whatever happens.
"""

# ruff: noqa: S603 - commands of our own
from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PORTS = range(int(os.environ.get("BENCH_PORT", "8970")), 65_536)
WORKERS, THREADS = 2, 8
PRODUCTION = "config.settings.production"
PATIENCE = 3 * 3600  # seconds for the longest step: importing 100,000 stories
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")


class Failed(RuntimeError):
    """Something could not be measured; the message says why."""


@dataclass(slots=True)
class Scratch:
    """The scratch folder of a run, and how to start processes in it."""

    folder: Path
    ports: dict[str, int]
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(40))
    extra: dict[str, str] = field(default_factory=dict)  # of the environment

    @property
    def database(self) -> Path:
        """The project's own database."""
        return self.folder / "var" / "guong-sang.sqlite3"

    @property
    def size(self) -> int:
        """How many stories are there."""
        noted = self.folder / "size"
        return int(noted.read_text()) if noted.exists() else 0

    @size.setter
    def size(self, stories: int) -> None:
        (self.folder / "size").write_text(str(stories))

    def base(self, server: str) -> str:
        return f"http://127.0.0.1:{self.ports[server]}"

    def environment(self, settings: str, var: str = "var") -> dict[str, str]:
        """Only what is named here: production settings, SQLite in the scratch folder, no mails."""
        folder = self.folder / var
        folder.mkdir(exist_ok=True)
        return {name: os.environ[name] for name in KEPT if name in os.environ} | {
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
            "SECRET_KEY": self.secret,
            "VAR_DIR": str(folder),
            "BENCH_FOLDER": str(self.folder),
            "PUBLIC_BASE_URL": self.base("ours"),
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "LOG_LEVEL": "ERROR",
            **self.extra,
        }

    def on_elasticsearch(self) -> Scratch | None:
        """The same place with the archive on Elasticsearch; None where no server is given."""
        url = os.environ.get("TEST_ELASTICSEARCH_URL")
        chosen = {"ARCHIVE_ENGINE": "elasticsearch", "ELASTICSEARCH_INDEX": "bench"}
        return replace(self, extra={**chosen, "ELASTICSEARCH_URL": url}) if url else None

    def run(self, *command: str, settings: str, var: str = "var") -> str:
        """What a Python command writes, when it has ended. Raises Failed with its last words."""
        out, err = self.folder / "out", self.folder / "err"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment(settings, var),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                raise Failed(f"{' '.join(command[:3])} took longer than {PATIENCE} s") from None
            finally:
                _stop(process)
        if process.returncode != 0:
            said = (err.read_text(errors="replace") + out.read_text(errors="replace")).strip()
            last = " / ".join(said.splitlines()[-2:])
            raise Failed(f"{' '.join(command[:3])} (exit {process.returncode}): {last[-300:]}")
        return out.read_text(encoding="utf-8")

    def manage(self, *command: str, settings: str = PRODUCTION, var: str = "var") -> str:
        return self.run(str(ROOT / "manage.py"), *command, settings=settings, var=var)

    def step(self, name: str, *arguments: str, settings: str = PRODUCTION) -> Any:
        """Run `bench.steps.<name>`; what it answers is the JSON of its last line."""
        var = "conventional" if "conventional" in settings else "var"
        said = self.run("-m", f"bench.steps.{name}", *arguments, settings=settings, var=var)
        return json.loads(said.strip().splitlines()[-1])


def _stop(process: subprocess.Popen) -> None:
    """Stop a process that leads a group of its own, and the group; ask first."""
    if process.returncode is not None:
        return
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(5)
        except subprocess.TimeoutExpired:
            continue
        except (ProcessLookupError, ChildProcessError):
            pass
        return


@contextmanager
def scratch(kept: Path | None = None) -> Iterator[Scratch]:
    """A scratch folder: one that is `kept` and may hold data already, or a temporary one."""
    ports = _free_ports("ours", "bare", "conventional")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        # One key for all runs on the same data: what was signed with it stays readable.
        key = kept / "secret"
        if not key.exists():
            key.write_text(secrets.token_urlsafe(40))
        yield Scratch(kept.resolve(), ports, key.read_text())
        return
    folder = Path(tempfile.mkdtemp(prefix="guong-sang-bench-"))
    try:
        yield Scratch(folder, ports)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports(*names: str) -> dict[str, int]:
    found: dict[str, int] = {}
    free = filter(_is_free, PORTS)
    for name in names:
        found[name] = next(free)
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Server:
    """A running gunicorn: its address, and its master process."""

    base: str
    pid: int

    def memory(self) -> tuple[float, float]:
        """Resident and private MB of its largest worker."""
        return max(map(_memory, workers(self.pid)), default=(0.0, 0.0))


def workers(master: int) -> list[int]:
    """The process ids of a gunicorn's workers."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text()
    return [int(child) for child in children.split()]


def processor_time(master: int) -> float:
    """Milliseconds of processor time that a gunicorn's workers have used so far."""
    ticks = 0
    for pid in workers(master):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> tuple[float, float]:
    sizes: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _colon, rest = line.partition(":")
        sizes[name] = int(rest.split()[0])
    return sizes["Rss"] / 1024, (sizes["Private_Clean"] + sizes["Private_Dirty"]) / 1024


@contextmanager
def server(
    place: Scratch, name: str, application: str, settings: str, probe: str, var: str = "var"
) -> Iterator[Server]:
    """The README's production server: gunicorn, two workers of eight threads each."""
    log = place.folder / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--chdir", "site"),
                *("--workers", str(WORKERS), "--threads", str(THREADS)),
                *("--bind", f"127.0.0.1:{place.ports[name]}"),
                application,
            ],
            cwd=ROOT,
            env=place.environment(settings, var),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            _wait_for(place.base(name) + probe, process, log)
            yield Server(place.base(name), process.pid)
        finally:
            _stop(process)


def _wait_for(url: str, process: subprocess.Popen, log: Path, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - http of ours
                response.read()
                return
        except OSError:
            time.sleep(0.1)
    said: Sequence[str] = log.read_text(errors="replace").strip().splitlines()[-1:]
    raise Failed(f"the server for {url} did not answer: {' '.join(said)}")
