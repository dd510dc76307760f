"""The admin's list “Bài đã đăng”."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
)
from wagtail.admin.viewsets.model import ModelViewSet

from stories.press.clippings import services
from stories.press.clippings.forms import StaffClippingForm
from stories.press.models import PressClipping
from stories.press.screens import LocalInspectView
from stories.releases.models import Release


class ClippingFilter(django_filters.FilterSet):
    withdrawn = django_filters.BooleanFilter(
        label=_("Bài đã tạm gỡ, thu hồi"), method="filter_withdrawn"
    )

    class Meta:
        model = PressClipping
        fields = ("client", "medium", "source_credit")

    def filter_withdrawn(self, found: Any, name: str, wanted: bool) -> Any:
        public = {"item__kind__in": Release.PUBLIC}
        return found.exclude(**public) if wanted else found.filter(**public)


class ClippingIndexView(IndexView):
    default_ordering = ("-published_on", "-pk")

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("client", "item__current", "last_check")


class ClippingCreateView(CreateView):
    page_title = _("Ghi bài đã đăng")
    submit_button_label = _("Ghi lại")

    def save_instance(self) -> PressClipping:
        return services.record_clipping(
            client=self.form.client(),
            values=self.form.values(),
            scan=self.form.scan_taken(),
            by=services.Recorder(user=self.request.user),
        )


class ClippingEditView(EditView):
    def save_instance(self) -> PressClipping:
        return services.change_clipping(
            clipping=self.object,
            values=self.form.values(),
            scan=self.form.scan_taken(),
            by=services.Recorder(user=self.request.user),
        )


class ClippingDeleteView(DeleteView):
    page_title = _("Xóa bài ghi nhầm")

    def delete_action(self) -> None:
        services.delete_clipping(clipping=self.object, user=self.request.user)


class ClippingInspectView(LocalInspectView):
    template_name = "press/admin/clipping.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        can_check = self.request.user.has_perm("press.change_pressclipping")
        return super().get_context_data(**kwargs) | {
            "can_check": can_check and bool(self.object.url),
            "checks": self.object.checks.all()[:20],
        }


class PressClippingViewSet(ModelViewSet):
    model = PressClipping
    icon = "doc-full-inverse"
    name = "press_clippings"
    menu_label = _("Bài đã đăng")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = (
        "client",
        "title",
        "code",
        "version",
        "medium",
        "day",
        "place",
        "source_credit",
        "picture_credit",
        "note",
        "recorded_name",
        "recorded_at",
    )
    index_view_class = ClippingIndexView
    add_view_class = ClippingCreateView
    edit_view_class = ClippingEditView
    delete_view_class = ClippingDeleteView
    inspect_view_class = ClippingInspectView
    filterset_class = ClippingFilter
    list_display = (
        "title",
        Column("client", label=_("Cơ quan")),
        Column("get_medium_display", label=_("Loại hình")),
        Column("day", label=_("Ngày đăng"), sort_key="published_on"),
        Column("place", label=_("Trang, chương trình")),
        Column("get_source_credit_display", label=_("Ghi nguồn")),
        Column("presence", label=_("Trên mạng")),
    )

    def get_form_class(self, for_update: bool = False) -> type[StaffClippingForm]:
        return StaffClippingForm
