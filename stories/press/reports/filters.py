"""What both reports are filtered by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from stories.press.models import PressClient, PressClipping, PressDelivery
from stories.press.reports import periods
from stories.press.reports.places import Places
from stories.press.told.reader import TEXTLESS
from stories.releases.models import Item


class PressReportFilter(WagtailFilterSet):
    """`places` has the units; `day` is the column that says when, a moment or a date."""

    day = ""
    is_moment = False

    unit = django_filters.ChoiceFilter(
        label=_("Đơn vị, cả cấp dưới"), choices=(), empty_label=_("Tất cả"), method="filter_unit"
    )
    period = django_filters.ChoiceFilter(
        label=_("Quý, năm"), choices=(), empty_label=_("Tất cả"), method="filter_period"
    )
    client = django_filters.ModelChoiceFilter(
        label=_("Cơ quan báo chí"),
        queryset=PressClient.objects.order_by("organisation"),
        empty_label=_("Tất cả"),
    )
    client_kind = django_filters.ChoiceFilter(
        label=_("Loại cơ quan"),
        field_name="client__kind",
        choices=PressClient.Kind.choices,
        empty_label=_("Tất cả"),
    )
    type = django_filters.ChoiceFilter(
        label=_("Bài hay ảnh"),
        field_name="item__type",
        choices=Item.Type.choices,
        empty_label=_("Tất cả"),
    )

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places, self.periods = places, periods.offered()
        self.filters["unit"].extra["choices"] = places.choices
        shown = [(key, period.label) for key, period in self.periods.items()]
        self.filters["period"].extra["choices"] = shown

    def filter_unit(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        return found.filter(item__press_unit__unit__in=self.places.within(value))

    def filter_period(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        period = self.periods[value]
        start, end = period.moments if self.is_moment else (period.start, period.end)
        return found.filter(**{f"{self.day}__gte": start, f"{self.day}__lt": end})


class PulledFilter(PressReportFilter):
    day, is_moment = "first_at", True

    channel = django_filters.ChoiceFilter(
        label=_("Đường nhận"),
        choices=[one for one in PressDelivery.Channel.choices if one[0] not in TEXTLESS],
        empty_label=_("Tất cả"),
    )

    class Meta:
        model = PressDelivery
        fields = ("unit", "period", "client", "client_kind", "type", "channel")


class PublishedFilter(PressReportFilter):
    day = "published_on"

    medium = django_filters.ChoiceFilter(
        label=_("Loại hình"), choices=PressClipping.Medium.choices, empty_label=_("Tất cả")
    )
    credit = django_filters.ChoiceFilter(
        label=_("Ghi nguồn của Hội"),
        choices=[("yes", _("Có ghi")), ("no", _("Không ghi")), ("unchecked", _("Chưa kiểm tra"))],
        empty_label=_("Tất cả"),
        method="filter_credit",
    )

    class Meta:
        model = PressClipping
        fields = ("unit", "period", "client", "client_kind", "type", "medium", "credit")

    def filter_credit(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        return found.filter(source_credit="" if value == "unchecked" else value)
