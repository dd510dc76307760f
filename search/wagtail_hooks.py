from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search import desk
from search.panels import EnginesPanel
from search.permissions import may_look_after_search
from search.reports import AskedReport
from search.viewsets import SearchGroup


class AskedMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_look_after_search(request.user)


@hooks.register("register_admin_viewset")
def search_group() -> SearchGroup:
    return SearchGroup()


@hooks.register("register_admin_urls")
def urls() -> list:
    return [
        path("luu-tru/", desk.archive_desk, name="archive_desk"),
        path("luu-tru/danh-sach.csv", desk.as_csv, name="archive_csv"),
        path("luu-tru/danh-sach.xlsx", desk.as_xlsx, name="archive_xlsx"),
        path("reports/tim-kiem/", AskedReport.as_view(), name="search_report"),
        path(
            "reports/tim-kiem/results/",
            AskedReport.as_view(results_only=True),
            name="search_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def asked_item() -> AskedMenuItem:
    return AskedMenuItem(
        _("Người đọc tìm gì"),
        reverse("search_report"),
        name="asked",
        icon_name="search",
        order=300,
    )


@hooks.register("construct_homepage_panels")
def engines_panel(request, panels) -> None:
    if may_look_after_search(request.user):
        panels.append(EnginesPanel())


@hooks.register("register_admin_menu_item")
def archive_item() -> MenuItem:
    return MenuItem(
        _("Kho lưu trữ"),
        reverse("archive_desk"),
        name="archive",
        icon_name="folder-open-inverse",
        order=260,
    )
