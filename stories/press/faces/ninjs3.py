"""IPTC ninjs 3.1, strict: camelCase names and arrays where 1.6 has objects with free keys.

Source: http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json (CC-BY 4.0, IPTC; a copy beside the
tests). For new clients: Superdesk reads 1.6 (`ninjs`) and loses dates and status of this one.
"""

from __future__ import annotations

from stories.press.faces import blocks, house, subjects
from stories.press.faces.ninjs import URGENCY

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
PLAIN, HTML = "text/plain", "text/html"
TOLD = {"person": "people", "organisation": "organisations", "object": "objects"}


def render(payload: dict, base: str) -> dict:
    """A release's payload as one ninjs 3.1 object; `base` is the site's address, no slash.

    As in 1.6, a withdrawn item carries the notice in every field that held the old text.
    """
    if payload["kind"] in house.WITHDRAWN:
        return _common(payload, base) | _notice(payload)
    if payload["type"] == "picture":
        return _common(payload, base) | _picture(payload, base)
    return _common(payload, base) | _text(payload, base)


def _common(payload: dict, base: str) -> dict:
    item = {
        "standard": STANDARD,
        "uri": payload["uri"],
        "type": "picture" if payload["type"] == "picture" else "text",
        "profile": payload["type"],
        "representationType": "full",
        "version": str(payload["version"]),
        "versionCreated": payload["released_at"],
        "firstCreated": payload["first_released_at"],
        "pubStatus": payload["pubstatus"],
        "urgency": URGENCY[payload["kind"]],
        "language": payload["language"],
        "copyrightHolder": house.PUBLISHER,
        "usageTerms": house.USAGE_TERMS,
        "infoSources": [{"name": house.PUBLISHER, "uri": f"{base}/"}],
        "altIds": [{"role": role, "value": value} for role, value in _ids(payload, base)],
    }
    if payload.get("date"):
        # The day it tells of, at noon in Việt Nam: the same day in UTC and there.
        item["contentCreated"] = f"{payload['date']}T05:00:00Z"
    if note := house.note(payload):
        item["edNote"] = note
    if payload.get("embargoed"):
        item["embargoedUntil"] = payload["embargoed"]
    return item


def _ids(payload: dict, base: str) -> list[tuple[str, str]]:
    ids = [("uuid", payload["uuid"])]
    if payload.get("source_id"):
        ids.append(("source_id", payload["source_id"]))
    if payload.get("href"):
        ids.append(("web", house.absolute(payload["href"], base)))
    return ids


def _value(text: str, content_type: str = PLAIN, **more: object) -> list[dict]:
    return [{"contentType": content_type, **more, "value": text}]


def _notice(payload: dict) -> dict:
    text = blocks.notice(payload)
    return {
        "headlines": _value(payload["title"]),
        "descriptions": _value(payload["lead"]),
        "bodies": _value("\n".join(blocks.paragraphs(text)), HTML) + _value(text),
        "by": "",
        "associations": [],
    }


def _text(payload: dict, base: str) -> dict:
    text = blocks.body_text(payload)
    counts = {"charCount": len(text), "wordCount": len(text.split())}
    item = {
        "headlines": _value(payload["title"]),
        "slugline": blocks.slug(payload),
        "descriptions": _value(payload["lead"]),
        "bodies": _value(blocks.body_html(payload, base), HTML, **counts)
        + _value(text, PLAIN, **counts),
        "by": payload.get("byline") or "",
        "subjects": [
            {"name": term["name"], "uri": subjects.uri(base, scheme, term["code"])}
            for scheme, term in subjects.terms(payload)
        ],
        "associations": _associations(payload, base),
    }
    if unit := payload.get("unit"):
        item["located"] = unit["name"]
        place = {"name": unit["name"], "uri": subjects.uri(base, "unit", unit["code"])}
        item["places"] = [place]
    for kind, exemplar in subjects.told_of(payload):
        told = {"name": exemplar["title"], "rel": "about", "uri": f"{base}/id/{exemplar['uuid']}"}
        item.setdefault(TOLD[kind], []).append(told)
    return item


def _associations(payload: dict, base: str) -> list[dict]:
    """Pictures as items of their own, in the payload's order; the lead one is `main`."""
    found = []
    lead = payload.get("lead_picture")
    for number, picture in enumerate(payload.get("pictures", ()), start=1):
        item = {
            "name": f"picture_{number}",
            "rel": "main" if picture["uuid"] == lead else "illustration",
            "uri": f"{base}/id/{picture['uuid']}",
            "type": "picture",
            "pubStatus": "usable",
            "versionCreated": payload["released_at"],
            "language": payload["language"],
            "copyrightHolder": house.PUBLISHER,
        }
        if payload.get("embargoed"):
            item["embargoedUntil"] = payload["embargoed"]
        found.append(item | _picture(picture, base))
    return found


def _picture(picture: dict, base: str) -> dict:
    """Caption and alternative text have roles of their own here; only the JPEG for the press."""
    caption, alt = picture.get("caption") or "", picture.get("alt") or ""
    item = {
        "headlines": _value(picture.get("title") or ""),
        "descriptions": _value(caption, role="caption") + _value(alt, role="alt"),
        "by": picture.get("credit") or "",
        "usageTerms": picture.get("terms") or house.USAGE_TERMS,
    }
    if rendition := house.rendition(picture):
        item["renditions"] = [
            {
                "name": house.PRESS_RENDITION,
                "href": house.absolute(rendition["href"], base),
                "contentType": rendition["mimetype"],
                "width": rendition["width"],
                "height": rendition["height"],
                "sizeInBytes": rendition["size"],
            }
        ]
    return item
