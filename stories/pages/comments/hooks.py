"""Where the comments hang in the admin, beside Wagtail's own panel in the editor."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button

from stories.moderation.comments import may_comment, open_comments
from stories.pages.comments.views import page_comments
from stories.pages.models.moderated import ModeratedPage


@hooks.register("register_admin_urls")
def urls() -> list:
    return [path("gop-y/<int:page_id>/", page_comments, name="page_comments")]


@hooks.register("register_page_header_buttons")
def comments_button(page, user, view_name, next_url=None) -> Iterator[Button]:
    if isinstance(page, ModeratedPage) and may_comment(page, user):
        yield Button(
            gettext_lazy("Góp ý"),
            reverse("page_comments", args=[page.pk]),
            icon_name="comment",
            priority=15,
        )


@hooks.register("before_edit_page", order=100)
def tell_of_comments(request, page) -> None:
    """An editor who opens a draft is told how many comments wait, and where they are."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    if isinstance(page, ModeratedPage) and (count := open_comments(page).count()):
        messages.info(
            request,
            _("Bài có %(count)d góp ý chưa xong; mỗi góp ý nằm ngay bên chỗ cần xem.")
            % {"count": count},
            buttons=[
                messages.button(
                    reverse("page_comments", args=[page.pk]), _("Xem tất cả góp ý"), False
                )
            ],
        )
