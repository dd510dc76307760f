"""The archive's search against bare FTS5 (`bench.steps.search.BareIndex`), and its quality.

The peer holds the same texts, folded: top 20 by bm25 and four facets by SQL; it highlights nothing
and understands nothing. Ours answers with highlights and six facets. Both in one process, warm.
"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from bench.parts.data import CONVENTIONAL
from bench.report import Row, Section, Target, number, table, timed
from bench.scratch import Scratch

ROUNDS = 3
PEER = "bare FTS5, top 20 and 4 facets"
COMMON = (Target("≤", 2, until=9_999), Target("≤", 0.15, since=100_000))
COMPLETION, SIMILAR = Target("≤", 10, since=100_000), Target("≤", 15, since=100_000)
LARGEST_FOR_WAGTAIL = 10_000
GROWTH = Target("≤", 4, since=100_000)


def search(place: Scratch, size: int, earlier: dict[int, dict[str, float]]) -> Section:
    """`earlier`: our times on common words at each size so far; those of this size are added."""
    section = Section("Archive search", size)
    found = place.step("search", str(ROUNDS))
    section.rows += _kinds(found, size)
    common = found["kinds"]["common"]["ours"]
    for before, took in earlier.items():
        target = GROWTH if size == before * 10 else None
        name = f"ours at {before:,}"
        section.rows.append(timed("common words, growth", common, took, name, target))
    earlier[size] = common
    section.rows += _offers(found)
    section.rows.append(Row("memory of the process", "MB", found["memory_mb"]))
    section.rows += _wagtail(place, size, common)
    return section


def elastic(place: Scratch, size: int) -> Section:
    """The same on Elasticsearch; its own processor time is not seen. Raises Failed."""
    section = Section("Archive search on Elasticsearch", size)
    found = place.step("search", str(ROUNDS))
    section.rows += [*_kinds(found, size, targets=False), *_offers(found)]
    return section


def _kinds(found: dict, size: int, *, targets: bool = True) -> list[Row]:
    rows = []
    for kind, took in found["kinds"].items():
        ours, peer = took["ours"], took["peer"]
        target = None
        if kind == "common" and targets:
            target = COMMON[0] if size < 10_000 else COMMON[1]
        row = timed(f"{kind} words, median", ours, peer, PEER, target)
        first = number(took["first"]["ms"])
        row.note = f"{took['questions']} questions; ours when first asked {first} ms"
        rows.append(row)
        rows.append(Row(f"{kind} words, p99", "ms", ours["p99"], peer["p99"], PEER))
    return rows


def _offers(found: dict) -> list[Row]:
    rows = []
    for name, target in (("completion", COMPLETION), ("similar", SIMILAR)):
        took = found[name]
        row = Row(f"{name}, median", "ms", took["ms"], target=target, absolute=True)
        row.note = f"p99 {number(took['p99'])} ms; processor {number(took['cpu'])} ms"
        rows.append(row)
    return rows


def _wagtail(place: Scratch, size: int, ours: dict[str, float]) -> list[Row]:
    """Wagtail's own `.search()`, top 20 and one facet, where it answers in bearable time."""
    if size > LARGEST_FOR_WAGTAIL:
        return []
    took = place.step("conventional_search", settings=CONVENTIONAL)
    return [timed("common words, median", ours, took, "Wagtail's `.search()`, 20 and one facet")]


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
    measured: dict[str, dict] = {}
    for engine in filter(None, (inner, inner.on_elasticsearch())):
        engine.manage("archive_index", "rebuild")
        name = engine.extra.get("ARCHIVE_ENGINE", "embedded")
        measured[name] = engine.step("quality", str(folder / "queries-dev.jsonl"))
    shutil.rmtree(var)
    head = ["class", "queries"]
    for name in measured:
        head += [f"recall@10, {name}", f"MRR@10, {name}"]
    rows = [
        [name, str(of["queries"])]
        + [
            f"{found['classes'][name][figure]:.3f}"
            for found in measured.values()
            for figure in ("recall", "mrr")
        ]
        for name, of in measured["embedded"]["classes"].items()
    ]
    took = "; ".join(
        f"{name}: median {number(found['ms'])} ms, p99 {number(found['p99'])} ms"
        for name, found in measured.items()
    )
    title = f"### Search quality, {folder.name}/queries-dev"
    return f"{title}\n\n{table(head, rows)}\n\nThrough /api/v1/search/: {took}.\n"
