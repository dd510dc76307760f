"""What Atom, RSS and JSON Feed share: one entry of the column for readers that know no status.

Such readers take items by date and know nothing of withdrawals, so a withdrawn story stays: the
same id, a newer date, the notice as title and content, no picture.
"""

from __future__ import annotations

from html import escape

from stories.press.faces import blocks, house


def content_html(payload: dict, base: str) -> str:
    """Lead, lead picture (when the body doesn't show it) and body: readers show content alone."""
    if payload["kind"] in house.WITHDRAWN:
        return "\n".join(blocks.paragraphs(blocks.notice(payload)))
    lines = (line for line in payload["lead"].split("\n") if line.strip())
    lead = "".join(f"<p><strong>{escape(line)}</strong></p>" for line in lines)
    shown = {b["picture"] for b in payload["body"] if b["type"] == "picture"}
    picture = house.lead_picture(payload)
    figure = ""
    if picture and picture["uuid"] not in shown:
        figure = blocks.figure_html(picture, base)
    parts = (lead, figure, blocks.body_html(payload, base))
    return "\n".join(part for part in parts if part)


def pictures(payload: dict) -> list[tuple[dict, dict]]:
    """(picture, JPEG rendition), the lead picture first; none of what was withdrawn."""
    if payload["kind"] in house.WITHDRAWN:
        return []
    lead = payload.get("lead_picture")
    ordered = sorted(payload.get("pictures", ()), key=lambda one: one["uuid"] != lead)
    found = ((picture, house.rendition(picture)) for picture in ordered)
    return [(picture, one) for picture, one in found if one and one["mimetype"] == house.JPEG]


def categories(payload: dict) -> list[tuple[str, dict]]:
    """(scheme, term): content, group, tags; none of what was withdrawn."""
    if payload["kind"] in house.WITHDRAWN:
        return []
    found = [("content", term) for term in payload.get("contents", ())]
    if payload.get("group"):
        found.append(("group", payload["group"]))
    return found + [("tag", {"code": tag, "name": tag}) for tag in payload.get("tags", ())]


def byline(payload: dict) -> str:
    return "" if payload["kind"] in house.WITHDRAWN else payload.get("byline") or ""
