"""What is at an address of the site. A story keeps its address for good, whatever becomes of its
title; so an address leads elsewhere only where it isn't written as the site writes it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.refusals import BadParameter
from stories.pages.models import ColumnPage, ExemplarIndexPage, HomePage
from stories.releases.models import Item
from stories.website import menus, presenters, sections, selectors
from stories.website.headless import documents
from stories.website.headless.documents import Around, Document
from stories.website.sections import Section, section
from stories.website.watching import Watch, shown

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HOME = (menus.MAIN["home"].title, menus.MAIN["home"].path)
TRAILS = {
    Item.Type.STORY: (menus.MAIN["column"].title, "/phu-nu-dat-to/"),
    Item.Type.EXEMPLAR: (menus.READ["exemplars"].title, "/dien-hinh/"),
}
STORIES_ABOUT = 6
_PERMANENT = re.compile(r"/id/([0-9a-fA-F-]{32,36})/")


@dataclass(frozen=True)
class There:
    """What is at an address, and what of the ledger it shows."""

    document: Document
    watch: Watch


def _archive() -> Section:
    told = _("Tìm bài viết và điển hình đã đăng; có dấu hay không dấu đều được.")
    return Section(_("Kho lưu trữ"), told)


def _about() -> Section:
    return Section(_("Về trang này"), str(menus.ABOUT))


FIXED: dict[str, tuple[str, Callable[[], Section]]] = {
    "/": ("home", lambda: section(HomePage)),
    "/phu-nu-dat-to/": ("column", lambda: section(ColumnPage)),
    "/dien-hinh/": ("exemplars", lambda: section(ExemplarIndexPage)),
    "/don-vi/": ("units", sections.units),
    "/chu-de/": ("subjects", sections.subjects),
    "/luu-tru/": ("archive", _archive),
    "/gioi-thieu/": ("about", _about),
    "/bao-chi/": ("press_room", sections.press_room),
}


def path_of(asked: str) -> str:
    """The path in an address of the site, absolute or not. Raises BadParameter for any other."""
    path = asked.removeprefix(settings.PUBLIC_BASE_URL) or "/"
    if not path.startswith("/") or path.startswith("//") or "\x00" in path:
        message = _("Phải là địa chỉ của trang này, bắt đầu bằng dấu “/”.")
        raise BadParameter("path", "path", message)
    return urlsplit(path).path


def at(path: str) -> There:
    """What is at the path, `redirect_to` set where it belongs to another.

    The number of queries never grows with what is shown. Raises Item.DoesNotExist, Gone.
    """
    if path in FIXED:
        kind, words = FIXED[path]
        trail = [] if path == HOME[1] else [HOME]
        return There(documents.fixed(kind, path, words(), trail), Watch())
    found = selectors.by_path(path)
    if found is not None:
        return _told(found)
    home = target(path)
    if home is None:
        raise Item.DoesNotExist
    there = at(home)
    return There(there.document | {"redirect_to": home}, there.watch)


def item_at(path: str) -> Item:
    """The story, exemplar or picture that the path leads to, withdrawn ones too. Raises
    Item.DoesNotExist, also for a page that lists items (at most two queries)."""
    found = selectors.by_path(path)
    if found is None and (home := target(path)):
        found = selectors.by_path(home)
    if found is None:
        raise Item.DoesNotExist
    return found


def mended(path: str) -> str:
    """As the site writes its addresses: small letters, a slash at the end."""
    return f"{path.rstrip('/')}/".lower()


def target(path: str) -> str | None:
    """The address that belongs to one which isn't any, or None: written without its last slash or
    in capitals, or `/id/<uuid>/` (one query)."""
    if permanent := _PERMANENT.fullmatch(path if path.endswith("/") else f"{path}/"):
        try:
            key = uuid.UUID(permanent[1])
        except ValueError:
            return None
        return Item.objects.filter(pk=key).values_list("path", flat=True).first()
    home = mended(path)
    if home == path:
        return None
    if home in FIXED:
        return home
    return Item.objects.at(home).values_list("path", flat=True).first()


def _told(found: Item) -> There:
    """Raises Gone for what was taken down."""
    payload = selectors.public_payload(found)
    exemplars = selectors.told_in(payload) if found.type == Item.Type.STORY else []
    about = [] if found.type == Item.Type.STORY else _stories_about(payload["uuid"])
    around = around_of(payload, exemplars, about)
    watch = Watch(
        shown(payload, *exemplars, *about),
        told_about=None if found.type == Item.Type.STORY else payload["uuid"],
    )
    return There(documents.item(payload, trail(found.type), around), watch)


def _stories_about(ident: str) -> list[dict]:
    return selectors.stories_about(ident, STORIES_ABOUT)


def around_of(payload: dict, exemplars: list[dict], stories: list[dict]) -> Around:
    """With those of all their pictures that are public (one query)."""
    leads = [presenters.lead_picture_uuid(one) for one in (*exemplars, *stories)]
    wanted = {*presenters.picture_uuids(payload), *filter(None, leads)}
    return Around(selectors.public_uuids(wanted), exemplars, stories)


def trail(kind: str) -> list[tuple[StrOrPromise, str]]:
    """The pages above an item, from the home page down."""
    above = TRAILS.get(Item.Type(kind))
    return [HOME, above] if above else [HOME]
