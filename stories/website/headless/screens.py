"""`/quan-tri/xem-truoc/<page>/`: an editor makes a link to her draft on the other front end."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets import Button
from wagtail.models import Page

from stories.pages.models.moderated import ModeratedPage
from stories.website.headless import previews


@require_http_methods(["GET", "HEAD", "POST"])
def make_preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """GET asks, POST makes. The answer is the one place where the link is shown."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not previews.is_offered() or not isinstance(page, ModeratedPage):
        raise Http404
    if not previews.may_show(page, request.user) or not previews.has_draft(page):
        raise PermissionDenied
    link = previews.make(page=page, user=request.user) if request.method == "POST" else None
    context = {
        "page": page,
        "title": _("Liên kết xem trước"),
        "icon": "view",
        "link": link,
        "address": previews.address(link) if link else "",
        "hours": settings.HEADLESS_PREVIEW_HOURS,
    }
    response = render(request, "headless/make_preview.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def preview_button(page, user):
    """Beside a page that has a draft, for those who may edit it."""
    if not previews.is_offered():
        return
    page = page.specific_deferred
    if (
        isinstance(page, ModeratedPage)
        and previews.may_show(page, user)
        and previews.has_draft(page)
    ):
        url = reverse("headless_preview", args=[page.pk])
        yield Button(_("Liên kết xem trước"), url, icon_name="link", priority=15)
