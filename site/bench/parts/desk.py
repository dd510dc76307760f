"""Approving and admin screens: ours against a conventional Wagtail project.

Each runs in a process of its own, ours and the peer's in turn. The peers
(`bench.steps.conventional_desk`), on a database with as many stories of the same text:
- `revision.publish()` of a StoryPage, without workflow or guard, and Wagtail's own last approval;
- Wagtail's dashboard, and its plain listing of the section with all stories, as a superuser
  (ours: the dashboard, the fullest unit's section, the list of sections; at most 50 rows each;
  then the queue and the dashboards while WAITING stories wait, from every unit that writes).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.parts.data import CONVENTIONAL
from bench.report import Row, Section, Target, over, timed
from bench.scratch import Scratch

ROUNDS = 2
RELEASES, LOOKS = 6, 5
WAITING = 300
QUERIES = Target("≤", 30)


def desk(place: Scratch, size: int, earlier: dict[int, dict[str, float]]) -> Section:
    """`earlier`: our times of a release at each size so far; those of this size are added."""
    ours: list[dict[str, Any]] = []
    peer: list[dict[str, Any]] = []
    for turn in range(ROUNDS):
        # Numbers that no imported story has, nor another round.
        first = (size + turn * RELEASES) * 1000
        given = (str(first), str(RELEASES), str(LOOKS))
        ours.append(place.step("desk", *given))
        peer.append(place.step("conventional_desk", *given, settings=CONVENTIONAL))
    section = Section("Desk", size)
    section.rows += _releases(ours, peer, size, earlier)
    section.rows += _screens(ours, peer, ("admin", "board"))
    return section


def queue(place: Scratch, size: int) -> Section:
    """With WAITING stories in the queue, beside a plain listing of Wagtail's of as many rows."""
    ours, peer = [], []
    for turn in range(ROUNDS):
        ours.append(place.step("queue", str(WAITING), str(LOOKS)))
        first = str(2 * 10**9 + size * 1000 + turn * 10)
        peer.append(place.step("conventional_desk", first, "1", str(LOOKS), settings=CONVENTIONAL))
    section = Section(f"Queue: {WAITING} wait, from {ours[0]['units']} units", size)
    section.rows += _screens(ours, peer, ("board", "reviewer", "editor"))
    return section


def _releases(ours: list, peer: list, size: int, earlier: dict) -> list[Row]:
    what, taken = "approve and release one story", over(ours, "release")
    name, most = "Wagtail's `publish()`, unguarded", Target("≤", 1.5)
    rows = [
        timed(what, taken, over(peer, "publish"), name, most),
        timed(what, taken, over(peer, "approve"), "Wagtail's own last approval"),
    ]
    if earlier:
        smallest = min(earlier)
        before = f"ours at {smallest:,}"
        rows.append(timed(what, taken, earlier[smallest], before, Target("≤", 1.2)))
    earlier[size] = taken
    return rows


def _screens(ours: list, peer: list, people: Sequence[str]) -> list[Row]:
    rows = []
    plain, name = over(peer, "admin", "explorer"), "Wagtail's plain listing"
    for who in people:
        for screen in ours[0][who]:
            what, mine = f"{screen}, as {who}", over(ours, who, screen)
            rows.append(timed(what, mine, plain, name, Target("≤", 2)))
            count = Row(f"{what}: queries", "", mine["queries"], plain["queries"], name, QUERIES)
            count.absolute = True
            rows.append(count)
    if "admin" in people:
        dashboards = over(ours, "admin", "dashboard"), over(peer, "admin", "dashboard")
        rows.append(timed("dashboard, as admin", *dashboards, "Wagtail's own dashboard"))
    return rows
