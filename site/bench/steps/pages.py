"""Ours: public pages that no cache holds, and the same again when it does; in one process."""

from __future__ import annotations

import random
import sys

import django

from bench.steps import Times, answer, counted

LISTS = {
    "home": "/",
    "column": "/phu-nu-dat-to/",
    "archive": "/luu-tru/",
    "archive with words and a facet": "/luu-tru/?q=ph%E1%BB%A5+n%E1%BB%AF&type=phu-nu-dat-to",
}


def main(count: int) -> None:
    from django.core.cache import caches
    from django.test import Client

    from stories.releases.models import Item

    client = Client(headers={"host": "127.0.0.1"})
    stories = list(Item.objects.public().stories().values_list("path", flat=True)[:2000])
    some = random.Random(1).sample(stories, count + 1)  # noqa: S311 - not for secrets
    pages = {"story": some} | {name: [path] * (count + 1) for name, path in LISTS.items()}
    found = {}
    for name, paths in pages.items():
        cold, warm = Times(), Times()
        for number, path in enumerate(paths):
            caches["pages"].clear()
            with counted() as sent:
                given = (cold if number else Times()).of(lambda path=path: client.get(path))
            if given.status_code != 200:
                raise ValueError(f"{path} answered {given.status_code}")
            warm.of(lambda path=path: client.get(path))
        found[name] = {"cold": cold.figures(), "warm": warm.figures(), "queries": len(sent)}
    answer(**found)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
