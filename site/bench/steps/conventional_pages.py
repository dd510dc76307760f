"""The conventional peer's pages as Wagtail serves them, no cache: a story, the listing of all, a
search in it."""

from __future__ import annotations

import random
import sys

import django

from bench.steps import Times, answer

ENOUGH = 20.0  # seconds for one kind of page


def main(count: int, *names: str) -> None:
    from django.test import Client

    from bench.peers.conventional.models import StoryIndexPage, StoryPage

    client = Client(headers={"host": "127.0.0.1"})
    some = random.Random(1).sample(list(StoryPage.objects.live()[:2000]), count + 1)  # noqa: S311
    listing = StoryIndexPage.objects.get().get_url_parts()[2]
    pages = {
        "story": [page.get_url_parts()[2] for page in some],
        "listing": [listing] * (count + 1),
        "search": [f"{listing}?q=ph%E1%BB%A5+n%E1%BB%AF"] * (count + 1),
    }
    answer(**{name: full(client, pages[name]).figures() for name in names})


def full(client, paths: list[str]) -> Times:
    """The first is for warming up. Stops when it takes too long: one visit is a figure too."""
    taken = Times()
    for number, path in enumerate(paths):
        one = taken if number else Times()
        status = one.of(lambda path=path: client.get(path)).status_code
        if status != 200:
            raise ValueError(f"{path} answered {status}")
        if sum(one.clock) > ENOUGH * 1000:
            return one
    return taken


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), *sys.argv[2:])
