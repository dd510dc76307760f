"""“Người đọc tìm gì” under Báo cáo: what is asked, what finds nothing, and how the engines are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, FloatField, QuerySet, Sum, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView

from search.asked import RARE, tally
from search.engines import kept_engines
from search.engines.base import Engine, EngineError
from search.models import AskedDay, EngineTrouble
from search.permissions import may_look_after_search
from stories.releases import selectors

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PERIODS = {
    "7": _("7 ngày qua"),
    "30": _("30 ngày qua"),
    "90": _("90 ngày qua"),
    "365": _("Một năm qua"),
}
ORDERS = {
    "-times": _("Tìm nhiều nhất"),
    "-found_nothing": _("Không thấy bài nào"),
    "share": _("Ít được mở nhất"),
}


class AskedFilterSet(WagtailFilterSet):
    period = django_filters.ChoiceFilter(
        label=_("Thời gian"), choices=list(PERIODS.items()), empty_label=None, method="since"
    )
    order = django_filters.ChoiceFilter(
        label=_("Xếp theo"), choices=list(ORDERS.items()), empty_label=None, method="ordered"
    )

    class Meta:
        model = AskedDay
        fields = ("period", "order")

    def since(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        return found

    def ordered(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        found = found.filter(found_nothing__gt=0) if value == "-found_nothing" else found
        return found.order_by(value, "words")


ENGINES = {
    "embedded": _("kèm theo"),
    "elasticsearch": "Elasticsearch",
    "postgresql": "PostgreSQL",
    "null": _("không dùng"),
}


@dataclass(frozen=True, slots=True)
class EngineState:
    """`behind` is how many releases the index lacks; None where the engine does not answer."""

    name: StrOrPromise
    behind: int | None
    trouble: EngineTrouble | None


class AskedReport(ReportView):
    """`/quan-tri/reports/tim-kiem/`. 403 for whoever does not look after the search."""

    page_title = _("Người đọc tìm gì")
    header_icon = "search"
    model = AskedDay
    filterset_class = AskedFilterSet
    index_url_name = "search_report"
    index_results_url_name = "search_report_results"
    results_template_name = "search/admin/asked.html"
    list_export = ("words", "times", "found_nothing", "followed", "share")
    export_headings = {
        "words": _("Từ ngữ (không dấu)"),
        "times": _("Số lượt tìm"),
        "found_nothing": _("Không thấy bài nào"),
        "followed": _("Đã mở một bài"),
        "share": _("Tỷ lệ mở bài (%)"),
    }

    def dispatch(self, request, *args: Any, **kwargs: Any):
        if not may_look_after_search(request.user):
            raise PermissionDenied
        tally.write()
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        """Words asked often enough to point to nobody, with their sums over the period."""
        days = self.request.GET.get("period", "")
        since = timezone.localdate() - dt.timedelta(days=int(days) if days in PERIODS else 30)
        return (
            AskedDay.objects.filter(day__gt=since)
            .values("words")
            .annotate(
                times=Sum("times"), found_nothing=Sum("found_nothing"), followed=Sum("followed")
            )
            .filter(times__gte=RARE)
            .annotate(
                share=Case(
                    When(followed__gte=F("times"), then=Value(100.0)),
                    default=100.0 * Cast("followed", FloatField()) / F("times"),
                    output_field=FloatField(),
                )
            )
            .order_by("-times", "words")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"engines": engine_states(), "rare": RARE}

    def get_filename(self) -> str:
        return "nguoi-doc-tim-gi"


def engine_states() -> list[EngineState]:
    """How each index stands, asked now (an engine that is away costs its time-out)."""
    head = selectors.head()
    troubles = EngineTrouble.objects.in_bulk()
    return [
        EngineState(
            ENGINES.get(engine.name, engine.name), _behind(engine, head), troubles.get(engine.name)
        )
        for engine in kept_engines()
    ]


def _behind(engine: Engine, head: int) -> int | None:
    try:
        return max(0, head - engine.offset())
    except EngineError:
        return None
