"""The reviewer's side: inviting from the review screen, and revoking."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from stories.moderation import guest_mail, review_links
from stories.moderation.models import ReviewLink
from stories.moderation.services import NotWhatWasRead
from stories.pages.guest.forms import InviteForm
from stories.pages.models.moderated import ModeratedPage


@require_POST
def invite(request: HttpRequest, page_id: int) -> HttpResponse:
    """The answer is the one place where the link is shown: it can't be read again anywhere."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ModeratedPage):
        raise PermissionDenied
    state = page.current_workflow_task_state
    if state is None or not state.task.specific.may_act(page, request.user):
        messages.warning(request, _("Bài này không còn chờ bạn duyệt."))
        return redirect("wagtailadmin_home")
    form = InviteForm(request.POST)
    context = {"page": page, "form": form, "title": _("Nhờ đọc duyệt"), "icon": "mail"}
    try:
        link = form.invite(state=state, user=request.user) if form.is_valid() else None
    except NotWhatWasRead as refusal:
        messages.error(request, str(refusal))
        return redirect("review_page", page.pk)
    if link is None:
        return render(request, "pages/guest/invite.html", context)
    context |= {"link": link, "address": guest_mail.address(link)}
    return render(request, "pages/guest/invited.html", context)


@require_POST
def revoke(request: HttpRequest, link_id: int) -> HttpResponse:
    link = get_object_or_404(ReviewLink, pk=link_id)
    state = link.state
    if review_links.revoke(link=link, user=request.user):
        messages.success(request, _("Đã thu hồi liên kết."))
    else:
        messages.info(request, _("Liên kết này đã được dùng, thu hồi hoặc hết hạn trước đó."))
    if state is None:
        return redirect("wagtailadmin_home")
    return redirect("review_page", state.workflow_state.object_id)


urls = [
    path("duyet/<int:page_id>/moi/", invite, name="review_invite"),
    path("duyet/lien-ket/<int:link_id>/thu-hoi/", revoke, name="review_link_revoke"),
]
