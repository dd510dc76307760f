"""Where the screen “Tạo bài từ tệp Word” hangs in the admin."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from stories.pages.models import UnitSectionPage
from stories.pages.word.draft import may_create
from stories.pages.word.views import from_word


@hooks.register("register_admin_urls")
def urls() -> list:
    return [path("tu-word/<int:section_id>/", from_word, name="story_from_word")]


@hooks.register("register_page_header_buttons")
def from_word_button(page, user, view_name, next_url=None) -> Iterator[Button]:
    if isinstance(page, UnitSectionPage) and may_create(page, user):
        yield Button(
            _("Tạo bài từ tệp Word"),
            reverse("story_from_word", args=[page.pk]),
            icon_name="upload",
            priority=5,
        )
