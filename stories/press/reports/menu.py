"""The reports' entries under Báo cáo, and their addresses."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from stories.press.reports import scope
from stories.press.reports.views import PublishedReport, PulledReport

urlpatterns = [
    path("reports/bao-chi-da-lay/", PulledReport.as_view(), name="press_pulled_report"),
    path(
        "reports/bao-chi-da-lay/results/",
        PulledReport.as_view(results_only=True),
        name="press_pulled_report_results",
    ),
    path("reports/bao-chi-da-dang/", PublishedReport.as_view(), name="press_published_report"),
    path(
        "reports/bao-chi-da-dang/results/",
        PublishedReport.as_view(results_only=True),
        name="press_published_report_results",
    ),
]


class PressReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        if not hasattr(request, "sees_press_reports"):  # asked four times for one screen
            request.sees_press_reports = scope.may_look(request.user)
        return request.sees_press_reports


def pulled() -> PressReportItem:
    address = reverse("press_pulled_report")
    label = _("Báo chí đã lấy")
    return PressReportItem(label, address, name="press-pulled", icon_name="download", order=310)


def published() -> PressReportItem:
    address = reverse("press_published_report")
    label = _("Báo chí đã đăng")
    return PressReportItem(label, address, name="press-published", icon_name="openquote", order=320)
