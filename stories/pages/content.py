"""What of a page is published, as plain data: the thing that is approved, hashed and released.

One way: page → `content(page)` → `sha256` (approval) and → payload (release). What isn't in here
can't be public; whatever changes in here needs a new approval. `people`, the ids of those named or
shown, are part of what is approved and no part of what is released.
"""

from __future__ import annotations

import hashlib

from django.db.models import prefetch_related_objects

from accounts.canonical import canonical
from media.people.selectors import in_pictures
from stories.pages import people
from stories.pages.blocks import body_payload, body_text


def sha256(data: dict) -> str:
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def content(page) -> dict:
    """The public content of a `ModeratedPage`: see the payload's description in `releases`."""
    body = body_payload(page.body)
    terms = [term.as_term() for term in _ordered(page.contents)]
    movement = next(
        iter({c.movement_id: c.movement for c in _ordered(page.contents)}.values()), None
    )
    return {
        "uuid": str(page.uuid),
        "type": page.item_type,
        "language": "vi",
        "title": page.title,
        "lead": page.lead,
        "byline": page.byline,
        "date": page.date.isoformat() if page.date else None,
        "body": body,
        "text": body_text(body),
        "unit": {"code": page.unit.code, "name": page.unit.name, "level": page.unit.level},
        "group": page.group.as_term() if page.group else None,
        "contents": terms,
        "movement": movement.as_term() if movement else None,
        "campaigns": [term.as_term() for term in _ordered(page.campaigns)],
        "exemplar_kind": page.exemplar_kind,
        "tags": sorted({tag.name for tag in page.tags.all()}),
        "pictures": pictures(page),
        "lead_picture": str(page.lead_picture.uuid) if page.lead_picture else None,
        "note": page.correction_note,
        "source_id": page.source_id,
        **page.own_content(),
        **_people(page),
    }


def _people(page) -> dict[str, list[str]]:
    """Who is named, by uuid, so that an approval is of these people too; nothing for nobody."""
    named = people.named(page)
    return {"people": named} if named else {}


def pictures(page) -> list[dict]:
    """Each picture of the page once, the lead picture first, with the texts that go with it.

    `persons` are the names of those in it, from left to right: only of whom the page itself names,
    which takes a consent to the name, and only where somebody wrote down who stands where.
    """
    found: dict[str, dict] = {}
    uses = [(page.lead_picture, {})] if page.lead_picture else []
    uses += [
        (child.value["picture"], child.value)
        for child in page.body
        if child.block_type == "picture" and child.value["picture"]
    ]
    prefetch_related_objects([picture for picture, _texts in uses], "tags")
    for picture, texts in uses:
        entry = found.setdefault(
            str(picture.uuid),
            {
                "uuid": str(picture.uuid),
                "title": picture.title,
                "caption": picture.caption,
                "credit": picture.credit,
                "alt": picture.alt_text,
                "terms": picture.terms,
                "width": picture.width,
                "height": picture.height,
                "sha1": picture.get_file_hash(),
                **_provenance(picture),
            },
        )
        for field in ("caption", "credit"):
            if texts.get(field):
                entry[field] = texts[field]
    in_them = in_pictures(found)
    placed = any(one.order for shown in in_them.values() for one in shown)
    named = set(people.named(page)) if placed else set()
    for uuid, shown in in_them.items():
        found[uuid]["people"] = sorted(one.uuid for one in shown)
        if persons := [one.name for one in shown if one.order and one.uuid in named]:
            found[uuid]["persons"] = persons
    return list(found.values())


def _provenance(picture) -> dict[str, object]:
    """What is filled in of it: an approval given before these fields existed stays good."""
    told: dict[str, object] = {
        "rights_holder": picture.rights_holder,
        "place": picture.place,
        "taken_on": picture.taken_on.isoformat() if picture.taken_on else "",
        "keywords": sorted(tag.name for tag in picture.tags.all()),
    }
    return {field: said for field, said in told.items() if said}


def _ordered(manager) -> list:
    return sorted(manager.all(), key=lambda term: (term.sort_order, term.code))
