"""What notices add to Wagtail's admin."""

from __future__ import annotations

from django.urls import path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from accounts.notices import selectors, views


class NoticesItem(MenuItem):
    """“Thông báo (3)”: how many are unread, in one query."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Thông báo"),
            reverse_lazy("notices"),
            name="notices",
            icon_name="mail",
            order=80,
        )

    def render_component(self, request) -> LinkMenuItem:
        component = super().render_component(request)
        if unread := selectors.unread_count(request.user):
            component.label = _("Thông báo (%(n)d)") % {"n": unread}
        return component


@hooks.register("register_admin_menu_item")
def notices_item() -> NoticesItem:
    return NoticesItem()


@hooks.register("register_admin_urls")
def notices_urls() -> list:
    return [
        path("thong-bao/", views.listing, name="notices"),
        path("thong-bao/<int:pk>/", views.open_one, name="notices_open"),
        path("thong-bao/da-doc/", views.read_all, name="notices_read"),
    ]


@hooks.register("register_account_settings_panel")
def preferences(request, user, profile) -> views.PreferencesPanel:
    return views.PreferencesPanel(request, user, profile)
