"""The menu “Báo chí” in Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from stories.press import admin_urls
from stories.press.reports import menu
from stories.press.viewsets import PressGroup


@hooks.register("register_admin_viewset")
def press_group() -> PressGroup:
    return PressGroup()


@hooks.register("register_admin_urls")
def press_urls() -> list:
    return admin_urls.urlpatterns


@hooks.register("register_reports_menu_item")
def pulled_item() -> menu.PressReportItem:
    return menu.pulled()


@hooks.register("register_reports_menu_item")
def published_item() -> menu.PressReportItem:
    return menu.published()
