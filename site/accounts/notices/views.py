from __future__ import annotations

from contextlib import suppress

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    NotificationsSettingsPanel,
    notifications_tab,
)

from accounts.notices import optout, selectors, services
from accounts.notices.forms import ABOUT, PreferencesForm

PER_PAGE = 20


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/thong-bao/`: one's own notices, newest first; `?p=` is the page."""
    pages = Paginator(selectors.of(request.user), PER_PAGE)
    context = {
        "notices": pages.get_page(request.GET.get("p")),
        "unread": selectors.unread_count(request.user),
    }
    return render(request, "accounts/notices/list.html", context)


@require_safe
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and go where it leads; where that is gone, show what it said."""
    found = selectors.of(request.user).filter(pk=pk)
    notice = get_object_or_404(found)
    services.read(found)
    if selectors.leads_somewhere(notice.link):
        return redirect(notice.link)
    return render(request, "accounts/notices/one.html", {"notice": notice})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    services.read(selectors.of(request.user))
    return redirect("notices")


@never_cache
@csrf_exempt  # the token is the right to do it, and a mailbox that posts has no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """`/thong-bao/thoi/<token>/`: GET shows a button (mail scanners open links), POST acts.

    Also the address of RFC 8058's one-click. 404 for a token that isn't ours.
    """
    context = {}
    with suppress(optout.BadToken):
        user, scope = optout.read(token)
        context = {"told": optout.told(scope), "done": request.method == "POST"}
        if context["done"]:
            services.stop_mails(user=user, scope=scope)
    status = 200 if context else 404
    response = render(request, "accounts/notices/stop.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


class PreferencesPanel(BaseSettingsPanel):
    name = "notices"
    title = gettext_lazy("Cách nhận thư báo")
    tab = notifications_tab
    order = 100
    form_class = PreferencesForm
    template_name = "accounts/notices/preferences.html"

    def get_context_data(self) -> dict:
        about = ABOUT
        if not self.user.email:
            about = _("Tài khoản này chưa có địa chỉ thư nên chỉ nhận thông báo tại đây.")
        return super().get_context_data() | {"about": about}


class Account(AccountView):
    """Wagtail's account page, with one place for notifications instead of two."""

    def get_panels(self) -> list:
        return [
            panel
            for panel in super().get_panels()
            if not isinstance(panel, NotificationsSettingsPanel)
        ]
