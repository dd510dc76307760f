"""What needs Django, each in a process of its own: `python -m bench.steps.<name> …`.

The settings come from the environment (`bench.scratch`). A step answers with one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.report import middle, percentile


def answer(**figures: Any) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")


@dataclass(slots=True)
class Times:
    """Durations of the same work done again and again, by the clock and by processor time (ms)."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def of(self, work: Callable[[], Any]) -> Any:
        """Do the work once, and note how long it took; what it returned."""
        clock, cpu = time.perf_counter(), time.process_time()
        result = work()
        self.cpu.append((time.process_time() - cpu) * 1000)
        self.clock.append((time.perf_counter() - clock) * 1000)
        return result

    def figures(self) -> dict[str, float]:
        """`{"ms", "cpu"}` (medians) and `"p99"` (by the clock)."""
        return {
            "ms": middle(self.clock),
            "cpu": middle(self.cpu),
            "p99": percentile(self.clock, 0.99),
        }


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    from django.db import connection

    sent: list[str] = []

    def note(execute, sql, params, many, context):
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def visits(user: Any, paths: dict[str, str], times: int) -> dict[str, dict[str, float]]:
    """Median times and queries of each admin page, in one process, after a first look.

    Raises ValueError where a page doesn't answer 200.
    """
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    found = {}
    for name, path in paths.items():
        status = client.get(path).status_code
        if status != 200:
            raise ValueError(f"{path} answered {status}")
        with counted() as sent:
            client.get(path)
        taken = Times()
        for _ in range(times):
            taken.of(lambda path=path: client.get(path))
        found[name] = taken.figures() | {"queries": len(sent)}
    return found
