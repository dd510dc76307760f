"""Writing sample payloads to the real ledger, by its own one function."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from stories.moderation.models import Approval
from stories.press.tests import payloads
from stories.releases.ledger import append
from stories.releases.models import Item, Release

SPACE = UUID("0f0f0f0f-0000-4000-8000-000000000000")


def nth(number: int) -> str:
    """The id of the numbered sample."""
    return str(uuid5(SPACE, str(number)))


def publish(payload: dict) -> Release:
    """Release this payload's content: the ledger adds version, times and addresses itself."""
    board, _new = User.objects.get_or_create(username="duyet-mau")
    item = Item.objects.filter(pk=payload["uuid"]).first()
    if item is None:
        item = Item(
            uuid=UUID(payload["uuid"]),
            type=payload["type"],
            path=payload["href"],
            source_id=payload["source_id"],
            is_news=payload["is_news"],
            date=date.fromisoformat(payload["date"]),
        )
        item.save()
    sha256 = f"{item.version + 1:064x}"
    approval = Approval.objects.create(
        item=item.uuid, sha256=sha256, route=Approval.Route.IMPORT, approved_by=board
    )
    with transaction.atomic():
        return append(
            item=item,
            kind=payload["kind"],
            body=payload,
            sha256=sha256,
            approval=approval,
            note=payload["note"],
        )


def withdraw(uuid: str, kind: str = "canceled", reason: str = "Nhân vật rút đồng ý.") -> Release:
    item = Item.objects.select_related("current").get(pk=uuid)
    with transaction.atomic():
        return append(
            item=item,
            kind=kind,
            body=None,
            sha256=item.current.sha256,
            approval=None,
            note=reason,
            reason="suspension" if kind == "withheld" else "consent",
        )


def story(number: int = 0, **changes: object) -> Release:
    """Release a numbered story with a path of its own."""
    fields = {
        "uuid": nth(number),
        "href": f"/phu-nu-dat-to/bai-{number}/",
        "source_id": f"bai-{number}",
        "title": f"Bài số {number}",
        "date": f"2026-11-{number % 28 + 1:02d}",
    }
    return publish(payloads.story(**(fields | changes)))


def exemplar(number: int = 500, **changes: object) -> Release:
    fields = {"uuid": nth(number), "href": f"/dien-hinh/ho-so-{number}/"}
    return publish(payloads.exemplar(**(fields | changes)))
