"""Puts sample payloads into the ledger directly: the website's tests need readers' data, not pages."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from stories.moderation.models import Approval
from stories.releases.models import Item, LedgerHead, Mention, Release
from stories.website.templatetags.website import parse_time
from stories.website.tests import payloads

SHA256 = "0" * 64
LISTS = ["/", "/phu-nu-dat-to/", "/dien-hinh/"]


def release(payload: dict[str, Any], *, with_pictures: bool = True) -> Item:
    """Release the payload as it stands; its pictures become public items of their own."""
    if with_pictures:
        for picture in payload["pictures"]:
            release_picture(picture, payload)
    item, _new = Item.objects.get_or_create(
        uuid=UUID(payload["uuid"]),
        defaults={
            "type": payload["type"],
            "path": payload["href"],
            "date": payload["date"],
            "is_news": payload["is_news"],
            "first_released_at": parse_time(payload["first_released_at"]),
        },
    )
    append(item, payload)
    targets = [one["uuid"] for one in payload.get("exemplars", [])]
    targets += [picture["uuid"] for picture in payload["pictures"]]
    for target in targets:
        Mention.objects.get_or_create(story=item, target=target)
    return item


def release_picture(picture: dict[str, Any], story: dict[str, Any]) -> Item:
    keys = ("version", "kind", "pubstatus", "released_at", "first_released_at", "date", "is_news")
    payload = {key: story[key] for key in keys} | picture | {"type": "picture", "note": ""}
    payload |= {"href": f"/anh/{picture['uuid']}/", "pictures": [], "of": [story["uuid"]]}
    return release(payload, with_pictures=False)


def append(item: Item, payload: dict[str, Any]) -> Release:
    head, _new = LedgerHead.objects.get_or_create(pk=1)
    head.seq += 1
    head.save()
    public = payload["kind"] in Release.PUBLIC
    current = Release(
        seq=head.seq,
        item=item,
        version=item.version + 1,
        kind=payload["kind"],
        released_at=parse_time(payload["released_at"]),
        payload=json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        sha256=SHA256,
        approval=approval(item) if public else None,
        note=payload["note"],
    )
    current.save()
    item.current, item.version, item.kind = current, current.version, current.kind
    item.save()
    return current


def withdraw(item: Item, *, release_kind: str = "canceled") -> Release:
    old = item.current.data
    if item.type == "picture":
        old = old | {"uri": "", "language": "vi", "source_id": None}
    return append(item, payloads.withdrawn(old, release_kind=release_kind))


def approval(item: Item) -> Approval:
    user, _new = get_user_model().objects.get_or_create(username="tuyengiao")
    return Approval.objects.create(
        item=item.uuid, sha256=SHA256, route=Approval.Route.IMPORT, approved_by=user
    )


def released_story(**changes: Any) -> Item:
    return release(payloads.story(**changes))


def released_exemplar(**changes: Any) -> Item:
    return release(payloads.exemplar(**changes))


def many(count: int) -> None:
    """That many exemplars, each with a story about her."""
    for number in range(count):
        person = payloads.exemplar(date=f"2026-10-{number % 28 + 1:02}")
        release(person)
        released_story(date=f"2026-09-{number % 28 + 1:02}", exemplars=[payloads.told(person)])


def text(response) -> str:
    return response.content.decode()
