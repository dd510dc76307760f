"""Making a client's copy of an item, if it may have it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from stories.press import entitlements, selectors
from stories.press.auth import Caller
from stories.press.early import selectors as early
from stories.press.errors import NotAgreed, NotFound, Withdrawn
from stories.press.kits import pack
from stories.press.kits.pack import Copy, Packed
from stories.press.models import PressKit
from stories.releases.models import Item, Release
from stories.releases.payload import instant
from stories.releases.prepared import Utf8


@dataclass(frozen=True, slots=True)
class Kit:
    """A copy, open, and the releases (ledger numbers) that it carries: the item's first."""

    packed: Packed
    seqs: list[int]
    name: str


def offered(uuid: UUID, client_kind: str, *, right: bool = False) -> selectors.Current:
    """The item's current release, for a kit; with the embargo `right` also what is sent early.
    Raises NotFound, NotAgreed, Withdrawn."""
    found, told = selectors.current(uuid), None
    if found is not None:
        told = entitlements.told(client_kind, found.seq, found.text, early=right)
    elif right and (found := early.current(uuid)) is not None:
        told = early.told(found, uuid, client_kind)
    if found is None:
        raise NotFound(selectors.unknown())
    if told is None:
        raise NotAgreed(entitlements.refusal(client_kind))
    if found.kind in selectors.WITHDRAWN or told != found.text:
        raise Withdrawn(
            json.loads(told)["title"],
            extra={"uuid": str(uuid), "kind": found.kind, "version": found.version},
        )
    return found


def has(item: Item, client_kind: str) -> bool:
    """Whether such a client gets the item in any kit: its own, or for a picture a story's."""
    if item.type == Item.Type.PICTURE:
        return bool(public_and_agreed([str(item.pk)], client_kind))
    try:
        offered(item.pk, client_kind)
    except (NotFound, NotAgreed, Withdrawn):
        return False
    return True


def make(*, caller: Caller, uuid: UUID, kind: PressKit.Kind) -> Kit:
    """The caller's copy of what is public now. Raises as `offered`, and StorageDown.

    Five queries, and the first time two more; a copy that changed is noted with one.
    """
    found = offered(uuid, caller.client_kind, right=caller.embargo)
    payload = json.loads(found.text)
    if payload["type"] == Item.Type.PICTURE:
        raise NotFound(_("Chỉ bài viết và hồ sơ điển hình có gói bài."))
    shown = [picture["uuid"] for picture in payload["pictures"]]
    usable = public_and_agreed(shown, caller.client_kind)
    if found.seq < 0:
        usable |= early.usable_pictures(set(shown) - usable.keys(), caller.client_kind)
    withdrawn = [picture for picture in shown if picture not in usable]
    row = _row(caller.client_id, uuid, found.version, kind)
    write = pack.for_bad_lines if kind == PressKit.Kind.TEXT else pack.full
    base = settings.PUBLIC_BASE_URL
    packed = write(pack.without(payload, withdrawn), _copy(row), base, withdrawn)
    if row.sha256 != packed.sha256:
        PressKit.objects.filter(pk=row.pk).update(sha256=packed.sha256)
    carried = [] if kind == PressKit.Kind.TEXT else [p for p in usable if p not in packed.left_out]
    ending = "-chu" if kind == PressKit.Kind.TEXT else ""
    name = f"{pack.slug(payload)}-v{found.version}{ending}.zip"
    return Kit(packed, [found.seq, *(usable[picture] for picture in carried)], name)


def public_and_agreed(uuids: list[str], client_kind: str) -> dict[str, int]:
    """uuid → ledger number of those that are public, and agreed to, as they stand now."""
    if not uuids:
        return {}
    found = Item.objects.filter(pk__in=uuids, kind__in=Release.PUBLIC)
    rows = found.values_list("pk", "current_id", Utf8("current__payload"))
    return {
        str(pk): seq
        for pk, seq, text in rows
        if entitlements.may_have_text(client_kind, bytes(text))
    }


def _row(client_id: int, item: UUID, version: int, kind: PressKit.Kind) -> PressKit:
    """The copy's row; of two workers that make it at once, the first one's holds."""
    fields = {"client_id": client_id, "item_id": item, "version": version, "kind": kind}
    found = PressKit.objects.select_related("client").filter(**fields)
    row = found.first()
    if row is None:
        PressKit.objects.bulk_create([PressKit(**fields)], ignore_conflicts=True)
        row = found.get()
    return row


def _copy(row: PressKit) -> Copy:
    client = row.client
    return Copy(client.name, client.organisation, row.serial, instant(row.made_at))
