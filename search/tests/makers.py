"""Entries and engines for the archive's tests."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any

from django.conf import settings

from search.documents import Document
from search.engines.base import Engine, Upsert
from search.query import ArchiveQuery
from search.text import tidy

# The engines that can be tried here.
IN_DATABASE = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
ENGINES = ["embedded", "postgresql"] if IN_DATABASE else ["elasticsearch", "embedded"]
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
NUMBER = "00000000-0000-4000-8000-{:012d}"


def entry(number: int, title: str, text: str = "", **changes: Any) -> Document:
    """An entry of the archive; `number` is its uuid and, unless said, its place in the ledger."""
    values = {
        "uuid": NUMBER.format(number),
        "type": "story",
        "title": tidy(title),
        "text": tidy(text),
        "date": dt.date(2026, 1, 1) + dt.timedelta(days=number),
        "year": 2026,
        "href": f"/phu-nu-dat-to/{number}/",
        "seq": number,
    }
    return Document(**values | changes)


def filled(engine: Engine, *documents: Document) -> Engine:
    """The engine with these entries; the embedded one that lends it its words has them too."""
    for filling in filter(None, (engine, getattr(engine, "words", None))):
        filling.apply([Upsert(d) for d in documents], max(d.seq for d in documents))
    return engine


def found(engine: Engine, q: str, **filters: Any) -> list[int]:
    """The numbers of the entries found, in order."""
    results = engine.search(ArchiveQuery(q=q, **filters))
    return [int(hit.uuid[-12:]) for hit in results.hits]


def articles() -> list[Document]:
    """The development set: Vietnamese Wikipedia articles (CC BY-SA 3.0, see the file)."""
    with gzip.open(SHARED / "articles-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [
            Document(
                uuid=article["id"],
                type="story",
                title=tidy(article["title"]),
                text=tidy(article["body"]),
                date=dt.date(2020, 1, 1),
                year=2020,
                href="/",
                seq=number,
            )
            for number, article in enumerate(map(json.loads, lines), 1)
        ]


def questions() -> list[dict[str, Any]]:
    lines = (SHARED / "queries-dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
