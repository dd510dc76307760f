"""`manifest.json`: what is in a kit, of which release, for whom, on which terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from stories.press.faces import house

if TYPE_CHECKING:
    from stories.press.kits.pack import Copy

FORMAT = "guong-sang-press-kit/1"
OF_RELEASE = (
    "uuid",
    "uri",
    "type",
    "version",
    "kind",
    "title",
    "byline",
    "released_at",
    "first_released_at",
    "note",
)
OF_PICTURE = ("uuid", "title", "caption", "credit", "alt", "terms")


def document(
    payload: dict,
    copy: Copy,
    base: str,
    *,
    files: list[dict],
    left_out: list[str],
    complete: bool = True,
) -> dict:
    """`left_out` are uuids of pictures that can't be used any more; `complete` is false where the
    text was cut to fit. `purposes` is null for a release of before they were kept."""
    return {
        "format": FORMAT,
        **{key: payload[key] for key in OF_RELEASE},
        "href": house.absolute(payload["href"], base),
        "purposes": payload.get("purposes"),
        **({"embargoed": payload["embargoed"]} if payload.get("embargoed") else {}),
        "terms": payload.get("terms") or house.USAGE_TERMS,
        "contact": {
            "organisation": house.PUBLISHER,
            "details": settings.CONSENT_CONTACT,
            "href": f"{base}/bao-chi/",
        },
        "client": {"name": copy.client, "organisation": copy.organisation},
        "serial": copy.serial,
        "made_at": copy.made_at,
        "complete": complete,
        "left_out": left_out,
        "files": files,
    }
