"""An item as one newsroom may have it now: nothing in it that is withdrawn, or not agreed to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from accounts.canonical import canonical
from stories.press import entitlements, selectors
from stories.press.early import selectors as early
from stories.press.errors import NotAgreed, NotFound
from stories.press.faces import blocks, house
from stories.press.kits import pack
from stories.press.kits.services import public_and_agreed
from stories.press.models import PressClient

LIGHT = "jpeg720"  # the rendition to look at


@dataclass(frozen=True, slots=True)
class Shown:
    """`payload` is the release without what the newsroom may not have, or the notice of one that
    is withdrawn; `seqs` are the releases that it carries, the item's own first."""

    payload: dict
    seqs: tuple[int, ...]

    @property
    def is_withdrawn(self) -> bool:
        return self.payload["kind"] in house.WITHDRAWN

    @property
    def is_early(self) -> bool:
        """Before its time; its pictures can be taken, but stand at no address yet."""
        return "embargoed" in self.payload and not self.is_withdrawn

    @property
    def text(self) -> bytes:
        """As the ledger would store it."""
        return canonical(self.payload).encode()

    @property
    def body(self) -> str:
        """Safe HTML to read, with pictures that load quickly."""
        return blocks.body_html(self._light, "")

    @property
    def _light(self) -> dict:
        pictures = [
            picture | {"renditions": [small | {"name": house.PRESS_RENDITION}]}
            for picture in self.payload.get("pictures", ())
            if not self.is_early
            and (small := house.rendition(picture, LIGHT) or house.rendition(picture))
        ]
        return self.payload | {"pictures": pictures}


def current(client: PressClient, uuid: UUID) -> Shown:
    """The item now. Raises Http404 for what isn't there and what isn't for this newsroom alike.

    Two queries, and two for one whose use was narrowed. With the embargo right also what is not
    public yet."""
    found = selectors.current(uuid)
    if found is None and client.embargo:
        return _early(client, uuid)
    told = entitlements.told(client.kind, found.seq, found.text) if found else None
    if found is None or told is None:
        raise Http404
    return _shown(client, found.seq, told)


def _early(client: PressClient, uuid: UUID) -> Shown:
    try:
        seq, text = early.release(uuid, None, client.kind)
    except (NotFound, NotAgreed) as error:
        raise Http404 from error
    return _shown(client, seq, text)


def _shown(client: PressClient, seq: int, text: bytes) -> Shown:
    """Without what it shows and names that isn't for this newsroom; below zero it is sent early."""
    payload = json.loads(text)
    if payload["kind"] in house.WITHDRAWN or payload["type"] == "picture":
        return Shown(payload, (seq,))
    pictures = [picture["uuid"] for picture in payload["pictures"]]
    people = [one["uuid"] for one in payload.get("exemplars", ())]
    usable = public_and_agreed([*pictures, *people], client.kind)
    if seq < 0:
        usable |= early.usable_pictures(set(pictures) - usable.keys(), client.kind)
    payload = pack.without(payload, [one for one in pictures if one not in usable])
    if people:
        payload |= {"exemplars": [e for e in payload["exemplars"] if e["uuid"] in usable]}
    return Shown(payload, (seq, *(usable[one] for one in pictures if one in usable)))
