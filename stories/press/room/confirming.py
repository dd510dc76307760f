"""Corrections and withdrawals on top of every page, until someone of the newsroom confirms."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stories.press import entitlements
from stories.press.faces import house
from stories.press.models import PressConfirmation, PressPerson
from stories.press.room.access import signed_in
from stories.press.told import reader, services
from stories.releases import selectors as releases


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be confirmed: the release as the newsroom may have it, or its notice."""

    row: PressConfirmation
    payload: dict

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
    found = list(rows.select_related("item", "release").order_by("-pk"))
    untold = [row for row in found if row.told_at is None]
    if untold:
        services.note_told(untold, services.Channel.ROOM, timezone.now())
    return [Asked(row, _told(person.client.kind, row)) for row in found]


def _told(client_kind: str, row: PressConfirmation) -> dict:
    text = row.release.payload.encode()
    if not entitlements.may_have_text(client_kind, text):
        text = entitlements.notice(text)
    return json.loads(text)


@require_POST
@signed_in
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`/bao-chi/da-lam/<pk>/`: the newsroom has corrected or removed what it had."""
    person = request.press_person
    rows = PressConfirmation.objects.filter(client=person.client_id)
    row = get_object_or_404(rows.select_related("release"), pk=pk)
    services.confirm(
        client=person.client,
        item=row.item_id,
        version=row.release.version,
        how=services.How.ROOM,
        by=person.name,
    )
    messages.success(request, _("Đã ghi lời xác nhận. Xin cảm ơn chị/anh."))
    return redirect("press_home")
