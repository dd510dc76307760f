"""The admin's buttons of a clipping: its scan, and a look at its page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from media.views import file_response
from stories.press.clippings import services
from stories.press.models import ClippingCheck, PressClipping

Outcome = ClippingCheck.Outcome
SHOWN_AS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`/quan-tri/bao-chi/bai-da-dang/<pk>/ban-chup/`"""
    if not request.user.has_perm("press.view_pressclipping"):
        raise PermissionDenied
    return scan_of(get_object_or_404(PressClipping, pk=pk))


def scan_of(clipping: PressClipping) -> HttpResponseBase:
    """The stored scan; the caller asks who may. 404 where there is none."""
    if not clipping.scan:
        raise Http404
    ending = clipping.scan.name.rpartition(".")[2]
    response = file_response(clipping.scan.name)
    response["Content-Type"] = SHOWN_AS.get(ending, "application/octet-stream")
    response["Content-Disposition"] = f'inline; filename="bai-da-dang-{clipping.pk}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    if ending == "pdf":
        del response["Content-Security-Policy"]  # a sandbox keeps browsers' own viewers shut
    return response


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/bao-chi/bai-da-dang/<pk>/kiem-tra/`: the page is opened for whoever pressed."""
    if not request.user.has_perm("press.change_pressclipping"):
        raise PermissionDenied
    clipping = get_object_or_404(PressClipping.objects.select_related("client"), pk=pk)
    look(request, clipping, services.Recorder(user=request.user))
    return redirect("press_clippings:inspect", clipping.pk)


def look(request: HttpRequest, clipping: PressClipping, by: services.Recorder) -> None:
    """Look at the page and say on the next screen what was found."""
    try:
        found = services.check_page(clipping=clipping, by=by)
    except services.NotNow as error:
        messages.warning(request, str(error))
        return
    said = {
        Outcome.THERE: _("Bài còn trên trang: trùng %(n)d %% chữ của bài.")
        % {"n": found.overlap or 0},
        Outcome.ABSENT: _("Trang mở được nhưng không thấy bài. Mời chị/anh mở trang xem lại."),
        Outcome.GONE: _("Bài không còn trên trang nữa."),
        Outcome.FAILED: _("Không mở được trang: %(why)s") % {"why": found.error},
    }[Outcome(found.outcome)]
    tell = messages.warning if found.outcome == Outcome.FAILED else messages.success
    tell(request, said)
