"""Pictures of what is sent early: each an item of its own, as in the ledger.

A picture that is in the ledger already isn't sent early: it has its public release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from media.people.selectors import depicted
from stories.pages import content as contents
from stories.pages.checklist import consent
from stories.releases import payload as payloads
from stories.releases.advance import selectors
from stories.releases.advance.wanted import Unwanted
from stories.releases.models import Advance, Item, Release, Takedown

JPEG = "image/jpeg"  # newsrooms skip other formats
NOT_SHOWN = Unwanted("withheld", Release.Reason.END, "Ảnh không còn dùng trong bài.")


def for_press(files: dict[str, list[dict]]) -> dict[str, list[dict]]:
    return {
        uuid: [one for one in renditions if one["mimetype"] == JPEG]
        for uuid, renditions in files.items()
    }


def settle(
    uuids: Iterable[str],
    append: Callable[..., Advance],
    *,
    why: Unwanted = NOT_SHOWN,
    takedown: Takedown | None = None,
) -> None:
    """Bring these pictures in line with the texts that are sent now, under the ledger's lock."""
    uuids = sorted(uuids)
    public = set(map(str, Item.objects.filter(pk__in=uuids).values_list("pk", flat=True)))
    texts = list(Advance.objects.standing().texts().order_by("seq"))
    for uuid in uuids:
        if uuid not in public:
            _settle(uuid, texts, append, why, takedown)


def _settle(uuid, texts, append, why: Unwanted, takedown: Takedown | None) -> None:
    last = selectors.newest(UUID(uuid))
    showing = [
        (text, one) for text in texts for one in text.data["pictures"] if one["uuid"] == uuid
    ]
    if not showing:
        if last is not None and last.is_standing:
            kept_for_later = Unwanted("withheld", why.reason, why.note)
            append(of=stub(last), last=last, body=None, **_back(last, kept_for_later, takedown))
        return
    text, picture = showing[-1]
    of = sorted(str(one.item) for one, _picture in showing)
    body = picture | {"of": of, "purposes": _purposes(uuid)}
    until = min(one.embargoed_until for one, _picture in showing)
    stands = last is not None and last.is_standing
    if stands and last.embargoed_until == until and bare(last.data) == body:
        return
    append(
        of=Item(
            uuid=UUID(uuid),
            type=Item.Type.PICTURE,
            path=f"/anh/{uuid}/",
            is_news=text.data["is_news"],
            date=date.fromisoformat(text.data["date"]),
        ),
        last=last,
        kind=Release.Kind.CORRECTION if stands else Release.Kind.USABLE,
        body=body,
        until=until,
        sha256=contents.sha256(picture),
        approval=text.approval,
        note=text.note if stands else "",
    )


def stub(last: Advance) -> Item:
    """The item of a row, as far as an envelope needs it; never saved."""
    data = last.data
    return Item(
        uuid=last.item,
        type=last.type,
        path=data["href"],
        source_id=data["source_id"],
        is_news=data["is_news"],
        date=date.fromisoformat(data["date"]),
    )


def _back(last: Advance, why: Unwanted, takedown: Takedown | None) -> dict:
    return {
        "kind": Release.Kind(why.kind),
        "until": last.embargoed_until,
        "sha256": last.sha256,
        "approval": None,
        "note": why.note,
        "reason": why.reason,
        "takedown": takedown,
    }


def _purposes(uuid: str) -> list[str]:
    people = depicted([uuid]).get(uuid, [])
    return consent.picture_purposes([{"uuid": uuid, "title": "", "people": people}])[uuid]


def bare(data: dict) -> dict:
    """A payload without what `append` adds."""
    own = (*payloads.ENVELOPE, "embargoed")
    return {key: value for key, value in data.items() if key not in own}
