"""The queue of Ban Tuyên giáo, claims, bulk approval, and the screen of deputies."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stories.moderation import claims, deputies
from stories.moderation.models import Deputy, ReviewState
from stories.pages.desk import bulk
from stories.pages.desk.forms import DeputyForm
from stories.pages.desk.guards import for_board
from stories.pages.desk.queue import PER_PAGE, Filters, count, queue
from stories.pages.desk.rows import rows, steps
from stories.pages.returning import posted_next

RESULTS = "desk_results"


@require_safe
@for_board
def queue_view(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/hang-cho/`, filtered by the query string (see `Filters`), page by page."""
    filters = Filters(request.GET)
    found = queue(filters, request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Hàng chờ duyệt"),
        "icon": "list-ul",
        "filters": filters,
        "filtered": bool(filters.chosen),
        "page": page,
        "rows": rows(page.object_list, steps()),
        "most": bulk.MOST,
    }
    return render(request, "pages/desk/queue.html", context)


@require_POST
@for_board
def claim(request: HttpRequest, state_id: int) -> HttpResponse:
    state = get_object_or_404(ReviewState, pk=state_id)
    try:
        claims.take(state=state, user=request.user)
        messages.success(request, _("Đồng nghiệp sẽ thấy bạn đang duyệt bài này, trong hai giờ."))
    except PermissionDenied as refusal:
        messages.warning(request, str(refusal))
    return _back(request)


@require_POST
@for_board
def unclaim(request: HttpRequest, state_id: int) -> HttpResponse:
    state = get_object_or_404(ReviewState, pk=state_id)
    if claims.release(state=state, user=request.user):
        messages.success(request, _("Bạn đã thôi nhận. Đồng nghiệp có thể duyệt bài này."))
    return _back(request)


@require_POST
@for_board
def bulk_view(request: HttpRequest) -> HttpResponse:
    """First the checklist of each text chosen (`state`); then, with `confirm`, those ticked."""
    if "confirm" in request.POST:
        chosen = bulk.choices(request.POST)
        if chosen:
            results = bulk.approve(chosen, request.user)
            request.session[RESULTS] = [asdict(result) for result in results]
            return redirect("desk_results")
        messages.warning(request, _("Chưa đánh dấu bài nào để duyệt."))
    chosen_ids = request.POST.getlist("state")
    items = bulk.items(chosen_ids, request.user)
    if not items:
        messages.warning(request, _("Hãy chọn ít nhất một bài đang chờ rồi bấm lại."))
        return redirect("desk_queue")
    if len(chosen_ids) > bulk.MOST:
        messages.info(
            request,
            _("Mỗi lần duyệt nhiều nhất %(most)d bài: đây là những bài đầu.") % {"most": bulk.MOST},
        )
    context = {"title": _("Duyệt nhiều bài"), "icon": "check", "items": items}
    return render(request, "pages/desk/bulk.html", context)


@require_safe
@for_board
def results_view(request: HttpRequest) -> HttpResponse:
    results = request.session.get(RESULTS)
    if not results:
        return redirect("desk_queue")
    done = [result for result in results if not result["why"]]
    refused = [result for result in results if result["why"]]
    context = {
        "title": _("Kết quả duyệt"),
        "icon": "check",
        "done": done,
        "refused": refused,
        "left": count(),
    }
    return render(request, "pages/desk/results.html", context)


def deputies_view(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/uy-quyen/`: name a deputy for one's own office; see and end it."""
    user = request.user
    form = DeputyForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid() and (named := form.save()):
        messages.success(
            request,
            _("Đã ủy quyền cho %(person)s từ %(starts)s đến hết %(ends)s.")
            % {
                "person": named.person,
                "starts": f"{named.starts:%d/%m/%Y}",
                "ends": f"{named.ends:%d/%m/%Y}",
            },
        )
        return redirect("desk_deputies")
    seen = Q() if user.is_superuser else Q(holder=user) | Q(person=user)
    listed = Deputy.objects.filter(seen).select_related("holder", "person", "unit")
    context = {
        "title": _("Ủy quyền duyệt bài"),
        "icon": "user",
        "form": form,
        "listed": listed[:100],
        "today": timezone.localdate(),
    }
    return render(request, "pages/desk/deputies.html", context)


@require_POST
def revoke_view(request: HttpRequest, deputy_id: int) -> HttpResponse:
    deputies.revoke(deputy=get_object_or_404(Deputy, pk=deputy_id), user=request.user)
    messages.success(request, _("Đã thôi ủy quyền."))
    return redirect("desk_deputies")


def _back(request: HttpRequest) -> HttpResponse:
    """To where the button was."""
    return redirect(posted_next(request, "desk_queue"))
