"""The reviewer's screen: what changed, the text as readers will see it, and two clear choices."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.moments import moment
from stories.moderation import claims
from stories.moderation.forms import ReturnForm, TimeForm
from stories.moderation.models import BoardApprovalTask, BundleItem
from stories.moderation.permissions import authors
from stories.moderation.services import NotReady, NotWhatWasRead, note_checklist
from stories.pages.checklist import remarks as comment_rule
from stories.pages.comments.parts import remarks
from stories.pages.content import sha256
from stories.pages.differences import differences
from stories.pages.models.moderated import ModeratedPage
from stories.pages.preview import preview_context


def review(request: HttpRequest, page_id: int) -> HttpResponse:
    """`/quan-tri/duyet/<page>/`. GET shows; POST `approve` or `return` acts, for the eligible.

    An approval names the hash of what was shown (`sha256`) and the codes ticked (`accepted`).
    """
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ModeratedPage):
        raise PermissionDenied
    state = page.current_workflow_task_state
    if state is None or not (task := state.task.specific).may_act(page, request.user):
        messages.warning(request, _("Bài này không còn chờ bạn duyệt."))
        return redirect("wagtailadmin_home")
    form = ReturnForm(request.POST if "return" in request.POST else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        return _act(request, page, state, task, form)
    return render(request, "pages/review.html", _shown(request, state, task, form))


def _act(request: HttpRequest, page, state, task, form: ReturnForm) -> HttpResponse:
    again = redirect("review_page", page.pk)
    try:
        if form.is_bound:
            task.on_action(state, request.user, "reject", **form.cleaned_data)
            messages.success(request, _("Đã trả lại bài cho người viết, kèm lý do."))
        else:
            said = {
                "sha256": request.POST.get("sha256", "-"),
                "accepted": request.POST.getlist("accepted"),
                "over_claim": "over_claim" in request.POST,
            }
            times = TimeForm(request.POST)
            if not times.is_valid():
                messages.error(request, " ".join(times.errors["go_live_at"]))
                return again
            said["go_live_at"] = at = times.cleaned_data["go_live_at"]
            task.on_action(state, request.user, "approve", **said)
            messages.success(request, _("Đã duyệt “%(title)s”.") % {"title": page.title})
            if at:
                said_at = _("Bài sẽ tự công bố lúc %(when)s.") % {"when": moment(at)}
                messages.success(request, said_at)
    except (NotReady, NotWhatWasRead, claims.Claimed) as refusal:
        messages.error(request, str(refusal))
        return again
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    return redirect("wagtailadmin_home")


def _shown(request: HttpRequest, state, task, form: ReturnForm) -> dict:
    page = state.workflow_state.content_object
    draft = page.get_latest_revision_as_object()
    shown = preview_context(draft)
    problems = draft.publication_problems()
    binding = isinstance(task, BoardApprovalTask)
    if binding:
        note_checklist(state.specific, problems)
    red = [problem for problem in problems if problem.is_red]
    return {
        "page": draft,
        "task": task,
        "form": form,
        "authors": get_user_model().objects.filter(pk__in=authors(page)),
        "sent": state.workflow_state,
        "problems": problems,
        "red": red,
        "stopped": [one for one in red if binding or one.code == comment_rule.CODE],
        "binding": binding,
        "times": TimeForm() if binding else None,
        "remarks": remarks(draft, shown),
        "sha256": sha256(shown["item"]),
        "state": state,
        "claim": claims.of(state),
        "bundled": BundleItem.objects.holding(draft.uuid),
        "differences": differences(draft, shown["item"]),
        **shown,
    }
