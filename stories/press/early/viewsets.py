"""The admin's list “Bài gửi trước”: what went out before its time, until when, and who has it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from stories.press.models import PressClient, PressDelivery
from stories.press.screens import LocalInspectView
from stories.releases.advance import services
from stories.releases.models import Advance
from stories.releases.permissions import may_withdraw


def holders(items: list) -> dict:
    """Item → names of the clients that were given it early, each once; one query."""
    found = PressDelivery.objects.filter(item__in=items)
    found = found.exclude(channel=PressDelivery.Channel.WEBHOOK).select_related("client")
    names: dict = {}
    for one in found.order_by("client__organisation", "first_at"):
        names.setdefault(one.item_id, {}).setdefault(str(one.client), one.first_at)
    return names


class AdvanceIndexView(IndexView):
    page_title = gettext_lazy("Bài gửi trước giờ công bố")
    default_ordering = "embargoed_until"

    def get_base_queryset(self) -> Any:
        return Advance.objects.newest().texts()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict:
        context = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        names = holders([row.item for row in rows])
        for row in rows:
            row.holders = ", ".join(names.get(row.item, ())) or _("chưa cơ quan nào")
        context["object_list"] = rows
        context["table"].data = rows
        return context


class AdvanceInspectView(LocalInspectView):
    template_name = "press/admin/advance.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        row = self.object
        newest = Advance.objects.newest().filter(pk=row.pk).exists()
        return super().get_context_data(**kwargs) | {
            "holders": holders([row.item]).get(row.item, {}),
            "entitled": PressClient.objects.filter(embargo=True, is_active=True),
            "can_take_back": newest and row.is_standing and may_withdraw(self.request.user),
        }


class AdvanceViewSet(ModelViewSet):
    model = Advance
    icon = "time"
    name = "press_advances"
    menu_label = gettext_lazy("Bài gửi trước")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = (
        "headline",
        "status",
        "until",
        "sent",
        "version",
        "note",
    )
    index_view_class = AdvanceIndexView
    inspect_view_class = AdvanceInspectView
    form_fields = ("note",)  # never shown: nothing here can be edited
    list_display = (
        "headline",
        Column("until", label=gettext_lazy("Giờ công bố"), sort_key="embargoed_until"),
        Column("status", label=gettext_lazy("Tình trạng")),
        Column("holders", label=gettext_lazy("Cơ quan đã nhận")),
    )


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/bao-chi/gui-truoc/<pk>/thu-lai/`: 403 but for those who may withdraw."""
    row = get_object_or_404(Advance, pk=pk)
    services.cancel(item=row.item, user=request.user)
    messages.success(
        request,
        _("Đã hủy giờ công bố và thu lại bài. Cơ quan nào đã nhận đều được báo phải gỡ."),
    )
    return redirect("press_advances:index")
