"""The admin's list “Đã báo – đã xác nhận”."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from stories.press.clippings import published
from stories.press.models import PressConfirmation
from stories.press.screens import LocalInspectView, TakeAlongIndexView


class ConfirmationFilter(django_filters.FilterSet):
    open = django_filters.BooleanFilter(label=_("Chờ xác nhận"), method="filter_open")

    class Meta:
        model = PressConfirmation
        fields = ("client",)

    def filter_open(self, found: Any, name: str, wanted: bool) -> Any:
        still_open = PressConfirmation.objects.open()
        return found.filter(pk__in=still_open) if wanted else found.exclude(pk__in=still_open)


class ConfirmationIndexView(TakeAlongIndexView):
    page_title = _("Đã báo – đã xác nhận")
    default_ordering = "-pk"
    export_headings = TakeAlongIndexView.export_headings | {
        "get_channel_display": _("Báo qua"),
        "get_confirmed_how_display": _("Xác nhận bằng cách"),
    }

    def get_base_queryset(self) -> Any:
        found = super().get_base_queryset().select_related("client", "item", "release", "advance")
        return found.defer("release__payload", "advance__payload")


class ConfirmationInspectView(LocalInspectView):
    template_name = "press/admin/confirmation.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        may = self.request.user.has_perm("press.change_pressconfirmation")
        row = self.object
        can_confirm = may and self.object.confirmed_at is None
        return super().get_context_data(**kwargs) | {
            "can_confirm": can_confirm,
            "published": published.of_items([row.item_id], client=row.client_id),
        }


class PressConfirmationViewSet(ModelViewSet):
    model = PressConfirmation
    icon = "check"
    name = "press_confirmations"
    menu_label = _("Đã báo – đã xác nhận")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = (
        "client",
        "about",
        "status",
        "created_at",
        "told_at",
        "channel",
        "mail",
        "mail_error",
        "reminders",
        "escalated_at",
        "system_at",
        "confirmed_at",
        "confirmed_by",
        "confirmed_how",
    )
    index_view_class = ConfirmationIndexView
    inspect_view_class = ConfirmationInspectView
    form_fields = ("client",)  # never shown: nothing here can be edited
    filterset_class = ConfirmationFilter
    list_display = (
        "about",
        Column("client", label=_("Cơ quan")),
        Column("status", label=_("Tình trạng")),
        DateColumn("told_at", label=_("Đã báo"), sort_key="told_at"),
        Column("get_channel_display", label=_("Báo qua")),
        DateColumn("confirmed_at", label=_("Đã xác nhận"), sort_key="confirmed_at"),
        Column("confirmed_by", label=_("Người xác nhận")),
        Column("reminders", label=_("Số lần nhắc")),
    )
    list_export = (
        "client",
        "about",
        "item_id",
        "created_at",
        "told_at",
        "get_channel_display",
        "system_at",
        "confirmed_at",
        "confirmed_by",
        "get_confirmed_how_display",
        "reminders",
        "escalated_at",
    )
    export_filename = "da-bao-da-xac-nhan"
