"""`/bao-chi/bai-da-dang/`: what a newsroom published, written down by its own people.

Another newsroom's clippings are not there: 404.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.press.clippings import items, services
from stories.press.clippings.choosing import ItemFields
from stories.press.clippings.forms import ClippingForm
from stories.press.clippings.services import Recorder
from stories.press.clippings.views import look, scan_of
from stories.press.models import PressClipping
from stories.press.room import pages
from stories.press.room.access import signed_in
from stories.releases.models import Item

PER_PAGE = 20
SECTION = "clippings"


class RoomClippingForm(ItemFields, ClippingForm):
    """Of the person's own client, about what it may name."""

    field_order = ["item", "address"]
    is_item_required = True

    def values(self) -> dict[str, Any]:
        item: Item = self.cleaned_data["chosen"]
        version = items.version_used(self.press_client, item)
        if self.instance.pk and self.instance.item_id == item.pk:
            version = self.instance.version
        return super().values() | {"item": item, "version": version}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newsroom's clippings, newest first, and the form for one more (`?bai=` names an item)."""
    client = request.press_person.client
    form = RoomClippingForm(
        request.POST or None, request.FILES or None, client=client, about=request.GET.get("bai", "")
    )
    if request.method == "POST" and form.is_valid():
        services.record_clipping(
            client=client,
            values=form.values(),
            scan=form.scan_taken(),
            by=Recorder(person=request.press_person),
        )
        messages.success(request, _("Đã ghi bài đã đăng. Hội LHPN tỉnh xin cảm ơn quý cơ quan."))
        return redirect("press_clippings_room")
    found = _own(request).order_by("-published_on", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {"form": form, "page": page, "rows": _rows(request, page.object_list)}
    return pages.show(request, "press/room/clippings.html", context, section=SECTION)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One clipping: what was written down, to be changed; what looking at its page found."""
    clipping = get_object_or_404(_own(request), pk=pk)
    form = RoomClippingForm(
        request.POST or None,
        request.FILES or None,
        instance=clipping,
        client=request.press_person.client,
        about=str(clipping.item_id),
    )
    if request.method == "POST" and form.is_valid():
        services.change_clipping(
            clipping=clipping,
            values=form.values(),
            scan=form.scan_taken(),
            by=Recorder(person=request.press_person),
        )
        messages.success(request, _("Đã lưu."))
        return redirect("press_clipping_room", clipping.pk)
    context = {
        "form": form,
        "clipping": get_object_or_404(_own(request), pk=pk),
        "title": items.titled(request.press_person.client, [clipping.item])[0].title,
        "checks": clipping.checks.all()[:10],
    }
    return pages.show(request, "press/room/clipping.html", context, section=SECTION)


@require_POST
@signed_in
def check(request: HttpRequest, pk: int) -> HttpResponse:
    clipping = get_object_or_404(_own(request), pk=pk)
    look(request, clipping, Recorder(person=request.press_person))
    return redirect("press_clipping_room", clipping.pk)


@require_safe
@signed_in
def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    return scan_of(get_object_or_404(_own(request), pk=pk))


def _own(request: HttpRequest):
    own = PressClipping.objects.filter(client=request.press_person.client_id)
    return own.select_related("client", "item", "last_check")


def _rows(request: HttpRequest, clippings: list[PressClipping]) -> list[dict[str, Any]]:
    """Each with its title: two queries for any number."""
    clippings = list(clippings)
    about = {clipping.item for clipping in clippings}
    named = items.titled(request.press_person.client, about)
    titles = {one.item.pk: one.title for one in named}
    return [{"clipping": clipping, "title": titles[clipping.item_id]} for clipping in clippings]
