"""Reading a draft without the right to change it: for the units above, and for heirs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.models import Page

from stories.pages.models.moderated import ModeratedPage
from stories.pages.permissions import readable


def read(request: HttpRequest, page_id: int) -> HttpResponse:
    """`/quan-tri/doc/<page>/`: the newest text as readers will see it.

    Refused to all in whose part of the page tree it isn't.
    """
    page = get_object_or_404(Page, pk=page_id)
    if not readable(Page.objects.filter(pk=page.pk), request.user).exists():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, ModeratedPage):
        raise PermissionDenied
    return draft.make_preview_request(request, draft.default_preview_mode)


def read_button(page, user):
    """“Đọc” beside a page that the user may read and not change."""
    page = page.specific_deferred
    if isinstance(page, ModeratedPage) and not page.permissions_for_user(user).can_edit():
        yield Button(_("Đọc"), reverse("read_page", args=[page.pk]), icon_name="view", priority=10)
