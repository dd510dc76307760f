"""From payloads to what the API answers (see `schemas`). Pure functions: no database, no request.

As in `presenters`, whatever shows pictures is told which of them are public today.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from media.credits import credit_line
from stories.website import presenters, structured
from stories.website.headless import bodies
from stories.website.presenters import Payload
from stories.website.sections import Section
from stories.website.structured import Sharing, absolute

Document = dict[str, Any]
LOCALE = "vi_VN"
FOUND, HIDDEN = "index, follow", "noindex, nofollow, noarchive"


@dataclass(frozen=True)
class Around:
    """What of other items is told with one: payloads that are public, and pictures' uuids."""

    public: Collection[str] = frozenset()
    exemplars: list[Payload] = field(default_factory=list)
    stories: list[Payload] = field(default_factory=list)


def address(href: str) -> str:
    """A site path as an absolute address; one that is absolute stays as it is."""
    return urljoin(f"{settings.PUBLIC_BASE_URL}/", href)


def item(payload: Payload, trail: Iterable[tuple[str, str]], around: Around) -> Document:
    """A story, an exemplar or a picture."""
    shown = _shots(payload, around.public)
    lead = presenters.lead_picture_uuid(payload) or ""
    if payload["type"] == "picture":
        shown, lead = {payload["uuid"]: payload}, payload["uuid"]
    title = payload["title"] or (_("Ảnh") if payload["type"] == "picture" else _("Chưa có tít"))
    document = _blank(payload["type"], payload["href"], title)
    kept = ("uuid", "date", "version", "contents", "movement", "campaigns", "tags", "awards")
    document |= {key: payload[key] for key in kept if key in payload}
    document |= {key: payload.get(key) or "" for key in ("lead", "role", "byline")}
    return document | {
        "published_at": payload["first_released_at"],
        "updated_at": payload["released_at"],
        "correction": payload.get("note") or None if payload["kind"] == "correction" else None,
        "unit": payload.get("unit") or None,
        "group": payload.get("group"),
        "kind": payload.get("exemplar_kind"),
        "breadcrumbs": crumbs(trail),
        "body": body(payload, shown),
        "pictures": [picture(shot) for shot in shown.values()],
        "lead_picture": lead if lead in shown else None,
        "exemplars": cards(around.exemplars, around.public),
        "stories": cards(around.stories, around.public),
        "seo": seo(_sharing(payload, shown.get(lead), title), _json_ld(payload, shown.get(lead))),
    }


def draft(
    payload: Payload, trail: Iterable[tuple[str, str]], around: Around, told: dict
) -> Document:
    """As `item`, of what isn't public: nobody is to find it, and no address of it is given out."""
    found = item({"version": 0} | payload, trail, around)
    hidden = found["seo"] | {"canonical": None, "robots": HIDDEN, "json_ld": None}
    hidden["open_graph"] = hidden["open_graph"] | {"image": None}
    return found | {"seo": hidden, "preview": told}


def fixed(kind: str, path: str, section: Section, trail: Iterable[tuple[str, str]]) -> Document:
    """A page whose title and introduction editors write: the lists are got by other operations."""
    intro = strip_tags(section.intro)
    base = absolute(path)
    blocks = [{"type": "paragraph", "html": section.intro}] if section.intro else []
    return _blank(kind, path, section.title) | {
        "lead": intro,
        "breadcrumbs": crumbs(trail),
        "body": {
            "html": bodies.html(blocks, base),
            "markdown": bodies.markdown(blocks, base),
            "text": intro,
        },
        "seo": seo(structured.for_page(path, section.title, intro), None),
    }


def body(payload: Payload, shown: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    base = address(payload["href"])
    ready = {uuid: shot | _drawn(shot) for uuid, shot in shown.items()}
    blocks = presenters.blocks(payload, ready)
    text = payload.get("text") or payload.get("caption") or ""
    return {
        "html": bodies.html(blocks, base),
        "markdown": bodies.markdown(blocks, base),
        "text": text,
    }


def picture(shot: Mapping[str, Any]) -> Document:
    """All its renditions, absolute."""
    texts = ("uuid", "title", "alt", "caption", "credit", "terms")
    return {key: shot.get(key) or "" for key in texts} | {
        "persons": list(shot.get("persons") or []),
        "width": shot["width"],
        "height": shot["height"],
        "renditions": [
            {key: one[key] for key in ("name", "width", "height", "mimetype", "size")}
            | {"url": address(one["href"])}
            for one in shot["renditions"]
        ],
    }


def card(payload: Payload, public: Collection[str]) -> Document:
    made = presenters.card(payload, public)
    return {
        "uuid": made.uuid,
        "type": payload["type"],
        "path": made.href,
        "url": absolute(made.href),
        "title": made.title,
        "lead": made.lead,
        "date": made.date,
        "role": made.role,
        "unit": made.unit or None,
        "group": made.group,
        "kind": made.kind,
        "corrected": made.corrected,
        "picture": picture(made.picture) if made.picture else None,
    }


def cards(payloads: Iterable[Payload], public: Collection[str]) -> list[Document]:
    return [card(payload, public) for payload in payloads]


def crumbs(trail: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """From the home page down to the page above."""
    return [{"title": str(name), "path": path, "url": absolute(path)} for name, path in trail]


def seo(share: Sharing, json_ld: dict[str, Any] | None) -> Document:
    graph = {
        "type": share.og_type,
        "site_name": structured.SITE_NAME,
        "locale": LOCALE,
        "title": share.title,
        "description": share.description,
        "url": share.url,
        "image": share.image,
    }
    return {
        "title": f"{share.title} · {structured.SITE_NAME}",
        "description": share.description,
        "canonical": share.url,
        "robots": FOUND,
        "open_graph": graph,
        "json_ld": json_ld,
    }


def _blank(kind: str, path: str, title: str) -> Document:
    """Every key of `schemas.Page`."""
    return {
        **dict.fromkeys(("uuid", "redirect_to", "date", "published_at", "updated_at")),
        **dict.fromkeys(("version", "correction", "unit", "group", "movement", "kind")),
        **dict.fromkeys(("lead", "role", "byline"), ""),
        **{key: [] for key in ("contents", "campaigns", "tags", "awards", "pictures")},
        **{key: [] for key in ("exemplars", "stories")},
        "type": kind,
        "path": path,
        "url": absolute(path),
        "title": title,
        "lead_picture": None,
        "preview": None,
    }


def _shots(payload: Payload, public: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """The pictures to show, the lead picture first."""
    shown = presenters.public_pictures(payload, public)
    lead = presenters.lead_picture_uuid(payload)
    return dict(sorted(shown.items(), key=lambda one: one[0] != lead))


def _drawn(shot: Mapping[str, Any]) -> dict[str, Any]:
    """What the HTML of a picture needs: AVIF and WebP by width, the JPEG for who knows neither."""
    web = presenters.web_renditions(shot)
    shown = presenters.rendition(shot, presenters.FALLBACK) or web[min(1, len(web) - 1)]
    legend = [shot.get("caption") or "", credit_line(shot.get("credit") or "")]
    return {
        "src": address(shown["href"]),
        "sources": presenters.sources(shot, address),
        "shown_width": shown["width"],
        "shown_height": shown["height"],
        "alt": shot.get("alt") or shot.get("title") or "",
        "legend": " ".join(filter(None, legend)),
    }


def _sharing(payload: Payload, lead: Mapping[str, Any] | None, title: str) -> Sharing:
    if payload["type"] != "picture":
        return structured.for_item(payload, lead)
    share = structured.for_page(payload["href"], title, payload.get("caption") or "")
    image = structured.photograph(payload)
    if image is not None:
        image |= {"alt": payload.get("alt") or title}
    return Sharing(share.url, title, share.description, image=image)


def _json_ld(payload: Payload, lead: Mapping[str, Any] | None) -> dict[str, Any] | None:
    image = structured.photograph(lead)
    if payload["type"] == "story":
        return structured.news_article(payload, image)
    return structured.profile(payload, image) if payload["type"] == "exemplar" else None
