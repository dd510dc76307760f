"""From a release's payload (see the ledger's native format) to what the templates show.

Pure functions: no database, no request. Pictures and exemplars are items of their own and may be
withdrawn alone, so every function that shows them is told which uuids are public today.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from stories.pages.models.choices import Stage

Payload = Mapping[str, Any]

WEB_RENDITIONS = ("w360", "w720", "w1200")
AVIF_RENDITIONS = ("avif360", "avif720", "avif1200")  # where they were drawn before the release
SYLLABLES_A_MINUTE = 220  # read with care: a Vietnamese syllable stands alone
FALLBACK = "jpeg720"  # for browsers that know no WebP; releases from before it have none


@dataclass(frozen=True)
class Card:
    """One item in a list. `picture` is a payload picture or None; `date` is ISO (YYYY-MM-DD)."""

    uuid: str
    href: str
    title: str
    lead: str
    date: str
    unit: Mapping[str, str]
    group: Mapping[str, str] | None
    kind: Mapping[str, str] | None
    role: str
    picture: Mapping[str, Any] | None
    corrected: bool


def lead_picture_uuid(payload: Payload) -> str | None:
    """The picture that stands for the item: the chosen one, else the first."""
    pictures = payload.get("pictures") or []
    return payload.get("lead_picture") or (pictures[0]["uuid"] if pictures else None)


def picture_uuids(payload: Payload) -> list[str]:
    return [picture["uuid"] for picture in payload.get("pictures") or []]


def public_pictures(payload: Payload, public: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """uuid -> picture, of those pictures that are public and have a rendition for the web."""
    return {
        picture["uuid"]: picture
        for picture in payload.get("pictures") or []
        if picture["uuid"] in public and web_renditions(picture)
    }


def web_renditions(
    picture: Mapping[str, Any], names: Collection[str] = WEB_RENDITIONS
) -> list[Mapping[str, Any]]:
    """The renditions for `srcset`, narrowest first, one per width."""
    by_width = {
        rendition["width"]: rendition
        for rendition in picture.get("renditions") or []
        if rendition["name"] in names
    }
    return [by_width[width] for width in sorted(by_width)]


def sources(
    picture: Mapping[str, Any], address: Callable[[str], str] = str
) -> list[tuple[str, str]]:
    """`(type, srcset)` of each `<source>`, the lightest first: AVIF where there is one, WebP.

    `address` makes of a rendition's `href` what is shown.
    """
    found = (web_renditions(picture, names) for names in (AVIF_RENDITIONS, WEB_RENDITIONS))
    return [
        (kind[0]["mimetype"], ", ".join(f"{address(one['href'])} {one['width']}w" for one in kind))
        for kind in found
        if kind
    ]


def rendition(picture: Mapping[str, Any], *names: str) -> Mapping[str, Any] | None:
    """The first rendition that the picture has of `names`."""
    by_name = {one["name"]: one for one in picture.get("renditions") or []}
    return next((by_name[name] for name in names if name in by_name), None)


def card(payload: Payload, public: Collection[str]) -> Card:
    return Card(
        uuid=payload["uuid"],
        href=payload["href"],
        title=payload["title"],
        lead=payload.get("lead") or "",
        date=payload["date"],
        unit=payload.get("unit") or {},
        group=payload.get("group"),
        kind=payload.get("exemplar_kind"),
        role=payload.get("role") or "",
        picture=public_pictures(payload, public).get(lead_picture_uuid(payload) or ""),
        corrected=payload["kind"] == "correction",
    )


def cards(payloads: Iterable[Payload], public: Collection[str]) -> list[Card]:
    return [card(payload, public) for payload in payloads]


def blocks(payload: Payload, pictures: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The body with each picture block carrying its picture; what can't be shown is left out.

    A video stays a link to its own site (nothing is loaded from there); one that isn't http(s)
    is dropped. The lead picture is shown above the body, so its block isn't repeated.
    """
    shown: list[dict[str, Any]] = []
    lead = lead_picture_uuid(payload)
    for block in payload.get("body") or []:
        if block["type"] == "picture":
            picture = pictures.get(block["picture"])
            if picture is None or block["picture"] == lead:
                continue
            shown.append({"type": "picture", "picture": picture})
        elif block["type"] == "video":
            parts = urlsplit(block["url"])
            if parts.scheme in {"http", "https"} and parts.hostname:
                host = parts.hostname.removeprefix("www.")
                shown.append({**block, "host": host})
        else:
            shown.append(dict(block))
    return shown


def minutes(payload: Payload) -> int:
    """How long it takes to read, in whole minutes, at least one."""
    syllables = len(f"{payload.get('lead') or ''} {payload.get('text') or ''}".split())
    return max(1, math.ceil(syllables / SYLLABLES_A_MINUTE))


def quarter(day: str) -> tuple[int, int]:
    """(year, quarter) of an ISO day."""
    return int(day[:4]), (int(day[5:7]) + 2) // 3


@dataclass(frozen=True)
class StageShown:
    """One of the four stages. `since`: ISO time of the first release that showed it, or ""."""

    code: str
    name: str
    done: bool
    now: bool
    since: str = ""


def stages(payload: Payload, history: Iterable[Payload]) -> list[StageShown]:
    """The four stages as far as the releases tell; [] where they tell of none.

    `history`: the item's public releases, oldest first. A stage that the first release had passed
    already has no date: nothing public says when it was.
    """
    reached = (payload.get("stage") or {}).get("code")
    codes = [str(code) for code in Stage.values]
    if reached not in codes:
        return []
    since: dict[str, str] = {}
    for number, release in enumerate(history):
        code = (release.get("stage") or {}).get("code")
        if code in codes and code not in since:
            since[code] = release["released_at"] if number else ""
    at = codes.index(reached)
    return [
        StageShown(
            code=code,
            name=str(Stage(code).label),
            done=number <= at,
            now=number == at,
            since=since.get(code, "") if number <= at else "",
        )
        for number, code in enumerate(codes)
    ]
