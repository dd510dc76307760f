"""ninjs 1.6 in Superdesk's dialect: `guid`, `source`, `keywords`, `authors` on top.

superdesk-core's parser copies field by field and skips what is empty, so each release has to name
every field that an earlier version may have filled: a null association clears the pictures, where
an empty object would leave the old ones in the client's store. Learnt from superdesk-core 2.5.3,
`superdesk/io/feed_parsers/ninjs.py`; the tests run that very parser.
"""

from __future__ import annotations

from stories.press.faces import house, ninjs

PRIORITY = {"usable": 6, "correction": 3, "withheld": 1, "canceled": 1}  # Superdesk's own scale
NO_PICTURES = {"featuremedia": None}
ORIGINALS = ("original", "baseImage")  # by these names it fetches a picture


def render(payload: dict, base: str) -> dict:
    """A release's payload as one object of Superdesk's dialect."""
    item = ninjs.render(payload, base)
    del item["profile"]  # there the id of a content profile of the client's own
    item["guid"] = payload["uri"]
    item["source"] = house.SOURCE
    item["priority"] = PRIORITY[payload["kind"]]
    item.setdefault("ednote", "")
    if payload["kind"] in house.WITHDRAWN:
        return item | _nothing_left(payload, base)
    item["keywords"] = list(payload.get("tags", ()))
    author = payload.get("byline") or payload.get("credit")
    item["authors"] = [{"name": author or house.PUBLISHER, "role": "writer" if author else ""}]
    if "renditions" in item:
        item["renditions"] = _originals(item)
    for picture in item.get("associations", {}).values():
        picture["guid"] = picture["uri"]
        if "renditions" in picture:
            picture["renditions"] = _originals(picture)
    return item | _emptied(item)


def _emptied(item: dict) -> dict:
    """Fields that a correction has emptied, so that they overwrite what was there."""
    found: dict[str, object] = {}
    if item["type"] == "text" and not item["description_text"]:
        found["description_text"] = " "
    if item["type"] == "text" and not item["associations"]:
        found["associations"] = NO_PICTURES
    return found


def _originals(picture: dict) -> dict:
    return dict.fromkeys(ORIGINALS, picture["renditions"][house.PRESS_RENDITION])


def _nothing_left(payload: dict, base: str) -> dict:
    """Overwrites what the parser would leave alone if it were empty."""
    status = {
        "name": house.STATUS[payload["kind"]],
        "code": payload["kind"],
        "scheme": house.scheme(base, "pubstatus"),
    }
    return {
        "slugline": payload["kind"],
        "keywords": [],
        "subject": [status],
        "authors": [{"name": house.PUBLISHER, "role": ""}],
        "associations": NO_PICTURES,
    }
