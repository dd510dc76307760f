"""The archive's search against bare FTS5 (`bench.steps.search.BareIndex`), and its quality.

The peer holds the same texts, folded: top 20 by bm25 and four facets by SQL; it highlights nothing
and understands nothing. Ours answers with highlights and six facets. Both in one process, warm.
"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from bench.report import Row, Section, Target, number, table, timed
from bench.scratch import Scratch

ROUNDS = 3
PEER = "bare FTS5, top 20 and 4 facets"
COMMON = (Target("≤", 2, until=9_999), Target("≤", 0.15, since=100_000))
COMPLETION, SIMILAR = Target("≤", 10, since=100_000), Target("≤", 15, since=100_000)
GROWTH = Target("≤", 4, since=100_000)


def search(place: Scratch, size: int, earlier: dict[int, dict[str, float]]) -> Section:
    """`earlier`: our times on common words at each size so far; those of this size are added."""
    section = Section("Archive search", size)
    found = place.step("search", str(ROUNDS))
    for kind, took in found["kinds"].items():
        ours, peer = took["ours"], took["peer"]
        target = None
        if kind == "common":
            target = COMMON[0] if size < 10_000 else COMMON[1]
        row = timed(f"{kind} words, median", ours, peer, PEER, target)
        first = number(took["first"]["ms"])
        row.note = f"{took['questions']} questions; ours when first asked {first} ms"
        section.rows.append(row)
        section.rows.append(Row(f"{kind} words, p99", "ms", ours["p99"], peer["p99"], PEER))
    common = found["kinds"]["common"]["ours"]
    for before, took in earlier.items():
        target = GROWTH if size == before * 10 else None
        name = f"ours at {before:,}"
        section.rows.append(timed("common words, growth", common, took, name, target))
    earlier[size] = common
    for name, target in (("completion", COMPLETION), ("similar", SIMILAR)):
        took = found[name]
        row = Row(f"{name}, median", "ms", took["ms"], target=target, absolute=True)
        row.note = f"p99 {number(took['p99'])} ms; processor {number(took['cpu'])} ms"
        section.rows.append(row)
    section.rows.append(Row("memory of the process", "MB", found["memory_mb"]))
    return section


def quality(place: Scratch, folder: Path) -> str:
    """Recall and mean reciprocal rank of the first ten, by class of query, on a development set.

    The set's articles are imported into a database of their own.
    """
    var = place.folder / "articles"
    inner = Scratch(var, place.ports, place.secret)
    var.mkdir()
    lines = var / "articles.jsonl"
    with gzip.open(folder / "articles-dev.jsonl.gz") as packed, lines.open("wb") as out:
        shutil.copyfileobj(packed, out)
    inner.manage("migrate", "--verbosity", "0")
    inner.manage("sync_units")
    inner.step("people")
    inner.manage("import_stories", str(lines), "--approved-by", "tuyengiao")
    inner.manage("archive_index", "rebuild")
    found = inner.step("quality", str(folder / "queries-dev.jsonl"))
    shutil.rmtree(var)
    rows = [
        (name, str(of["queries"]), f"{of['recall']:.3f}", f"{of['mrr']:.3f}")
        for name, of in found["classes"].items()
    ]
    head = ("class", "queries", "recall@10", "MRR@10")
    p50, p99 = number(found["ms"]), number(found["p99"])
    took = f"Through /api/v1/search/: median {p50} ms, p99 {p99} ms."
    return f"### Search quality, {folder.name}/queries-dev\n\n{table(head, rows)}\n\n{took}\n"
