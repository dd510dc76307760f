"""The reviewer's screen: the text as readers will see it, and two clear choices."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from stories.moderation.forms import ReturnForm
from stories.moderation.permissions import authors
from stories.pages.models.moderated import ModeratedPage
from stories.pages.preview import preview_context


def review(request: HttpRequest, page_id: int) -> HttpResponse:
    """`/quan-tri/duyet/<page>/`. GET shows; POST `approve` or `return` acts, for the eligible."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ModeratedPage):
        raise PermissionDenied
    state = page.current_workflow_task_state
    if state is None or not (task := state.task.specific).may_act(page, request.user):
        messages.warning(request, _("Bài này không còn chờ bạn duyệt."))
        return redirect("wagtailadmin_home")
    returning = "return" in request.POST
    form = ReturnForm(request.POST if returning else None)
    if request.method == "POST" and (not returning or form.is_valid()):
        try:
            if returning:
                task.on_action(state, request.user, "reject", **form.cleaned_data)
                messages.success(request, _("Đã trả lại bài cho người viết, kèm lý do."))
            elif request.POST.get("revision") != str(page.latest_revision_id):
                messages.error(request, _("Bài vừa được sửa. Hãy đọc lại bản mới nhất dưới đây."))
                return redirect("review_page", page.pk)
            else:
                task.on_action(state, request.user, "approve")
                messages.success(request, _("Đã duyệt “%(title)s”.") % {"title": page.title})
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
        return redirect("wagtailadmin_home")
    draft = page.get_latest_revision_as_object()
    people = get_user_model().objects.filter(pk__in=authors(page))
    return render(
        request,
        "pages/review.html",
        {
            "page": draft,
            "task": task,
            "form": form,
            "returning": returning,
            "authors": people,
            "sent": state.workflow_state,
            **preview_context(draft),
        },
    )
