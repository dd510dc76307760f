"""Ours: a management command, timed from its first line to its last."""

from __future__ import annotations

import io
import resource
import sys
import time

import django

from bench.steps import answer


def main(name: str, *arguments: str) -> None:
    from django.core.management import call_command

    clock, cpu = time.perf_counter(), time.process_time()
    call_command(name, *arguments, stdout=io.StringIO())
    answer(
        seconds=time.perf_counter() - clock,
        cpu=time.process_time() - cpu,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
