from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from media.people.permissions import may_look
from stories.moderation.emergency import may_ask
from stories.pages.models.moderated import ModeratedPage
from stories.releases import emergency
from stories.releases.models import Item, Release
from stories.releases.permissions import may_withdraw
from stories.releases.takedown import desk  # noqa: F401 (registers its own)
from stories.releases.takedown import views as takedowns
from stories.releases.views import withdraw_page


@hooks.register("register_admin_urls")
def urls() -> list:
    return [
        path("thu-hoi/<int:page_id>/", withdraw_page, name="withdraw_page"),
        path("khan-cap/bai/<int:page_id>/", emergency.ask, name="emergency_ask"),
        path("khan-cap/<int:pk>/", emergency.one, name="emergency"),
        path("reports/khan-cap/", emergency.listing, name="emergency_list"),
        path("reports/chua-dong-y/", takedowns.unagreed_list, name="unagreed"),
        path("reports/thu-hoi/", takedowns.listing, name="takedowns"),
        path("reports/thu-hoi/phieu/<str:code>/", takedowns.of_consent, name="takedown_of_consent"),
        path("reports/thu-hoi/<int:pk>/", takedowns.one, name="takedown"),
        path("reports/thu-hoi/<int:pk>/lam-lai/", takedowns.retry, name="takedown_retry"),
        path("reports/thu-hoi/<int:pk>/bien-ban/", takedowns.record, name="takedown_record"),
    ]


class EmergencyMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return emergency.may_list(request.user)


@hooks.register("register_reports_menu_item")
def emergencies() -> EmergencyMenuItem:
    return EmergencyMenuItem(
        _("Đăng khẩn cấp chờ xem lại"),
        reverse("emergency_list"),
        name="emergencies",
        icon_name="warning",
        order=100,
    )


@hooks.register("register_reports_menu_item")
def takedown_item() -> MenuItem:
    return MenuItem(
        _("Thu hồi"), reverse("takedowns"), name="takedowns", icon_name="no-view", order=110
    )


class UnagreedMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_look(request.user)


@hooks.register("register_reports_menu_item")
def unagreed_item() -> UnagreedMenuItem:
    return UnagreedMenuItem(
        _("Công khai chưa có đồng ý"),
        reverse("unagreed"),
        name="unagreed",
        icon_name="warning",
        order=105,
    )


@hooks.register("register_page_header_buttons")
def emergency_button(page, user, view_name, next_url=None):
    """“Đăng khẩn cấp” in a page's menu for those who may ask, while something isn't public."""
    page = page.specific
    if not isinstance(page, ModeratedPage) or (page.live and not page.has_unpublished_changes):
        return
    if may_ask(page, user):
        url = reverse("emergency_ask", args=[page.pk])
        yield Button(_("Đăng khẩn cấp"), url, icon_name="warning", priority=70)


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
