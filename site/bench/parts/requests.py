"""Requests through the README's production server, ours and the peers' in turn.

Peers, each run by gunicorn with two workers of eight threads as ours is:
- bare: `bench.peers.bare`, Django without middleware on the same database file: a stored JSON row
  by its key, a keyset page of 100 payloads, our own page out of Django's page cache;
- conventional: `bench.peers.conventional`, a plain Wagtail project with the same stories:
  APIs v3 and v2 (`fields=*`), detail of one story; our own page out of Django's page cache again,
  behind the middleware that a Wagtail project has.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from uuid import UUID

from bench.load import Ask, Result, get, in_turn
from bench.parts.data import CONVENTIONAL
from bench.report import Row, Section, Target, middle
from bench.scratch import PRODUCTION, Failed, Scratch, Server, server
from stories.press import cursors

SOME = 40
PAGE = 100
PAGES = {"home": "/", "column": "/phu-nu-dat-to/"}


@dataclass(frozen=True, slots=True)
class Ledger:
    """Some released stories, (uuid, seq, path) each, and the ledger's last number."""

    stories: list[tuple[UUID, int, str]]
    head: int


def look(place: Scratch) -> Ledger:
    """Read with SQL, so that this process needs no Django."""
    with sqlite3.connect(f"file:{place.database}?mode=ro", uri=True) as db:
        (head,) = db.execute("SELECT max(seq) FROM releases_release").fetchone()
        rows = db.execute(
            "SELECT uuid, current_id, path FROM releases_item"
            " WHERE type = 'story' AND kind = 'usable' ORDER BY current_id"
        ).fetchall()
    some = random.Random(1).sample(rows, min(SOME, len(rows)))  # noqa: S311 - not for secrets
    return Ledger([(UUID(uuid), seq, path) for uuid, seq, path in some], head)


class Requests:
    """The comparisons of one size; servers run while it is open."""

    def __init__(self, place: Scratch, size: int, key: str) -> None:
        self.place, self.section = place, Section("Requests", size)
        self.key = {"X-API-Key": key}
        self.ledger = look(place)
        self.running = ExitStack()
        self.ours = self.bare = Server("", 0)
        self.conventional: Server | None = None

    def __enter__(self) -> Requests:
        start = self.running.enter_context
        try:
            self.ours = start(server(self.place, "ours", "config.wsgi", PRODUCTION, "/healthz"))
            # The bare peer configures itself.
            self.bare = start(server(self.place, "bare", "bench.peers.bare", "", "/ready"))
        except BaseException:
            self.running.close()
            raise
        try:
            application = "bench.peers.conventional.wsgi"
            self.conventional = start(
                server(
                    self.place, "conventional", application, CONVENTIONAL, "/ready", "conventional"
                )
            )
        except Failed as failed:
            self.section.failed.append(f"Wagtail's APIs: {failed}")
        return self

    def __exit__(self, *error: object) -> None:
        self.running.close()

    def measure(self) -> Section:
        for part in (self.items, self.items_304, self.feed, self.pages, self.memory, self.archive):
            self.guarded(part)
        return self.section

    def guarded(self, part: Callable[[], None]) -> None:
        try:
            part()
        except (Failed, OSError, ValueError, KeyError, IndexError) as error:
            self.section.failed.append(f"{part.__name__}: {error}")

    def turn(self, *asks: Ask) -> list[Result]:
        return in_turn(asks, self.place.folder)

    def row(self, what: str, ours: Result, peer: Result, name: str, target: Target | None) -> None:
        row = Row(what, "req/s", ours.rate, peer.rate, name, target, note=ours.note)
        if middle(ours.cpu):  # less time for an answer is more answers
            row.by_cpu = middle(peer.cpu) / middle(ours.cpu)
        self.section.rows.append(row)

    # Asks

    def public(self) -> Ask:
        paths = [(f"/api/v1/stories/{uuid}/", {}) for uuid, _seq, _path in self.ledger.stories]
        return Ask(self.ours, paths)

    def press(self) -> Ask:
        found = self.ledger.stories
        paths = [(f"/api/v1/press/items/{uuid}/", self.key) for uuid, _seq, _path in found]
        return Ask(self.ours, paths)

    def stored(self) -> Ask:
        return Ask(self.bare, [(f"/row/{seq}", {}) for _u, seq, _path in self.ledger.stories])

    def wagtail(self) -> Iterator[tuple[str, Ask]]:
        if self.conventional is None:
            return
        wagtail = self.conventional
        database = self.place.folder / "conventional" / "conventional.sqlite3"
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
            ids = [pk for (pk,) in db.execute("SELECT page_ptr_id FROM conventional_storypage")]
        some = random.Random(1).sample(ids, min(SOME, len(ids)))  # noqa: S311
        if not ids:
            raise Failed("the conventional peer has no stories")
        yield "Wagtail API v3 detail", Ask(wagtail, [(f"/api/v3/pages/{pk}/", {}) for pk in some])
        v2 = [(f"/api/v2/pages/{pk}/?fields=*", {}) for pk in some]
        yield "Wagtail API v2 detail, `fields=*`", Ask(wagtail, v2)

    # Comparisons

    def items(self) -> None:
        try:
            wagtail = dict(self.wagtail())
        except Failed as failed:
            wagtail = {}
            self.section.failed.append(f"Wagtail's APIs: {failed}")
        results = self.turn(self.public(), self.press(), self.stored(), *wagtail.values())
        public, press, stored, *apis = results
        for what, ours in (("public story JSON", public), ("press item", press)):
            self.row(what, ours, stored, "bare view, stored row", Target("≥", 0.8))
            for name, api in zip(wagtail, apis, strict=True):
                least = Target("≥", 15) if "v3" in name else None
                self.row(what, ours, api, name, least)

    def items_304(self) -> None:
        asks = [_conditional(ask) for ask in (self.public(), self.press(), self.stored())]
        public, press, stored = self.turn(*asks)
        name, least = "bare view, its 304", Target("≥", 0.9)
        self.row("public story JSON, 304", public, stored, name, least)
        self.row("press item, 304", press, stored, name, least)

    def feed(self) -> None:
        end = self.ledger.head - PAGE
        ours = [f"/api/v1/press/feed/?limit={PAGE}"]
        ours.append(f"{ours[0]}&after={cursors.encode('feed', str(end))}")
        asks = [Ask(self.ours, [(path, self.key)]) for path in ours]
        asks += [Ask(self.bare, [(f"/rows/{seq}", {})]) for seq in (0, end)]
        start, last, bare_start, bare_last = self.turn(*asks)
        name, least = "bare keyset page of 100", Target("≥", 0.8)
        self.row("feed page of 100, start", start, bare_start, name, least)
        self.row("feed page of 100, end", last, bare_last, name, least)
        self.row("the same, end to start", last, start, "ours at the start", Target("≥", 0.95))

    def pages(self) -> None:
        paths = {"story": self.ledger.stories[0][2]} | PAGES
        peers = {"Django page-cache hit, bare": self.bare}
        if self.conventional is not None:
            peers["Django page-cache hit in Wagtail"] = self.conventional
        asks = []
        for name, path in paths.items():
            _status, _headers, body = get(self.ours.base, path)
            (self.place.folder / f"{name}.html").write_bytes(body)
            asks.append(Ask(self.ours, [(path, {})]))
            asks += [Ask(peer, [(f"/cached/{name}", {})]) for peer in peers.values()]
        results = iter(self.turn(*asks))
        for name in paths:
            ours = next(results)
            for peer in peers:
                self.row(f"{name}, warm", ours, next(results), peer, Target("≥", 0.9))

    def memory(self) -> None:
        """Largest worker of each after the load above."""
        if self.conventional is None:
            raise Failed("no conventional peer to compare with")
        ours, peer = self.ours.memory(), self.conventional.memory()
        names = ("worker memory, resident", "worker memory, its own")
        for what, mine, theirs in zip(names, ours, peer, strict=True):
            target = Target("≤", 1.2)
            self.section.rows.append(Row(what, "MB", mine, theirs, "conventional Wagtail", target))

    def archive(self) -> None:
        """Searched anew each time: it has no page that stays; and what its index takes."""
        (found,) = self.turn(Ask(self.ours, [("/luu-tru/", {})]))
        self.section.rows.append(Row("archive", "req/s", found.rate, note=found.note))
        _resident, own = self.ours.memory()
        self.section.rows.append(Row("worker memory, its own, with the archive", "MB", own))


def _conditional(ask: Ask) -> Ask:
    """The same requests from a client that holds the current version of each."""
    held = []
    for path, headers in ask.requests:
        _status, answered, _body = get(ask.base, path, headers)
        held.append((path, {**headers, "If-None-Match": answered["etag"]}))
    return Ask(ask.server, held, status=304)
