"""Public pages, cold and warm: ours against a conventional Wagtail project's full render.

Each in a process of its own, in turn. The peer's templates are plain, as in bakerydemo: a story
with its menu and the three next ones; a listing of the newest twenty with tags, and a search in it.
What a page costs behind Django's page cache is measured with the servers (`bench.parts.requests`).
"""

from __future__ import annotations

from bench.parts.data import CONVENTIONAL
from bench.report import Row, Section, Target, middle, over, timed
from bench.scratch import Scratch

ROUNDS, LOOKS = 2, 10
SEARCHABLE = 5000  # stories: with more, one `.search()` for a common word takes minutes
FROM = 100_000  # stories: how long the conventional pages take grows with them
PEERS = {
    "story": ("story", "conventional story page, full render"),
    "home": ("listing", "conventional listing, full render"),
    "column": ("listing", "conventional listing, full render"),
    "archive": ("listing", "conventional listing, full render"),
    "archive with words and a facet": ("search", "conventional listing with `.search()`"),
}


def pages(place: Scratch, size: int) -> Section:
    asked = ["story", "listing", "search"] if size <= SEARCHABLE else ["story", "listing"]
    ours, peer = [], []
    for _turn in range(ROUNDS):
        ours.append(place.step("pages", str(LOOKS)))
        peer.append(place.step("conventional_pages", str(LOOKS), *asked, settings=CONVENTIONAL))
    section = Section("Pages", size)
    for name, (full, called) in PEERS.items():
        for state in ("cold", "warm"):
            what, mine = f"{name}, {state}", over(ours, name, state)
            if full in asked:
                most = Target("≤", 0.1, since=FROM) if state == "cold" else None
                section.rows.append(timed(what, mine, over(peer, full), called, most))
            else:
                section.rows.append(Row(what, "ms", mine["ms"]))
        queries = middle([one[name]["queries"] for one in ours])
        section.rows.append(Row(f"{name}, cold: queries", "", queries))
    return section
