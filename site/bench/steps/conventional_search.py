"""The conventional peer's search: Wagtail's `.search()`, the first twenty and one facet."""

from __future__ import annotations

import time

import django

from bench.steps import Times, answer

ASKED = ("phụ nữ", "phụ nữ làm", "chị em phụ nữ", "hợp tác xã", "nông thôn mới")
ENOUGH = 90.0  # seconds


def main() -> None:
    from bench.peers.conventional.models import StoryPage

    taken, started = Times(), time.monotonic()

    def ask(q: str) -> None:
        found = StoryPage.objects.live().search(q)
        list(found[:20])
        found.facet("unit")

    for q in ASKED:
        if time.monotonic() - started < ENOUGH:
            taken.of(lambda q=q: ask(q))
    answer(**taken.figures())


if __name__ == "__main__":
    django.setup()
    main()
