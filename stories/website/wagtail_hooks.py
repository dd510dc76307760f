from __future__ import annotations

from django.urls import path
from wagtail import hooks

from stories.website.headless.screens import make_preview, preview_button


@hooks.register("register_admin_urls")
def urls() -> list:
    return [path("xem-truoc/<int:page_id>/", make_preview, name="headless_preview")]


@hooks.register("register_page_header_buttons")
def preview_in_header(page, user, view_name, next_url=None):
    yield from preview_button(page, user)
