"""A draft as readers will see it: the content that would be released, with staff-only files."""

from __future__ import annotations

from media.models import Picture
from media.services import web_renditions
from stories.pages.content import content


def preview_context(page) -> dict:
    """What `pages/article.html` shows: `{"item", "blocks", "lead_picture"}` (or None)."""
    data = content(page)
    stored = {
        str(picture.uuid): picture
        for picture in Picture.objects.filter(
            uuid__in=[picture["uuid"] for picture in data["pictures"]]
        ).prefetch_related("renditions")
    }
    shots = {
        picture["uuid"]: picture | {"renditions": web_renditions(stored[picture["uuid"]])}
        for picture in data["pictures"]
    }
    blocks = []
    for block in data["body"]:
        if block["type"] == "picture":
            blocks.append({"type": "picture", "picture": shots[block["picture"]]})
        else:
            blocks.append(block)
    return {"item": data, "blocks": blocks, "lead_picture": shots.get(data["lead_picture"])}
