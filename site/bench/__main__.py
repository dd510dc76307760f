"""`make bench [SIZES="1000 10000 100000"]`: prints Markdown tables; progress on standard error."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.load import client
from bench.parts import data, desk, search
from bench.parts.pages import pages
from bench.parts.pictures import pictures
from bench.parts.requests import Requests
from bench.report import Section, machine
from bench.scratch import ROOT, Failed, Scratch, scratch

EXPECTED = (Failed, OSError, ValueError, KeyError, IndexError)


def say(text: str) -> None:
    sys.stderr.write(f"• {text}\n")
    sys.stderr.flush()


def show(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def guarded(title: str, size: int, part: Callable[[], Section]) -> None:
    """Measure and print; what fails prints its reason, and the run goes on."""
    say(f"{title}, {size:,} bài…")
    try:
        section = part()
    except EXPECTED as error:
        section = Section(title, size, failed=[str(error) or type(error).__name__])
    show(section.text())


def requests(place: Scratch, size: int, key: str) -> Section:
    with Requests(place, size, key) as part:
        return part.measure()


def measure(place: Scratch, sizes: list[int], parts: set[str], articles: Path) -> None:
    """Every part at every size; the database grows from one size to the next."""
    first = place.size
    if not first:
        say("Tạo cơ sở dữ liệu tạm…")
        data.prepare(place)
    client = f"bench-{secrets.token_hex(4)}"  # a kept place has those of earlier runs
    key = place.manage("press_key", client, "--create").strip()
    searches: dict[int, dict[str, float]] = {}
    releases: dict[int, dict[str, float]] = {}
    for size in sizes:
        if size > first:
            guarded("Data", size, lambda size=size, first=first: data.grow(place, first, size))
            first = size
        elif size < first:
            say(f"{size:,} bài: đã có {first:,}, bỏ qua.")
            continue
        if "requests" in parts:
            guarded("Requests", size, lambda size=size: requests(place, size, key))
        if "pages" in parts:
            guarded("Pages", size, lambda size=size: pages(place, size))
        if "search" in parts:
            guarded("Archive search", size, lambda size=size: search.search(place, size, searches))
            if (there := place.on_elasticsearch()) is not None:
                title = "Archive search on Elasticsearch"
                guarded(title, size, lambda size=size, there=there: search.elastic(there, size))
        if "desk" in parts:
            guarded("Desk", size, lambda size=size: desk.desk(place, size, releases))
        if "queue" in parts:
            guarded("Queue", size, lambda size=size: desk.queue(place, size))
    if "pictures" in parts:
        guarded("Pictures", sizes[-1], lambda: pictures(place, sizes[-1]))
    if "quality" in parts and (articles / "queries-dev.jsonl").exists():
        say("Chất lượng tìm kiếm…")
        try:
            show(search.quality(place, articles))
        except EXPECTED as error:
            show(f"### Search quality\n\n- not measured: {error}\n")


def main() -> int:
    names = ("requests", "pages", "search", "desk", "queue", "pictures", "quality")
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000], metavar="SIZE")
    parser.add_argument("--only", action="append", choices=names, help="beside the data")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep the data there, and use what is there"
    )
    parser.add_argument(
        "--articles",
        type=Path,
        default=Path(os.environ.get("BENCH_ARTICLES", ROOT.parent / "shared" / "data")),
        help="folder with articles-dev.jsonl.gz and queries-dev.jsonl, where there is one",
    )
    given = parser.parse_args()
    started = time.monotonic()
    show(f"## Bench\n\n{machine(client())}\n")
    try:
        with scratch(given.keep) as place:
            measure(place, sorted(set(given.sizes)), set(given.only or names), given.articles)
    except Failed as failed:
        show(f"Dừng: {failed}")
        return 1
    except KeyboardInterrupt:
        return 130
    show(f"Took {(time.monotonic() - started) / 60:.1f} minutes. {machine(client())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
