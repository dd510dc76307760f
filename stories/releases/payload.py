"""Payloads: a release in full, so that every reader downstream needs nothing else.

A public payload is the approved content (`stories.pages.content`) plus what releasing adds: id,
version, times and addresses. Addresses (`href`) are relative to the site; faces make them absolute.
Dates are UTC, whole seconds, with `Z` (as ninjs clients need).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from media.people.purposes import EVERYWHERE
from stories.releases.models import Item, Release

NINJS_STATUS = {
    Release.Kind.USABLE: "usable",
    Release.Kind.CORRECTION: "usable",
    Release.Kind.WITHHELD: "withheld",
    Release.Kind.CANCELED: "canceled",
}
NOTICES = {
    Release.Kind.WITHHELD: "TẠM GỠ: bài này tạm thời không được sử dụng",
    Release.Kind.CANCELED: "THU HỒI: bài này không được sử dụng",
}
PICTURE_NOTICES = {
    Release.Kind.WITHHELD: "TẠM GỠ: ảnh này tạm thời không được sử dụng",
    Release.Kind.CANCELED: "THU HỒI: ảnh này không được sử dụng",
}


ENVELOPE = frozenset(
    {
        "uuid",
        "uri",
        "type",
        "version",
        "kind",
        "pubstatus",
        "language",
        "released_at",
        "first_released_at",
        "date",
        "is_news",
        "source_id",
        "href",
        "note",
    }
)  # what `envelope` gives
# In place of what was purged, letter for letter: the database takes no other (see the migration).
PURGED = (
    '{"body":[],"lead":"Nội dung đã được xóa sau khi thu hồi.","pictures":[],"purged":true,'
    '"text":"Nội dung đã được xóa sau khi thu hồi.","title":"ĐÃ XÓA NỘI DUNG"}'
)
WITHOUT_REASON = "Đề nghị gỡ khỏi mọi nơi đã đăng."  # so does this stand in the migration
PRIVATE = ("people",)  # of a content: part of what is approved, never of what is public


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def envelope(item: Item, kind: str, version: int, released_at: datetime, note: str) -> dict:
    """What every payload begins with, whatever its type and kind."""
    return {
        "uuid": str(item.uuid),
        "uri": f"{settings.PUBLIC_BASE_URL}/id/{item.uuid}",
        "type": item.type,
        "version": version,
        "kind": str(kind),
        "pubstatus": NINJS_STATUS[Release.Kind(kind)],
        "language": "vi",
        "released_at": instant(released_at),
        "first_released_at": instant(item.first_released_at or released_at),
        "date": item.date.isoformat(),
        "is_news": item.is_news,
        "source_id": item.source_id,
        "href": item.path,
        "note": note,
    }


def public(content: dict, head: dict, files: dict[str, list[dict]], told: list[dict]) -> dict:
    """A story's or exemplar's public payload.

    `files` maps a picture's uuid to its renditions; `told` are the public exemplars that a story
    tells about (`{"uuid", "title", "href", "exemplar_kind"}`). Who is in it stays in the house.
    """
    pictures = [with_files(picture, files) for picture in content["pictures"]]
    own = {"exemplars": told} if content["type"] == Item.Type.STORY else {}
    kept = {key: value for key, value in content.items() if key not in PRIVATE}
    return kept | {"pictures": pictures} | own | head


def with_files(picture: dict, files: dict[str, list[dict]]) -> dict:
    renditions = [
        {key: value for key, value in rendition.items() if key != "file"}
        for rendition in files[picture["uuid"]]
    ]
    kept = {key: value for key, value in picture.items() if key not in (*PRIVATE, "sha1")}
    return kept | {"renditions": renditions}


def less(old: dict, new: dict) -> set[str] | None:
    """The exemplars (uuids) that `new` no longer lists, if it is `old` with less that is derived.

    Both without their envelopes. Nothing but `exemplars` and `purposes` may differ, each a part of
    what it was, and at least one must. None for anything else.
    """
    derived = ("exemplars", "purposes")
    kept = [{k: v for k, v in one.items() if k not in derived} for one in (old, new)]
    before, after = old.get("exemplars", []), new.get("exemplars", [])
    gone = {one["uuid"] for one in before} - {one["uuid"] for one in after}
    purposes = [set(one.get("purposes", EVERYWHERE)) for one in (old, new)]
    is_part = after == [one for one in before if one["uuid"] not in gone]
    if kept[0] != kept[1] or not is_part or not purposes[1] <= purposes[0]:
        return None
    return gone if gone or purposes[1] < purposes[0] else None


def notice(head: dict, why: str) -> dict[str, Any]:
    """A withdrawal's payload: its type (`why`), the notice, and nothing of the old text."""
    words = PICTURE_NOTICES if head["type"] == Item.Type.PICTURE else NOTICES
    title = words[Release.Kind(head["kind"])]
    reason = head["note"]
    lead = WITHOUT_REASON + (f" {reason}" if reason else "")
    return head | {
        "reason": str(why),
        "title": title,
        "lead": lead,
        "body": [],
        "text": lead,
        "pictures": [],
        "lead_picture": None,
    }


def bare_notice(notice: dict) -> dict:
    """What stays of a purged item's notice: no address with words in it, nothing that people wrote.

    The database takes this one change of it and no other (see the migration).
    """
    href = f"/id/{notice['uuid']}/"
    said = {"href": href, "note": "", "lead": WITHOUT_REASON, "text": WITHOUT_REASON}
    return notice | said
