"""Corrections and withdrawals on top of every page, until someone of the newsroom confirms."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stories.press import entitlements
from stories.press.faces import house
from stories.press.models import PressConfirmation, PressDownload, PressPerson
from stories.press.room import taking
from stories.press.room.access import signed_in
from stories.press.told import reader, services
from stories.releases import selectors as releases

MOST = 500  # confirmed at once


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be confirmed: the release as the newsroom may have it, or its notice. No title of
    what was taken back: `had`, the newsroom's last act of taking it, tells which it was."""

    row: PressConfirmation
    payload: dict
    had: PressDownload | None

    @property
    def form(self) -> str:
        return str(taking.NAMES.get(self.had.format, "")) if self.had else ""

    @property
    def is_withdrawn(self) -> bool:
        return self.payload["kind"] in house.WITHDRAWN

    @property
    def note(self) -> str:
        return self.payload["lead" if self.is_withdrawn else "note"]


def open_for(person: PressPerson) -> list[Asked]:
    """What her newsroom has still to confirm, the newest first; seeing it is being told."""
    if reader.offset() < releases.head():
        reader.catch_up()
    rows = PressConfirmation.objects.open().filter(client=person.client_id)
    found = list(rows.select_related("item", "release", "advance").order_by("-pk"))
    untold = [row for row in found if row.told_at is None]
    if untold:
        services.note_told(untold, services.Channel.ROOM, timezone.now())
    had = taking.last(person.client, [row.item_id for row in found])
    kind = person.client.kind
    return [
        Asked(row, entitlements.as_told(kind, row.cause.payload.encode()), had.get(row.item_id))
        for row in found
    ]


@require_POST
@signed_in
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`/bao-chi/da-lam/<pk>/`: the newsroom has corrected or removed what it had."""
    row = get_object_or_404(_of_her_newsroom(request), pk=pk)
    return _confirmed(request, [row])


@require_POST
@signed_in
def confirm_all(request: HttpRequest) -> HttpResponseBase:
    """`/bao-chi/da-lam/`: all that the page showed (`row`); what came in between was not seen."""
    shown = [pk for pk in request.POST.getlist("row") if pk.isascii() and pk.isdigit()][:MOST]
    rows = _of_her_newsroom(request).filter(confirmed_at=None, superseded=False)
    return _confirmed(request, list(rows.filter(pk__in=[pk[:18] for pk in shown])))


def _of_her_newsroom(request: HttpRequest):
    rows = PressConfirmation.objects.filter(client=request.press_person.client_id)
    return rows.select_related("release", "advance").defer("release__payload", "advance__payload")


def _confirmed(request: HttpRequest, rows: list[PressConfirmation]) -> HttpResponseBase:
    person = request.press_person
    for row in rows:
        services.confirm(
            client=person.client,
            item=row.item_id,
            version=row.cause.version,
            how=services.How.ROOM,
            by=person.name,
        )
    if rows:
        messages.success(request, _("Đã ghi lời xác nhận. Xin cảm ơn chị/anh."))
    return redirect("press_home")
