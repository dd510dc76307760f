"""A story, an exemplar's profile, a picture; and the addresses that hold for good."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.releases.models import Item
from stories.website import archive, presenters, selectors, structured
from stories.website.page_cache import Content
from stories.website.selectors import Gone
from stories.website.views.common import COLUMN_PATH, EXEMPLARS_PATH, gone, item_page
from stories.website.watching import Watch, shown

RELATED = 3
STORIES_ABOUT = 6


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponseBase:
    path = f"{COLUMN_PATH}{slug}/"
    return item_page(request, path, lambda: _story(path))


def _story(path: str) -> Content:
    item = selectors.by_path(path)
    payload = selectors.public_payload(item)
    told = selectors.told_in(payload)
    following = selectors.listing(Item.objects.public().stories(), size=RELATED, before=item)
    alike = selectors.stories_of(archive.similar(payload["uuid"]))[:RELATED]
    seen = {payload["uuid"], *(one["uuid"] for one in alike)}
    others = [one for one in following.payloads if one["uuid"] not in seen]
    related = [*alike, *others][:RELATED]
    public = selectors.public_uuids(presenters.picture_uuids(payload))
    read_next, people = selectors.cards(related, told)
    pictures = presenters.public_pictures(payload, public)
    lead_picture = pictures.get(presenters.lead_picture_uuid(payload) or "")
    trail = [(_("Phụ nữ Đất Tổ"), COLUMN_PATH)]
    context = {
        "story": payload,
        "trail": trail,
        "minutes": presenters.minutes(payload),
        "lead_picture": lead_picture,
        "blocks": presenters.blocks(payload, pictures),
        "exemplars": people,
        "read_next": read_next,
        "share": structured.for_item(payload, lead_picture),
        "share_links": structured.share_links(payload),
        "crumbs_data": structured.breadcrumbs(trail, payload),
    }
    watch = Watch(shown(payload, *told, *related, *following.payloads))
    return Content("website/story.html", context, watch)


@require_safe
def exemplar(request: HttpRequest, slug: str) -> HttpResponseBase:
    path = f"{EXEMPLARS_PATH}{slug}/"
    return item_page(request, path, lambda: _exemplar(path))


def _exemplar(path: str) -> Content:
    item = selectors.by_path(path)
    payload = selectors.public_payload(item)
    about = selectors.stories_about(payload["uuid"], STORIES_ABOUT)
    public = selectors.public_uuids(presenters.picture_uuids(payload))
    (stories,) = selectors.cards(about)
    pictures = presenters.public_pictures(payload, public)
    lead_picture = pictures.get(presenters.lead_picture_uuid(payload) or "")
    trail = [(_("Điển hình tiên tiến"), EXEMPLARS_PATH)]
    context = {
        "exemplar": payload,
        "trail": trail,
        "stages": presenters.stages(payload, selectors.released(item)),
        "lead_picture": lead_picture,
        "blocks": presenters.blocks(payload, pictures),
        "stories": stories,
        "share": structured.for_item(payload, lead_picture),
        "share_links": structured.share_links(payload),
        "crumbs_data": structured.breadcrumbs(trail, payload),
    }
    watch = Watch(shown(payload, *about), told_about=payload["uuid"])
    return Content("website/exemplar.html", context, watch)


@require_safe
def picture(request: HttpRequest, ident: UUID) -> HttpResponseBase:
    path = f"/anh/{ident}/"
    return item_page(request, path, lambda: _picture(path))


def _picture(path: str) -> Content:
    payload = selectors.public_payload(selectors.by_path(path))
    about = selectors.stories_about(payload["uuid"], STORIES_ABOUT)
    context = {
        "shot": payload,
        "press": presenters.rendition(payload, "press"),
        "stories": about,
        "share": structured.for_page(
            path, payload.get("title") or _("Ảnh"), payload.get("caption") or ""
        ),
    }
    watch = Watch(shown(payload, *about), told_about=payload["uuid"])
    return Content("website/picture.html", context, watch)


@require_safe
def permanent(request: HttpRequest, ident: UUID) -> HttpResponseBase:
    """`/id/<uuid>`: the item's address for good (its `uri`), whatever its path is now."""
    item = Item.objects.select_related("current").filter(uuid=ident).first()
    try:
        return HttpResponseRedirect(selectors.public_payload(item)["href"])
    except Item.DoesNotExist as error:
        raise Http404 from error
    except Gone as taken:
        return gone(request, taken)
