"""Ours and the bare FTS5 peer in one process, question by question in turn.

Ours is `search.services.search`: understanding the question, 20 hits with highlights, facets with
their names, and the ledger asked what is public. The peer is plain SQLite (see `BareIndex`).
Words are chosen by how many stories they stand in, from the peer's own vocabulary.
"""

# ruff: noqa: S608 - column names of our own
from __future__ import annotations

import json
import os
import random
import resource
import sqlite3
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import django

from bench.steps import Times, answer

FACETS = ("unit", "grp", "kind", "year")
ALWAYS = ("phụ nữ", "phu nu", "phụ nữ làm", "chị em phụ nữ")


# What people begin with, from one letter to what most titles go on from.
BEGUN = ("p", "c", "ph", "phu nu", "phụ nữ ", "chi ", "nguyen thi", "hop tac", "lam thao", "xa l")


def fold(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(part for part in parts if not unicodedata.combining(part))


class BareIndex:
    """The peer: one FTS5 table of folded title and text, one plain table with four facets.

    A search is the top 20 by bm25 (title five times), their titles, and four counts by SQL over
    the matches, which are gathered once. No highlights, no ledger, no understanding.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = sqlite3.connect(path)
        self.db.execute("PRAGMA mmap_size=134217728")
        self.db.execute("PRAGMA cache_size=-20000")
        self.db.execute("PRAGMA temp_store=MEMORY")

    def fill(self, rows: Iterator[dict]) -> None:
        self.db.executescript(
            "CREATE VIRTUAL TABLE found USING fts5(title, text, content='',"
            " tokenize='unicode61 remove_diacritics 0');"
            "CREATE TABLE doc (id INTEGER PRIMARY KEY, title, unit, grp, kind, year);"
            "CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY);"
            "CREATE VIRTUAL TABLE word USING fts5vocab(found, row);"
        )
        for number, row in enumerate(rows, start=1):
            texts = (fold(row["title"]), fold(f"{row['lead']}\n{row['text']}"))
            self.db.execute(
                "INSERT INTO found (rowid, title, text) VALUES (?, ?, ?)", (number, *texts)
            )
            codes = [(row[name] or {}).get("code") for name in ("unit", "group", "exemplar_kind")]
            self.db.execute(
                "INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?)",
                (number, row["title"], *codes, row["date"][:4]),
            )
        self.db.commit()

    def search(self, q: str) -> None:
        match = " ".join(f'"{word}"' for word in fold(q).split())
        self.db.execute("DELETE FROM hit")
        self.db.execute("INSERT INTO hit SELECT rowid FROM found WHERE found MATCH ?", (match,))
        for name in FACETS:
            self.db.execute(
                f"SELECT {name}, count(*) FROM hit JOIN doc USING (id) GROUP BY 1"
            ).fetchall()
        self.db.execute(
            "SELECT doc.id, title FROM (SELECT rowid AS id FROM found WHERE found MATCH ?"
            " ORDER BY bm25(found, 5, 1) LIMIT 20) JOIN doc USING (id)",
            (match,),
        ).fetchall()

    def words(self, least: float, most: float, count: int) -> list[str]:
        """Words that stand in such a share of the stories."""
        (stories,) = self.db.execute("SELECT count(*) FROM doc").fetchone()
        rows = self.db.execute(
            "SELECT term FROM word WHERE doc BETWEEN ? AND ? AND length(term) > 1 ORDER BY term",
            (max(1, least * stories), max(2, most * stories)),
        )
        words = [term for (term,) in rows]
        return random.Random(1).sample(words, min(count, len(words)))  # noqa: S311


def payloads() -> Iterator[dict]:
    from stories.releases.models import Item

    texts = Item.objects.public().order_by("current_id").values_list("current__payload", flat=True)
    return map(json.loads, texts.iterator(chunk_size=500))


def pairs(words: list[str]) -> list[str]:
    return [f"{one} {two}" for one, two in zip(words[::2], words[1::2], strict=False)]


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(rounds: int) -> None:
    from search import services
    from search.query import ArchiveQuery
    from stories.releases.models import Item

    stories = Item.objects.public().count()
    path = Path(os.environ["BENCH_FOLDER"]) / "bare-fts.sqlite3"
    path.unlink(missing_ok=True)
    bare = BareIndex(path)
    started = time.perf_counter()
    bare.fill(payloads())
    filled = time.perf_counter() - started
    asked = {
        "common": [*ALWAYS, *bare.words(0.3, 1, 16), *pairs(bare.words(0.3, 1, 24))],
        "middling": pairs(bare.words(0.03, 0.3, 48)),
        "rare": bare.words(0, 0.003, 24),
    }
    found: dict[str, dict] = {}
    before = memory()
    for kind, questions in asked.items():
        ours, peer, first = Times(), Times(), Times()
        for turn in range(rounds + 1):
            for q in questions:
                (ours if turn else first).of(lambda q=q: services.search(ArchiveQuery(q=q)))
                (peer if turn else Times()).of(lambda q=q: bare.search(q))
        found[kind] = {
            "questions": len(questions),
            "ours": ours.figures(),
            "first": first.figures(),
            "peer": peer.figures(),
        }
    public = list(Item.objects.public().values_list("uuid", flat=True)[:: max(1, stories // 40)])
    offers, alike = Times(), Times()
    for turn in range(rounds + 1):
        for start in BEGUN:
            (offers if turn else Times()).of(lambda start=start: services.complete(start))
        for uuid in public[:40]:
            (alike if turn else Times()).of(lambda uuid=uuid: services.similar(str(uuid)))
    answer(
        completion=offers.figures(),
        similar=alike.figures(),
        kinds=found,
        peer_mb=path.stat().st_size / 1e6,
        peer_seconds=filled,
        memory_mb=memory(),
        memory_before_mb=before,
    )
    path.unlink()


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
