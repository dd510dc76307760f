"""JSON Feed 1.1 of the column (https://jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from stories.press.faces import column, house

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def feed(payloads: Iterable[dict], *, base: str, path: str) -> bytes:
    """The feed document (UTF-8) of these payloads, newest first; `path` is the feed's own."""
    document = {
        "version": VERSION,
        "title": house.COLUMN,
        "home_page_url": f"{base}{house.COLUMN_PATH}",
        "feed_url": f"{base}{path}",
        "description": house.COLUMN_SUBTITLE,
        "user_comment": house.USAGE_TERMS,
        "language": "vi",
        "authors": [{"name": house.PUBLISHER, "url": f"{base}/"}],
        "items": [item(payload, base) for payload in payloads],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def item(payload: dict, base: str) -> dict:
    """One story, or its withdrawal: the same id, a newer `date_modified`, no image."""
    found = {
        "id": payload["uri"],
        "url": house.absolute(payload["href"], base),
        "title": house.headline(payload),
        "summary": payload["lead"],
        "content_html": column.content_html(payload, base),
        "date_published": payload["first_released_at"],
        "date_modified": payload["released_at"],
        "language": payload["language"],
        "authors": [{"name": column.byline(payload) or house.PUBLISHER}],
        "tags": [term["name"] for _scheme, term in column.categories(payload)],
    }
    pictures = column.pictures(payload)
    if pictures and pictures[0][0]["uuid"] == payload.get("lead_picture"):
        found["image"] = house.absolute(pictures[0][1]["href"], base)
    if pictures:
        found["attachments"] = [
            {
                "url": house.absolute(rendition["href"], base),
                "mime_type": rendition["mimetype"],
                "title": picture.get("caption") or picture.get("title") or "",
                "size_in_bytes": rendition["size"],
            }
            for picture, rendition in pictures
        ]
    return found
