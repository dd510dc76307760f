"""Data: generated stories through `import_stories`, the index through `archive_index rebuild`.

No peer: the targets are absolute. The conventional Wagtail peer gets the same stories here, in
bulk, unmeasured.
"""

from __future__ import annotations

import json
import urllib.request

from bench import stories
from bench.report import Row, Section, Target, number
from bench.scratch import Failed, Scratch

CONVENTIONAL = "bench.peers.conventional.settings"


def prepare(place: Scratch) -> None:
    """Both databases, without stories: migrations, units, people, static files."""
    place.manage("migrate", "--verbosity", "0")
    place.manage("sync_units")
    place.manage("collectstatic", "--no-input", "--verbosity", "0")
    place.step("people")
    options = {"settings": CONVENTIONAL, "var": "conventional"}
    place.manage("migrate", "--verbosity", "0", **options)
    place.manage("collectstatic", "--no-input", "--verbosity", "0", **options)


def grow(place: Scratch, first: int, last: int) -> Section:
    """Import the stories numbered first to last - 1 on top of those that are there."""
    section = Section("Data", last)
    lines = place.folder / "stories.jsonl"
    stories.write(lines, first, last)
    try:
        given = ("import_stories", str(lines), "--approved-by", "tuyengiao")
        section.rows += _rows(place, given, last - first, Target("≥", 200), Target("≤", 300))
        section.rows[0].note += f"; {last - first:,} on top of {first:,}"
        section.rows += _rows(place, ("archive_index", "rebuild"), last, Target("≥", 3000))
        section.rows.append(_on_disk(place))
        if (elastic := place.on_elasticsearch()) is not None:
            section.rows += _on_elasticsearch(elastic, last)
        place.step("conventional_fill", str(lines), settings=CONVENTIONAL)
        place.size = last
    except Failed as failed:
        section.failed.append(str(failed))
    finally:
        lines.unlink()
    return section


def _rows(
    place: Scratch,
    command: tuple[str, ...],
    count: int,
    least: Target,
    memory: Target | None = None,
) -> list[Row]:
    """Rate and peak memory of a command over so many stories; the process's start is left out."""
    took = place.step("command", *command)
    name = f"`{command[0]}`" if len(command) > 2 else f"`{' '.join(command)}`"
    rate = Row(name, "stories/s", count / took["seconds"], target=least, absolute=True)
    rate.note = f"{number(count / took['cpu'])} a second of processor time"
    peak = Row("its peak memory", "MB", took["peak_mb"], target=memory, absolute=True)
    return [rate, peak]


def _on_elasticsearch(place: Scratch, count: int) -> list[Row]:
    """The index on Elasticsearch; the processor time of the server itself is not seen."""
    command = ("archive_index", "rebuild", "--engine=elasticsearch")
    took = place.step("command", *command)
    rate = Row(f"`{' '.join(command)}`", "stories/s", count / took["seconds"])
    rate.target, rate.absolute = Target("≥", 1500), True
    url = f"{place.extra['ELASTICSEARCH_URL']}/bench/_stats/store"
    with urllib.request.urlopen(url) as said:  # noqa: S310 - a server of our own
        size = json.load(said)["_all"]["primaries"]["store"]["size_in_bytes"] / 1e6
    return [rate, Row("index on Elasticsearch", "MB", size)]


def _on_disk(place: Scratch) -> Row:
    files = (place.folder / "var").glob("archive*")
    size = sum(file.stat().st_size for file in files if file.is_file()) / 1e6
    return Row("index on disk", "MB", size, place.database.stat().st_size / 1e6, "the database")
