"""The admin's screens of takedowns: how far each is, trying again, and a record to print."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from media.models import Consent
from media.people import permissions as people
from stories.releases.models import Takedown
from stories.releases.permissions import may_withdraw
from stories.releases.takedown import selectors, unagreed
from stories.releases.takedown.carry_out import again
from stories.releases.takedown.told_by_rooms import sections

PER_PAGE = 30
WHAT = {
    "withdrawn": gettext_lazy("bài đã gỡ"),
    "offered": gettext_lazy("mời sửa bài"),
    "in_review": gettext_lazy("bài đang duyệt có người rút lại sự đồng ý"),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/reports/thu-hoi/?p=`: the newest first, with the state of each step."""
    page = Paginator(selectors.visible(request.user), PER_PAGE).get_page(request.GET.get("p"))
    shown = [(one, selectors.progress(one.steps.all())) for one in page]
    context = {"title": _("Thu hồi"), "page": page, "shown": shown}
    return render(request, "releases/takedowns/list.html", context)


@require_safe
def of_consent(request: HttpRequest, code: str) -> HttpResponse:
    """`/quan-tri/reports/thu-hoi/phieu/<code>/`: where writing down a no ends."""
    found = selectors.visible(request.user).filter(of=Takedown.Of.CONSENT, target=code)
    newest = found.order_by("-pk").first()
    if newest is None:
        raise Http404
    return redirect("takedown", newest.pk)


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/reports/thu-hoi/<pk>/`"""
    takedown = get_object_or_404(selectors.visible(request.user), pk=pk)
    context = _context(takedown) | {"sections": sections(takedown)}
    return render(request, "releases/takedowns/one.html", context)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/reports/thu-hoi/<pk>/lam-lai/`: now, whatever the waiting time."""
    takedown = get_object_or_404(selectors.visible(request.user), pk=pk)
    outcomes = again(takedown=takedown, user=request.user)
    if failed := [one for one in outcomes if one.why]:
        messages.warning(
            request,
            _("Còn %(n)d bước chưa được; hệ thống sẽ tự làm lại.") % {"n": len(failed)},
        )
    else:
        messages.success(request, _("Mọi bước đã xong."))
    return redirect("takedown", takedown.pk)


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/reports/thu-hoi/<pk>/bien-ban/`: the proof on paper, without any content."""
    takedown = get_object_or_404(selectors.visible(request.user), pk=pk)
    context = _context(takedown) | {"now": timezone.now(), "sections": sections(takedown)}
    return render(request, "releases/takedowns/record.html", context)


@require_safe
def unagreed_list(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/reports/chua-dong-y/`: of the people whom the user may see."""
    if not people.may_look(request.user):
        raise PermissionDenied
    found = unagreed.rows(people.visible(request.user))
    pages = Paginator(selectors.with_pages(found), PER_PAGE)
    context = {
        "title": _("Đang công khai mà chưa có đồng ý"),
        "page": pages.get_page(request.GET.get("p")),
        "may_withdraw": may_withdraw(request.user),
    }
    return render(request, "releases/takedowns/unagreed.html", context)


def _context(takedown: Takedown) -> dict:
    whole = [step for step in takedown.steps.all() if step.part_id is None]
    consent = None
    if takedown.of == Takedown.Of.CONSENT:
        consent = Consent.objects.filter(code=takedown.target).first()
    return {
        "title": _("Lần thu hồi số %(n)d") % {"n": takedown.pk},
        "takedown": takedown,
        "rows": selectors.rows(takedown),
        "whole": [(selectors.label(step.kind), step) for step in whole],
        "unfinished": any(step.status != "done" for step in takedown.steps.all()),
        "consent": consent,
        "told": [
            one
            | {
                "what": WHAT.get(one["what"], one["what"]),
                "when": datetime.fromisoformat(one["at"]),
            }
            for one in takedown.told
        ],
    }
