"""`/bao-chi/da-lay/`: what the newsroom took already, who took it and when."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from stories.press import entitlements
from stories.press.early import selectors as early
from stories.press.models import PressClient, PressDownload
from stories.press.room import pages, taking
from stories.press.room.access import signed_in

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """`title` is of the current version, "" where the newsroom may no longer have it."""

    row: PressDownload
    title: str
    form: str

    @property
    def is_older(self) -> bool:
        return self.row.item is not None and self.row.version < self.row.item.version


@require_safe
@signed_in
def listing(request: HttpRequest) -> HttpResponseBase:
    """Newest first; `?trang=` is the page, `?cua=toi` only one's own."""
    person = request.press_person
    rows = PressDownload.objects.by_hand().filter(client=person.client_id)
    mine = request.GET.get("cua") == "toi"
    if mine:
        rows = rows.filter(person=person)
    found = rows.select_related("person", "item__current").order_by("-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    lines = [_line(person.client, row) for row in page]
    context = {"page": page, "lines": lines, "mine": mine}
    return pages.show(request, "press/room/taken.html", context, section="taken")


def _line(client: PressClient, row: PressDownload) -> Line:
    item, title = row.item, ""
    if item is None:
        title = row.title if early.had(client.kind, row.item_id) else ""
        return Line(row, title, str(taking.NAMES.get(row.format, row.format)))
    payload = item.current.payload
    if item.is_public and entitlements.may_have_text(client.kind, payload.encode()):
        title = json.loads(payload)["title"]
    return Line(row, title, str(taking.NAMES.get(row.format, row.format)))
