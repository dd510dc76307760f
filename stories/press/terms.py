"""A payload's facts, by which can be filtered, as (facet, value), and as the catalogue's words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from stories.units.selectors import UnitTree

TYPES = ("story", "exemplar")
COLUMN = {"story": "phu-nu-dat-to", "exemplar": "dien-hinh"}  # where the website shows it
Pair = tuple[str, object]


def pairs(payload: dict, units: Mapping[str, Iterable[str]]) -> list[Pair]:
    """The facts of a public story or exemplar; `units` gives the search keys of a unit's code."""
    unit = payload.get("unit")
    found: list[Pair] = [("column", COLUMN[payload["type"]])]
    found += [("unit", code) for code in units.get(unit["code"], [unit["code"]])] if unit else []
    for name, field in (("group", "group"), ("kind", "exemplar_kind")):
        if payload.get(field):
            found.append((name, payload[field]["code"]))
    found += [("content", content["code"]) for content in payload.get("contents", ())]
    found += [("tag", tag) for tag in payload.get("tags", ())]
    found.append(("year", payload["date"][:4]))
    return found


def term(facet: str, value: object) -> str:
    """One word: tags are compared without case, their spaces written as underscores."""
    text = unicodedata.normalize("NFC", str(value)).casefold()
    return f"{facet}:{'_'.join(text.split())}"


def mark(facet: str, value: object) -> str:
    """The word's hash: it may stay where content has been purged, for it says nothing by itself."""
    return blake2b(term(facet, value).encode(), digest_size=6).hexdigest()


def line(words: Iterable[str]) -> str:
    """Each word between spaces, so that one is looked for with a space on both sides."""
    return f" {' '.join(words)} "


def unit_keys(payloads: Iterable[dict]) -> dict[str, list[str]]:
    """Code → search keys for the units of these payloads (two queries for the whole tree)."""
    codes = {payload["unit"]["code"] for payload in payloads if payload.get("unit")}
    if not codes:
        return {}
    tree = UnitTree.load()
    return {unit.code: tree.keys(unit) for unit in tree.units.values() if unit.code in codes}
