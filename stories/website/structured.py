"""What other sites see of a page: canonical address, Open Graph, schema.org (JSON-LD)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from stories.website import presenters
from stories.website.presenters import Payload

SITE_NAME = "Gương sáng Đất Tổ"
PUBLISHER = "Hội Liên hiệp Phụ nữ tỉnh Phú Thọ"
DESCRIPTION = (
    "Những tấm gương phụ nữ Đất Tổ: người tốt, việc tốt, mô hình và cách làm hay "
    "do Hội Liên hiệp Phụ nữ tỉnh Phú Thọ giới thiệu."
)
# In a <script> nothing may end the element or open a comment (as django.utils.html.json_script).
SCRIPT_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@dataclass(frozen=True)
class Sharing:
    """`url` and image addresses are absolute; times are ISO 8601 in UTC."""

    url: str
    title: str
    description: str
    og_type: str = "website"
    image: Mapping[str, Any] | None = None
    published: str = ""
    modified: str = ""
    json_ld: SafeString | str = ""


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_BASE_URL}{path}"


def for_page(path: str, title: str, description: str) -> Sharing:
    return Sharing(absolute(path), title, short(description) or DESCRIPTION)


def for_item(payload: Payload, lead_picture: Mapping[str, Any] | None) -> Sharing:
    """For a story or an exemplar."""
    image = share_image(lead_picture)
    story = payload["type"] == "story"
    data = news_article(payload, image) if story else profile(payload, image)
    return Sharing(
        url=absolute(payload["href"]),
        title=payload["title"],
        description=short(payload.get("lead") or payload.get("text") or payload["title"]),
        og_type="article" if story else "profile",
        image=image,
        published=payload["first_released_at"] if story else "",
        modified=payload["released_at"] if story else "",
        json_ld=as_script(data),
    )


def share_image(picture: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """JPEG where there is one: not every messenger shows WebP."""
    chosen = presenters.rendition(picture, "press", "w1200", "w720", "w360") if picture else None
    if picture is None or chosen is None:
        return None
    return {
        "url": absolute(chosen["href"]),
        "width": chosen["width"],
        "height": chosen["height"],
        "alt": picture.get("alt") or picture.get("title") or "",
    }


def news_article(payload: Payload, image: Mapping[str, Any] | None) -> dict[str, Any]:
    """https://schema.org/NewsArticle"""
    byline = payload.get("byline")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": payload["uri"],
        "mainEntityOfPage": absolute(payload["href"]),
        "headline": payload["title"],
        "description": payload.get("lead") or "",
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "datePublished": payload["first_released_at"],
        "dateModified": payload["released_at"],
        "articleSection": "Phụ nữ Đất Tổ",
        "keywords": payload.get("tags") or [],
        "author": {"@type": "Person", "name": byline} if byline else organization(),
        "publisher": organization(),
    }
    unit = payload.get("unit") or {}
    if unit.get("name"):
        data["contentLocation"] = {"@type": "Place", "name": unit["name"]}
    if image:
        data["image"] = {"@type": "ImageObject", **_image(image)}
    if payload["kind"] == "correction":
        data["correction"] = payload.get("note") or "Đính chính"
    return data


def profile(payload: Payload, image: Mapping[str, Any] | None) -> dict[str, Any]:
    """https://schema.org/ProfilePage, about a person or (for the other kinds) a thing."""
    kind = (payload.get("exemplar_kind") or {}).get("code")
    types = {"individual": "Person", "collective": "Organization"}
    about: dict[str, Any] = {
        "@type": types.get(kind or "", "Thing"),
        "name": payload["title"],
        "description": payload.get("role") or payload.get("lead") or "",
    }
    if image:
        about["image"] = image["url"]
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "@id": payload["uri"],
        "url": absolute(payload["href"]),
        "inLanguage": "vi",
        "dateCreated": payload["first_released_at"],
        "dateModified": payload["released_at"],
        "mainEntity": about,
        "publisher": organization(),
    }


def organization() -> dict[str, str]:
    return {"@type": "Organization", "name": PUBLISHER, "url": absolute("/")}


def _image(image: Mapping[str, Any]) -> dict[str, Any]:
    return {"url": image["url"], "width": image["width"], "height": image["height"]}


def as_script(data: Mapping[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(SCRIPT_ESCAPES))  # <, > and & are escaped


def short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(200)
