"""What else there is to read. The archive knows best (same rare words, tags, unit, content). While
it is away, the ledger answers.
"""

from __future__ import annotations

from stories.releases.models import Item, Mention
from stories.website import archive, presenters, selectors
from stories.website.headless import documents
from stories.website.presenters import Payload
from stories.website.selectors import NEWEST_FIRST
from stories.website.watching import Watch, shown

NEWEST = 100  # among which the ledger looks


def related(item: Item, limit: int) -> tuple[list[documents.Document], Watch]:
    """Cards of public items like this one, and what they watch. The number of queries never grows
    with the items. Raises Item.DoesNotExist, Gone for one that isn't public itself."""
    payload = selectors.public_payload(item)
    found = _public(archive.similar(payload["uuid"], limit)) or _kin(payload)
    others = [one for one in found if one["uuid"] != payload["uuid"]][:limit]
    leads = filter(None, map(presenters.lead_picture_uuid, others))
    cards = documents.cards(others, selectors.public_uuids(leads))
    return cards, Watch(shown(payload, *others))


def _public(uuids: list[str]) -> list[dict]:
    rows = Item.objects.public().exclude(type=Item.Type.PICTURE).filter(uuid__in=uuids)
    by_uuid = {str(row.uuid): row.current.data for row in rows}
    return [by_uuid[one] for one in uuids if one in by_uuid]


def _kin(payload: Payload) -> list[dict]:
    """By the ledger alone: stories that tell about the same exemplars (or about this one), share
    tags, come from the same unit; the more of these the better, then the newest (2 queries)."""
    people = {one["uuid"] for one in payload.get("exemplars") or []} | {payload["uuid"]}
    told = list(Mention.objects.filter(target__in=people).values_list("story", flat=True)[:NEWEST])
    stories = Item.objects.public().stories()
    newest = stories.order_by(*NEWEST_FIRST).values_list("uuid", flat=True)[:NEWEST]
    rows = stories.filter(uuid__in={*told, *newest}).order_by(*NEWEST_FIRST)
    ranked = [(_likeness(payload, row.current.data, row.uuid in told), row) for row in rows]
    alike = sorted((one for one in ranked if one[0]), key=lambda one: -one[0])
    return [row.current.data for _score, row in alike]


def _likeness(one: Payload, other: Payload, same_people: bool) -> int:
    tags = set(one.get("tags") or []) & set(other.get("tags") or [])
    units = [(payload.get("unit") or {}).get("code") for payload in (one, other)]
    return 4 * same_people + 2 * len(tags) + (units[0] is not None and units[0] == units[1])
