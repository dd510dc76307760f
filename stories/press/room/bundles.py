"""`/bao-chi/lich/`: what the Union plans, as far as Ban Tuyên giáo said that the press may know.

Of a bundle that is still prepared or waits for its time: name, time and number of texts, never a
title. Of one that is out: those of its texts that the newsroom may have.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.moderation.models import Bundle, BundleItem
from stories.press import entitlements
from stories.press.models import PressClient
from stories.press.room import pages
from stories.press.room.access import signed_in
from stories.releases.models import Item

MOST = 30
KEPT = timedelta(days=90)  # how long one that is out stays listed


@dataclass(slots=True)
class Out:
    """A bundle that is out; `payloads` are of its texts, as they stand now."""

    bundle: Bundle
    payloads: list[dict] = field(default_factory=list)


@require_safe
@signed_in
def listing(request: HttpRequest) -> HttpResponseBase:
    told = Bundle.objects.filter(told_to_press=True)
    planned = told.open().annotate(texts=Count("items"))
    since = timezone.now() - KEPT
    out = told.filter(status=Bundle.Status.RELEASED, released_at__gte=since)
    context = {
        "planned": planned.order_by(F("release_at").asc(nulls_last=True), "pk")[:MOST],
        "out": _with_texts(request.press_person.client, out.order_by("-released_at")[:MOST]),
    }
    return pages.show(request, "press/room/bundles.html", context, section="bundles")


def _with_texts(client: PressClient, bundles: Iterable[Bundle]) -> list[Out]:
    """Two queries more, however many; a bundle without a text for the newsroom is left out."""
    found = {bundle.pk: Out(bundle) for bundle in bundles}
    rows = list(BundleItem.objects.filter(bundle__in=found).values_list("bundle", "item"))
    items = Item.objects.public().in_bulk([item for _bundle, item in rows])
    for bundle, uuid in rows:
        item = items.get(uuid)
        text = item.current.payload if item else ""
        if item and entitlements.may_have_text(client.kind, text.encode()):
            found[bundle].payloads.append(json.loads(text))
    return [one for one in found.values() if one.payloads]
