"""Where the guides hang in the admin: the menu of everyone, and ⋯ in the editor."""

from __future__ import annotations

from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from stories.pages.help import views
from stories.pages.models.moderated import ModeratedPage


@hooks.register("register_admin_urls")
def urls() -> list:
    return [
        path("huong-dan/", views.guide, name="help"),
        path("huong-dan/muc/<slug:anchor>/", views.part, name="help_part"),
        path("huong-dan/<slug:slug>/", views.guide, name="help"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return MenuItem(
        _("Hướng dẫn"), reverse_lazy("help"), name="guides", icon_name="help", order=9_500
    )


@hooks.register("register_page_header_buttons")
def how_to_write(page, user, view_name, next_url=None):
    if isinstance(page.specific_deferred, ModeratedPage):
        yield Button(
            _("Hướng dẫn viết bài"),
            reverse("help_part", args=["viet-mot-bai"]),
            icon_name="help",
            priority=90,
        )
