"""Pictures against a plain Wagtail with Willow and Pillow: renditions, the admin's list."""

from __future__ import annotations

from bench.parts.data import CONVENTIONAL
from bench.report import Row, Section, Target, timed
from bench.scratch import Scratch

PEER = "plain Wagtail, Willow with Pillow"
FEW, MANY = 200, 20_000


def pictures(place: Scratch, size: int) -> Section:
    """A 12-megapixel JPEG, and lists of FEW and MANY pictures."""
    section = Section("Pictures", size)
    ours = place.step("pictures", "renditions")
    peer = place.step("pictures", "renditions", settings=CONVENTIONAL)
    section.rows.append(timed("three renditions of 12 MP", ours, peer, PEER, Target("≤", 1)))
    section.rows.append(
        Row("peak memory of the process", "MB", ours["peak_mb"], peer["peak_mb"], PEER)
    )
    counts = (str(FEW), str(MANY))
    given = ("pictures", "listing", "/quan-tri/images/", "quantri", *counts)
    listed = place.step(*given)
    theirs = ("pictures", "listing", "/admin/images/", "admin", *counts)
    plain = place.step(*theirs, settings=CONVENTIONAL)
    for count in counts:
        what = f"list of {int(count):,} pictures"
        section.rows.append(timed(what, listed[count], plain[count], PEER, Target("≤", 2)))
        queries = listed[count]["queries"], plain[count]["queries"]
        section.rows.append(Row(f"{what}: queries", "", *queries, PEER))
    return section
