from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from stories.pages.models.moderated import ModeratedPage
from stories.releases.models import Item, Release
from stories.releases.permissions import may_withdraw
from stories.releases.views import withdraw_page


@hooks.register("register_admin_urls")
def urls() -> list:
    return [path("thu-hoi/<int:page_id>/", withdraw_page, name="withdraw_page")]


@hooks.register("register_page_header_buttons")
def withdraw_button(page, user, view_name, next_url=None):
    """“Thu hồi” in a page's menu for those who may, while it is public or withheld."""
    if not isinstance(page.specific_deferred, ModeratedPage) or not may_withdraw(user):
        return
    open_kinds = [*Release.PUBLIC, Release.Kind.WITHHELD]
    if Item.objects.filter(pk=page.specific.uuid, kind__in=open_kinds).exists():
        yield Button(
            _("Thu hồi"),
            reverse("withdraw_page", args=[page.pk]),
            icon_name="no-view",
            priority=60,
        )
