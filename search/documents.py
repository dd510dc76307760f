"""What the archive knows of one released story or exemplar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from search.text import tidy, tidy_name

SEQ_BITS: Final = 40


@dataclass(frozen=True, slots=True)
class Document:
    """One entry of the archive. Texts are tidy (NFC), codes are those of the ledger.

    `unit_keys` are the codes of all units under which it is found, `places` their names, `units`
    the pairs of both (a unit may have had several names). `people` are whom a story tells about.
    """

    uuid: str
    type: str
    title: str
    date: dt.date
    href: str
    seq: int
    source_id: str | None = None
    lead: str = ""
    text: str = ""
    byline: str = ""
    people: tuple[str, ...] = ()
    role: str = ""
    place: str = ""
    places: tuple[str, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    unit_code: str = ""
    unit_keys: tuple[str, ...] = ()
    group: str = ""
    contents: tuple[str, ...] = ()
    kind: str = ""
    tags: tuple[str, ...] = ()
    year: int = 0
    is_news: bool = True

    @property
    def key(self) -> int:
        """Orders entries by day, those of one day by their release; fits in 63 bits."""
        return self.date.toordinal() << SEQ_BITS | self.seq

    @property
    def column(self) -> str:
        """Where the website shows it: with the stories or with the exemplars."""
        return "dien-hinh" if self.type == "exemplar" else "phu-nu-dat-to"

    def facet_values(self) -> tuple[tuple[str, str], ...]:
        """(facet, value) for each way in which this entry is counted and filtered."""
        pairs = [("unit", key) for key in self.unit_keys]
        pairs += [("content", code) for code in self.contents]
        pairs += [("tag", tag) for tag in self.tags]
        pairs += [("group", self.group), ("kind", self.kind), ("year", str(self.year or ""))]
        pairs.append(("column", self.column))
        return tuple(dict.fromkeys(pair for pair in pairs if pair[1]))

    def other_texts(self) -> tuple[str, ...]:
        """Everything that words are looked for in, beside the title; the text comes first."""
        return (self.lead, self.text, *self.names())

    def names(self) -> tuple[str, ...]:
        """Of people, places and things: short, and the same in many entries."""
        return (self.byline, *self.people, self.role, *self.places, *self.tags)


def document(
    payload: Mapping[str, Any],
    search_keys: Sequence[str] = (),
    *,
    seq: int = 0,
    places: Sequence[str] = (),
    units: Sequence[tuple[str, str]] = (),
) -> Document:
    """Build the entry from a ledger payload (a story or an exemplar, usable or corrected).

    `search_keys` are `stories.units.selectors.UnitTree.keys` of its unit, `places` the names of
    these units, `units` the pairs of both, `seq` the release's place in the ledger. Pure: asks no
    database.
    """
    date = dt.date.fromisoformat(payload["date"])
    unit = payload.get("unit") or {}
    place = tidy_name(unit.get("name", ""))
    people = [tidy_name(entry["title"]) for entry in payload.get("exemplars") or ()]
    # The province is everybody's: no place of its own, so no name to complete.
    named = [(code, place) for code, _name in units if code == unit.get("code")]
    named += [(code, tidy_name(name)) for code, name in units]
    return Document(
        uuid=payload["uuid"],
        source_id=payload.get("source_id"),
        type=payload["type"],
        title=tidy(payload["title"]),
        lead=tidy(payload.get("lead") or ""),
        text=tidy(payload.get("text") or ""),
        byline=tidy_name(payload.get("byline") or ""),
        people=tuple(dict.fromkeys(people)),
        role=tidy_name(payload.get("role") or ""),
        place=place,
        places=tuple(dict.fromkeys(name for name in (place, *map(tidy_name, places)) if name)),
        units=tuple(dict.fromkeys(named)),
        unit_code=unit.get("code", ""),
        unit_keys=tuple(dict.fromkeys(search_keys or ([unit["code"]] if unit else []))),
        group=(payload.get("group") or {}).get("code", ""),
        contents=tuple(content["code"] for content in payload.get("contents") or ()),
        kind=(payload.get("exemplar_kind") or {}).get("code", ""),
        tags=tuple(dict.fromkeys(map(tidy_name, payload.get("tags") or ()))),
        year=date.year,
        date=date,
        href=payload.get("href", ""),
        seq=seq,
        is_news=bool(payload.get("is_news", True)),
    )
