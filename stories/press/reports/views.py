"""“Báo chí đã lấy” and “Báo chí đã đăng” under Báo cáo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import ReportView

from accounts import spreadsheets
from stories.press.clippings import items
from stories.press.models import PressClipping, PressDelivery
from stories.press.reports import rows, scope, units
from stories.press.reports.filters import PublishedFilter, PulledFilter
from stories.press.reports.places import Places
from stories.press.reports.summaries import UNIT, Summary
from stories.units.selectors import UnitTree


class PressReport(ReportView):
    """403 for whoever is of no unit. `columns` are those of the file: heading and width."""

    header_icon = "openquote"
    template_name = "press/reports/report.html"
    list_export = ("client",)  # so that Wagtail offers the files; what is in them: `columns`
    file_columns: tuple[spreadsheets.Column, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not scope.may_look(request.user):
            raise PermissionDenied
        units.catch_up()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def places(self) -> Places:
        tree = UnitTree.load()
        return Places(tree, scope.units_of(self.request.user, tree))

    def everything(self) -> QuerySet:
        """All that there is, of every unit."""
        raise NotImplementedError

    def sums(self) -> Mapping[str, Combinable]:
        raise NotImplementedError

    def in_lines(self, found: QuerySet) -> QuerySet:
        """The rows of the list, from those that are summed up."""
        raise NotImplementedError

    def told(self, found: Iterable) -> Iterator[tuple]:
        """Lines in words, in the order of `file_columns`."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet:
        found, own = self.everything(), self.places.scope
        return found if own is None else found.filter(**{f"{UNIT}__in": own})

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return super().get_filterset_kwargs() | {"places": self.places}

    def get_filtered_queryset(self) -> QuerySet:
        self.summed = self.filter_queryset(self.get_queryset())
        return self.in_lines(self.summed)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_export:  # Wagtail would first make a whole page of all rows
            return self.as_spreadsheet(self.get_filtered_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return list(self.told(object_list))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        summary = Summary(
            self.summed,
            day=self.filterset_class.day,
            is_moment=self.filterset_class.is_moment,
            sums=self.sums(),
            places=self.places,
        )
        own = {"totals": summary.totals(), "tables": summary.tables()}
        return super().get_context_data(**kwargs) | own

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> HttpResponseBase:
        lines = self.told(queryset.iterator(chunk_size=rows.AT_ONCE))
        as_text = ([*line[:-1], str(line[-1])] for line in lines)  # the id comes last
        return spreadsheets.download(
            spreadsheet_format,
            self.get_filename(),
            str(self.page_title),
            self.file_columns,
            as_text,
        )


class PulledReport(PressReport):
    """`/quan-tri/reports/bao-chi-da-lay/`: who took what, when and how often."""

    page_title = _("Báo chí đã lấy")
    model = PressDelivery
    filterset_class = PulledFilter
    index_url_name = "press_pulled_report"
    index_results_url_name = "press_pulled_report_results"
    results_template_name = "press/reports/pulled.html"
    file_columns = (
        (_("Cơ quan"), 28),
        (_("Tít"), 60),
        (_("Loại"), 12),
        (_("Đơn vị"), 28),
        (_("Đường nhận"), 16),
        (_("Bản mới nhất đã lấy"), 12),
        (_("Lần đầu"), 18),
        (_("Gần nhất"), 18),
        (_("Số lần"), 10),
        (_("Mã"), 38),
    )

    def everything(self) -> QuerySet:
        return items.taken()

    def sums(self) -> Mapping[str, Combinable]:
        return {
            _("Số bài, ảnh"): Count("item", distinct=True),
            _("Số cơ quan"): Count("client", distinct=True),
            _("Số lần lấy"): Sum("count"),
        }

    def in_lines(self, found: QuerySet) -> QuerySet:
        by = ("client", "client__organisation", "item", "item__type", UNIT, "channel")
        grouped = found.order_by().values(*by)
        return grouped.annotate(
            newest=Max("version"), first=Min("first_at"), last=Max("last_at"), times=Sum("count")
        ).order_by("-last", "client", "item", "channel")

    def told(self, found: Iterable) -> Iterator[tuple]:
        return rows.pulled(found, self.places)

    def get_filename(self) -> str:
        return "bao-chi-da-lay"


class PublishedReport(PressReport):
    """`/quan-tri/reports/bao-chi-da-dang/`: what was published where, with credit or without."""

    page_title = _("Báo chí đã đăng")
    model = PressClipping
    filterset_class = PublishedFilter
    index_url_name = "press_published_report"
    index_results_url_name = "press_published_report_results"
    results_template_name = "press/reports/published.html"
    file_columns = (
        (_("Cơ quan"), 28),
        (_("Tít"), 60),
        (_("Loại"), 12),
        (_("Đơn vị"), 28),
        (_("Loại hình"), 16),
        (_("Ngày đăng"), 12),
        (_("Trang, chương trình"), 28),
        (_("Địa chỉ"), 50),
        (_("Ghi nguồn"), 14),
        (_("Ghi tác giả ảnh"), 14),
        (_("Trên mạng"), 24),
        (_("Mã"), 38),
    )

    def everything(self) -> QuerySet:
        return PressClipping.objects.all()

    def sums(self) -> Mapping[str, Combinable]:
        return {
            _("Số lượt đăng"): Count("pk"),
            _("Số bài, ảnh"): Count("item", distinct=True),
            _("Có ghi nguồn"): Count("pk", filter=Q(source_credit="yes")),
            _("Không ghi nguồn"): Count("pk", filter=Q(source_credit="no")),
            _("Chưa kiểm tra"): Count("pk", filter=Q(source_credit="")),
        }

    def in_lines(self, found: QuerySet) -> QuerySet:
        lines = found.select_related("client", "item", "last_check").annotate(unit=F(UNIT))
        return lines.order_by("-published_on", "-pk")

    def told(self, found: Iterable) -> Iterator[tuple]:
        return rows.published(found, self.places)

    def get_filename(self) -> str:
        return "bao-chi-da-dang"
