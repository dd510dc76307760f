"""Ours, asked the queries of a development set through /api/v1/search/, in process."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import django

from bench.steps import Times, answer

DEPTH = 10


def main(file: Path) -> None:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    found: dict[str, list[float]] = defaultdict(list)
    taken = Times()
    for line in file.read_text(encoding="utf-8").splitlines():
        query = json.loads(line)
        given = {"q": query["query"], "limit": DEPTH}
        response = taken.of(lambda given=given: client.get("/api/v1/search/", given))
        if response.status_code != 200:
            raise ValueError(f"{query['query']!r} answered {response.status_code}")
        ids = [item["source_id"] for item in response.json()["items"]]
        ranks = [ids.index(target) + 1 for target in query["targets"] if target in ids]
        found[query["class"]].append(1 / min(ranks) if ranks else 0.0)
    found["all"] = [value for values in list(found.values()) for value in values]
    classes = {
        name: {
            "queries": len(values),
            "recall": sum(value > 0 for value in values) / len(values),
            "mrr": sum(values) / len(values),
        }
        for name, values in found.items()
    }
    answer(classes=classes, **taken.figures())


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
