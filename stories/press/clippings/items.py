"""Which items a client may name, in a clipping or a question, and what they are called to it.

Those that it was given, withdrawn or not, and what is public now and may go to such a client. Never
a draft: everything begins at the ledger.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from stories.press import entitlements
from stories.press.models import PressClient, PressDelivery
from stories.press.told.reader import TEXTLESS
from stories.releases.models import Item, Release

RECENT = 60
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """An item as its client knows it: the title of a withdrawn one is its notice."""

    item: Item
    title: str


def found(text: str) -> Item | None:
    """The released item meant by an address on our site, a `uri` or an id; else None."""
    text = text.strip()[:1000]
    if match := _UUID.search(text):
        return Item.objects.select_related("current").filter(pk=UUID(match.group())).first()
    path = unquote(urlsplit(text).path)
    if not path.startswith("/"):
        return None
    items = Item.objects.select_related("current").at(path if path.endswith("/") else f"{path}/")
    return items.first()


def found_for(client: PressClient, text: str) -> Item | None:
    """As `found`, of what the client may name: anything else isn't there."""
    item = found(text)
    return item if item is not None and may_name(client, item) else None


def may_name(client: PressClient, item: Item) -> bool:
    if given(client).filter(item=item).exists():
        return True
    return item.is_public and entitlements.may_have(client.kind, item.current.data)


def taken() -> QuerySet[PressDelivery]:
    """What clients were given of what was public then: no notices, and no bare wake-ups."""
    public = Release.objects.filter(
        item=OuterRef("item"), version=OuterRef("version"), kind__in=Release.PUBLIC
    )
    return PressDelivery.objects.filter(Exists(public)).exclude(channel__in=TEXTLESS)


def given(client: PressClient) -> QuerySet[PressDelivery]:
    return taken().filter(client=client)


def version_used(client: PressClient, item: Item) -> int:
    """The newest public version that the client was given, else the newest there is."""
    own = given(client).filter(item=item).order_by("-version").values_list("version", flat=True)
    if (version := own.first()) is not None:
        return version
    public = Release.objects.filter(item=item, kind__in=Release.PUBLIC).order_by("-version")
    return public.values_list("version", flat=True).first() or item.version


def recent(client: PressClient, limit: int = RECENT) -> list[Named]:
    """The stories and exemplars that the client was given last, newest first."""
    rows = given(client).exclude(item__type=Item.Type.PICTURE).order_by("-last_at")
    pks = list(dict.fromkeys(rows.values_list("item", flat=True)[: limit * 4]))[:limit]
    return titled(client, Item.objects.filter(pk__in=pks))


def titled(client: PressClient, items: Iterable[Item]) -> list[Named]:
    """Each with the title that the client's own feed would give it now; newest release first."""
    known = {item.current_id: item for item in items if item.current_id}
    stored = Release.objects.filter(seq__in=known).order_by("-seq").values_list("seq", "payload")
    rows = [(seq, text.encode(), seq) for seq, text in stored]
    told = {seq: text for seq, text, _current in entitlements.given(client.kind, rows)}
    return [Named(known[seq], _title(known[seq], told.get(seq))) for seq, _text, _seq in rows]


def _title(item: Item, text: bytes | None) -> str:
    if text is None:
        return f"{item.get_type_display()} {str(item.pk)[:8]}…"
    payload = json.loads(text)
    return payload.get("title") or payload.get("caption") or str(item.pk)
