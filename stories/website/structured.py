"""What other sites see of a page: canonical address, Open Graph, schema.org (JSON-LD)."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.templatetags.static import static
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
    """For a page that is no item: with the site's own picture."""
    image = {
        "url": absolute(static("website/share.jpg")),
        "width": 1200,
        "height": 630,
        "alt": f"{SITE_NAME}, {PUBLISHER}",
    }
    return Sharing(absolute(path), title, short(description) or DESCRIPTION, image=image)


def for_item(payload: Payload, lead_picture: Mapping[str, Any] | None) -> Sharing:
    """For a story or an exemplar."""
    image = photograph(lead_picture)
    story = payload["type"] == "story"
    data = news_article(payload, image) if story else profile(payload, image)
    return Sharing(
        url=absolute(payload["href"]),
        title=payload["title"],
        description=short(payload.get("lead") or payload.get("text") or payload["title"]),
        og_type="article" if story else "profile",
        image=share_image(payload),
        published=payload["first_released_at"] if story else "",
        modified=payload["released_at"] if story else "",
        json_ld=as_script(data),
    )


def website() -> SafeString:
    """https://schema.org/WebSite, with its search: for the front page."""
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": SITE_NAME,
            "url": absolute("/"),
            "inLanguage": "vi",
            "publisher": organization(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": absolute("/luu-tru/?q={q}"),
                "query-input": "required name=q",
            },
        }
    )


def breadcrumbs(trail: Sequence[tuple[str, str]], payload: Payload) -> SafeString:
    """https://schema.org/BreadcrumbList: from the front page through `trail` to the item."""
    steps = [("Trang chủ", "/"), *trail, (payload["title"], payload["href"])]
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": at, "name": name, "item": absolute(href)}
                for at, (name, href) in enumerate(steps, start=1)
            ],
        }
    )


def share_links(payload: Payload) -> list[dict[str, str]]:
    """Plain links to share by: nothing is loaded from there until someone follows one."""
    url = absolute(payload["href"])
    zalo = base64.b64encode(json.dumps({"url": url}).encode()).decode()
    mail = urlencode({"subject": payload["title"], "body": url}, quote_via=quote)
    return [
        {"name": "Zalo", "href": f"https://button-share.zalo.me/share_external?d={quote(zalo)}"},
        {
            "name": "Facebook",
            "href": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}",
        },
        {"name": "Thư điện tử", "href": f"mailto:?{mail}"},
    ]


def share_image(payload: Payload) -> dict[str, Any]:
    """The picture drawn for this release (see `share_pictures`); the version tells caches apart."""
    return {
        "url": absolute(f"/chia-se/{payload['uuid']}.jpg?v={payload['version']}"),
        "width": 1200,
        "height": 630,
        "alt": payload["title"],
    }


def photograph(picture: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The item's own picture for search engines, JPEG where there is one."""
    chosen = presenters.rendition(picture, "press", "w1200", "w720", "w360") if picture else None
    if chosen is None:
        return None
    return {"url": absolute(chosen["href"]), "width": chosen["width"], "height": chosen["height"]}


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
        "timeRequired": f"PT{presenters.minutes(payload)}M",
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
    """https://schema.org/ProfilePage, about a person or a collective; a model or a practice is a
    thing with a page of its own: search engines want someone whom a profile is about."""
    kind = (payload.get("exemplar_kind") or {}).get("code")
    someone = {"individual": "Person", "collective": "Organization"}.get(kind or "")
    about: dict[str, Any] = {
        "@type": someone or "Thing",
        "name": payload["title"],
        "description": payload.get("role") or payload.get("lead") or "",
    }
    if image:
        about["image"] = image["url"]
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage" if someone else "WebPage",
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
