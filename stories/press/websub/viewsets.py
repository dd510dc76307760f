"""The admin's list of who subscribes to the column's feeds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.audit.actions import Action
from accounts.audit.services import record
from stories.press.models import HubSubscription
from stories.press.screens import LocalInspectView, MomentColumn


class SubscriptionDeleteView(DeleteView):
    page_title = _("Gỡ đăng ký")

    def delete_action(self) -> None:
        host, pk = self.object.host, self.object.pk
        super().delete_action()
        record(action=Action.HUB_REMOVED, target=f"hub:{pk}", data={"host": host})


class HubSubscriptionViewSet(ModelViewSet):
    model = HubSubscription
    icon = "site"
    name = "press_hub"
    menu_label = _("Đăng ký nguồn tin")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = LocalInspectView
    inspect_view_fields = (
        "topic",
        "callback",
        "created_at",
        "lease_until",
        "sent_at",
        "failing_since",
        "last_error",
    )
    delete_view_class = SubscriptionDeleteView
    form_fields = ("topic",)  # never shown: nothing here can be edited
    search_fields = ("host",)
    list_display = (
        "host",
        Column("topic", label=_("Nguồn tin")),
        DateColumn("created_at", label=_("Đăng ký lúc"), sort_key="created_at"),
        MomentColumn("lease_until", label=_("Đến lúc"), sort_key="lease_until"),
        DateColumn("sent_at", label=_("Nhận gần nhất"), sort_key="sent_at"),
        Column("last_error", label=_("Lỗi gần nhất")),
    )
