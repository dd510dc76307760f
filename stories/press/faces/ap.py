"""The AP Media API's shape: over HTTP the only one in which a kill reaches Superdesk.

Learnt from superdesk-core 2.5.3, `feeding_services/ap_media.py` and `feed_parsers/ap_media.py`; the
tests run that client. A field that it expects and doesn't find makes it skip the item while its
cursor moves on, so every item has all of them, whatever its kind.
"""

from __future__ import annotations

from stories.press.faces import blocks, house, subjects
from stories.press.faces.ninjs import URGENCY

API_VERSION = "1.1"
ROOT = "/api/v1/press/ap"
# What a client may choose: the id of a product, the type of our items, its name.
PRODUCTS = (
    (1, "story", "Bài viết"),
    (2, "exemplar", "Hồ sơ điển hình"),
    (3, "picture", "Ảnh"),
)


def address(uuid: str, base: str) -> str:
    """Where the item is fetched, and its `uri`: the client keeps both as one."""
    return f"{base}{ROOT}/item/{uuid}/"


def item(payload: dict, base: str) -> dict:
    """A release as `data.item`. Only texts have a NITF rendition, only pictures a JPEG."""
    withdrawn = payload["kind"] in house.WITHDRAWN
    found = {
        "uri": address(payload["uuid"], base),
        "altids": {
            "itemid": payload["uuid"],
            "etag": f"{payload['uuid']}_{payload['version']}",
            "referenceid": payload["uri"],
        },
        "version": payload["version"],
        "type": "picture" if payload["type"] == "picture" else "text",
        "language": payload["language"],
        "pubstatus": payload["pubstatus"],
        "urgency": URGENCY[payload["kind"]],
        "versioncreated": payload["released_at"],
        "firstcreated": payload["first_released_at"],
        "headline": payload["title"],
        "slugline": payload["kind"] if withdrawn else blocks.slug(payload),
        "ednote": house.note(payload),
        "copyrightnotice": f"© {house.PUBLISHER}",
        "usageterms": [payload.get("terms") or house.USAGE_TERMS],
        "infosource": [{"name": house.SOURCE}],
        "bylines": [],
        "subject": [],
        "renditions": {},
        "associations": {},
    }
    if withdrawn:
        return found | _notice(payload, base)
    if payload.get("embargoed"):  # the note says it too: Superdesk's reader of this shape drops it
        found["embargoed"] = payload["embargoed"]
    if payload["type"] == "picture":
        return found | _picture(payload, base)
    return found | _text(payload, base)


def _nitf(payload: dict, base: str) -> dict:
    href = f"{address(payload['uuid'], base)}nitf/"
    return {"nitf": {"title": "NITF", "rel": "Story", "type": "text", "href": href}}


def _notice(payload: dict, base: str) -> dict:
    found: dict[str, object] = {"headline_extended": payload["lead"]}
    if payload["type"] == "picture":
        notice = blocks.notice(payload)
        return found | {
            "description_caption": notice,
            "description_creditline": house.PUBLISHER,
            "photographer": {"name": house.PUBLISHER},
        }
    return found | {"bylines": [{"by": house.PUBLISHER}], "renditions": _nitf(payload, base)}


def _text(payload: dict, base: str) -> dict:
    return {
        "headline_extended": payload["lead"],
        "bylines": [{"by": payload.get("byline") or house.PUBLISHER}],
        "subject": [
            {"name": term["name"], "code": term["code"], "scheme": scheme, "rels": ["direct"]}
            for scheme, term in subjects.terms(payload)
        ],
        "renditions": _nitf(payload, base),
        "associations": {
            str(number): {
                "uri": address(picture["uuid"], base),
                "altids": {"itemid": picture["uuid"]},
                "type": "picture",
                "headline": picture.get("title") or "",
            }
            for number, picture in enumerate(payload.get("pictures", ()), start=1)
        },
    }


def _picture(payload: dict, base: str) -> dict:
    found: dict[str, object] = {
        "description_caption": payload.get("caption") or payload["title"],
        "description_creditline": payload.get("credit") or house.PUBLISHER,
        "photographer": {"name": payload.get("credit") or house.PUBLISHER},
    }
    if rendition := house.rendition(payload):
        found["renditions"] = {
            "main": {
                "title": "Full Resolution (JPG)",
                "rel": "Main",
                "type": "picture",
                "mimetype": rendition["mimetype"],
                "href": house.absolute(rendition["href"], base),
                "width": rendition["width"],
                "height": rendition["height"],
                "sizeinbytes": rendition["size"],
            }
        }
    return found


def answer(data: dict) -> dict:
    """The envelope of every answer."""
    return {"api_version": API_VERSION, "data": data}


def entry(payload: dict, base: str) -> dict:
    """One of `data.items`: the item, and which product it belongs to."""
    of_its_type = (one for one in PRODUCTS if one[1] == payload["type"])
    products = [{"id": number, "name": name} for number, _type, name in of_its_type]
    return {"meta": {"products": products}, "item": item(payload, base)}


def plans() -> dict:
    entitlements = [{"id": number, "name": name} for number, _type, name in PRODUCTS]
    return answer({"plans": [{"id": 1, "name": house.COLUMN, "entitlements": entitlements}]})
