"""IPTC ninjs 1.6, strict: what Superdesk and its relatives read.

Source: http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json (CC-BY 4.0, IPTC; a copy beside the
tests). Conventions of superdesk-core's ninjs parser that the schema leaves open: the lead picture
is the association `featuremedia`, a picture's `body_text` is its alternative text, and a text's
`description_text` becomes the abstract.
"""

from __future__ import annotations

from stories.press.faces import blocks, house, subjects

STANDARD = {
    "name": "ninjs",
    "version": "1.6",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json",
}
URGENCY = {"usable": 5, "correction": 3, "withheld": 1, "canceled": 1}  # 1 is the most urgent


def render(payload: dict, base: str) -> dict:
    """A release's payload as one ninjs 1.6 object; `base` is the site's address, no slash.

    A withdrawn item carries the notice as headline, description and body and no picture: clients
    overwrite what they hold field by field, so a bare `canceled` would leave the old text there.
    """
    if payload["kind"] in house.WITHDRAWN:
        return _common(payload, base) | _notice(payload)
    if payload["type"] == "picture":
        return _common(payload, base) | _picture(payload, base)
    return _common(payload, base) | _text(payload, base)


def _common(payload: dict, base: str) -> dict:
    item = {
        "uri": payload["uri"],
        "type": "picture" if payload["type"] == "picture" else "text",
        "profile": payload["type"],
        "representationtype": "complete",
        "version": str(payload["version"]),
        "versioncreated": payload["released_at"],
        "firstcreated": payload["first_released_at"],
        "pubstatus": payload["pubstatus"],
        "urgency": URGENCY[payload["kind"]],
        "language": payload["language"],
        "copyrightholder": house.PUBLISHER,
        "usageterms": house.USAGE_TERMS,
        "infosource": [{"name": house.PUBLISHER}],
        "altids": {"uuid": payload["uuid"]},
        "$standard": STANDARD,
    }
    if payload.get("date"):
        # The day it tells of, at noon in Việt Nam: the same day in UTC and there.
        item["contentcreated"] = f"{payload['date']}T05:00:00Z"
    if note := house.note(payload):
        item["ednote"] = note
    if payload.get("embargoed"):
        item["embargoed"] = payload["embargoed"]
    if payload.get("source_id"):
        item["altids"]["source_id"] = payload["source_id"]
    if payload.get("href"):
        item["altids"]["web"] = house.absolute(payload["href"], base)
    return item


def _notice(payload: dict) -> dict:
    text = blocks.notice(payload)
    return {
        "headline": payload["title"],
        "description_text": payload["lead"],
        "body_text": text,
        "body_html": "\n".join(blocks.paragraphs(text)),
        "byline": "",
        "associations": {},
    }


def _text(payload: dict, base: str) -> dict:
    text = blocks.body_text(payload)
    item = {
        "mimetype": "text/html",
        "headline": payload["title"],
        "slugline": blocks.slug(payload),
        "description_text": payload["lead"],
        "body_text": text,
        "body_html": blocks.body_html(payload, base),
        "byline": payload.get("byline") or "",
        "wordcount": len(text.split()),
        "charcount": len(text),
        "subject": _subjects(payload, base),
        "associations": _associations(payload, base),
    }
    if unit := payload.get("unit"):
        item["located"] = unit["name"]
        item["place"] = [_term(unit, base, "unit")]
    item |= _told_of(payload, base)
    return item


def _subjects(payload: dict, base: str) -> list[dict]:
    """Content, group, movement and campaigns with their codes, then the free tags."""
    return [_term(term, base, scheme) for scheme, term in subjects.terms(payload)]


def _term(term: dict, base: str, name: str) -> dict:
    return {"name": term["name"], "code": term["code"], "scheme": house.scheme(base, name)}


def _told_of(payload: dict, base: str) -> dict:
    """The exemplars: individuals are persons, collectives organisations, the rest objects."""
    found: dict[str, list[dict]] = {}
    for kind, exemplar in subjects.told_of(payload):
        found.setdefault(kind, []).append(
            {
                "name": exemplar["title"],
                "rel": "about",
                "code": exemplar["uuid"],
                "scheme": house.scheme(base, "exemplar"),
            }
        )
    return found


def _associations(payload: dict, base: str) -> dict:
    """Pictures as items of their own, in the payload's order; the lead one as `featuremedia`."""
    found = {}
    lead = payload.get("lead_picture")
    for number, picture in enumerate(payload.get("pictures", ()), start=1):
        name = "featuremedia" if picture["uuid"] == lead else f"picture_{number}"
        item = {
            "uri": f"{base}/id/{picture['uuid']}",
            "type": "picture",
            "pubstatus": "usable",
            "versioncreated": payload["released_at"],
            "language": payload["language"],
            "copyrightholder": house.PUBLISHER,
        }
        if payload.get("embargoed"):
            item["embargoed"] = payload["embargoed"]
        found[name] = item | _picture(picture, base)
    return found


def _picture(picture: dict, base: str) -> dict:
    """What a picture says of itself; only the JPEG for the press, since WebP gets skipped."""
    item = {
        "headline": picture.get("title") or "",
        "description_text": picture.get("caption") or "",
        "body_text": picture.get("alt") or "",
        "byline": picture.get("credit") or "",
        "usageterms": picture.get("terms") or house.USAGE_TERMS,
    }
    if rendition := house.rendition(picture):
        item["mimetype"] = rendition["mimetype"]
        item["renditions"] = {
            house.PRESS_RENDITION: {
                "href": house.absolute(rendition["href"], base),
                "mimetype": rendition["mimetype"],
                "width": rendition["width"],
                "height": rendition["height"],
                "sizeinbytes": rendition["size"],
            }
        }
    return item
