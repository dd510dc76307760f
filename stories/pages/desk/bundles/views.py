"""`/quan-tri/chum-bai/`: bundles of Ban Tuyên giáo. Who may is asked by the services too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stories.moderation import bundles
from stories.moderation.models import Bundle
from stories.pages.desk import bulk
from stories.pages.desk.bundles import selectors
from stories.pages.desk.bundles.forms import BundleForm
from stories.pages.desk.guards import for_board

ICON = "copy"


@require_safe
@for_board
def listing(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Chùm bài"), "icon": ICON, **selectors.listing()}
    return render(request, "pages/desk/bundles/list.html", context)


@for_board
def new(request: HttpRequest) -> HttpResponse:
    """The queue posts the texts ticked (`state`); they go into a new bundle (`create`), or into
    one in preparation (`bundle`)."""
    states = request.POST.getlist("state")
    pages = selectors.pages_of(states)
    if into := request.POST.get("bundle", ""):
        bundle = get_object_or_404(Bundle, pk=into if into.isdecimal() else 0)
        said = _("Đã đưa các bài vào chùm.")
        return _done(request, bundle, said, lambda: _add(bundle, request.user, pages))
    form = BundleForm(request.POST if "create" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            made = bundles.create(user=request.user, pages=pages, **form.cleaned_data)
        except PermissionDenied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lập chùm bài."))
            return redirect("desk_bundle", made.pk)
    context = {
        "title": _("Lập chùm bài"),
        "icon": ICON,
        "form": form,
        "pages": pages,
        "states": states,
        "preparing": Bundle.objects.preparing() if pages else (),
    }
    return render(request, "pages/desk/bundles/form.html", context)


@require_safe
@for_board
def one(request: HttpRequest, pk: int) -> HttpResponse:
    people = ("created_by", "approved_by")
    bundle = get_object_or_404(Bundle.objects.select_related(*people), pk=pk)
    entries = selectors.entries(bundle, request.user)
    context = {
        "title": bundle.title,
        "icon": ICON,
        "bundle": bundle,
        "entries": entries,
        "left": sum(not entry.ready for entry in entries),
    }
    return render(request, "pages/desk/bundles/one.html", context)


@for_board
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    bundle = get_object_or_404(Bundle, pk=pk)
    if bundle.status != Bundle.Status.PREPARING:
        return _too_late(request, bundle)
    form = BundleForm(request.POST or None, instance=bundle)
    if form.is_bound and form.is_valid():
        told = {"user": request.user, **form.cleaned_data}
        return _done(request, bundle, _("Đã lưu."), lambda: bundles.change(bundle=bundle, **told))
    context = {"title": _("Sửa chùm bài"), "icon": ICON, "form": form, "bundle": bundle}
    return render(request, "pages/desk/bundles/form.html", context)


@for_board
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """GET lists texts to choose from (`q` in the title); POST puts those ticked (`page`) in."""
    bundle = get_object_or_404(Bundle, pk=pk)
    if bundle.status != Bundle.Status.PREPARING:
        return _too_late(request, bundle)
    if request.method == "POST":
        pages = selectors.pages_of((), request.POST.getlist("page"))
        said = _("Đã đưa các bài vào chùm.")
        return _done(request, bundle, said, lambda: _add(bundle, request.user, pages))
    words = request.GET.get("q", "").strip()
    context = {
        "title": _("Thêm bài vào chùm"),
        "icon": ICON,
        "bundle": bundle,
        "words": words,
        "candidates": selectors.candidates(request.user, words),
        "most": selectors.CANDIDATES,
    }
    return render(request, "pages/desk/bundles/add.html", context)


@for_board
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist of each text with its ticks; POST approves all of them, or none."""
    bundle = get_object_or_404(Bundle, pk=pk)
    if bundle.status != Bundle.Status.PREPARING:
        return _too_late(request, bundle)
    chosen = bulk.choices(request.POST)
    if request.method == "POST":
        told = {"chosen": chosen, "release_at": _time(request.POST.get("release_at", ""))}
        try:
            bundles.approve(bundle=bundle, user=request.user, **told)
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
            bundle.refresh_from_db()
        else:
            messages.success(request, _said(bundle))
            return redirect("desk_bundle", pk)
    entries = selectors.entries(bundle, request.user)
    states = [str(entry.row.state_id) for entry in entries if entry.ready]
    items = bulk.items(states, request.user, chosen)
    context = {
        "title": _("Duyệt chùm bài"),
        "icon": "check",
        "bundle": bundle,
        "items": sorted(items, key=lambda item: item.page.item_type != "exemplar"),
        "left": [entry for entry in entries if not entry.ready],
        "stopped": not items or len(items) < len(entries) or not all(item.may for item in items),
    }
    return render(request, "pages/desk/bundles/approve.html", context)


@require_POST
@for_board
def remove(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    bundle = get_object_or_404(Bundle, pk=pk)
    told = {"bundle": bundle, "user": request.user, "item_id": item_id}
    return _done(request, bundle, _("Đã rút bài ra khỏi chùm."), lambda: bundles.remove(**told))


@require_POST
@for_board
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    bundle = get_object_or_404(Bundle, pk=pk)
    said = _("Chùm đang được chuẩn bị lại. Sửa xong, hãy duyệt chùm lần nữa.")
    return _done(request, bundle, said, lambda: bundles.reopen(bundle=bundle, user=request.user))


@for_board
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks once more."""
    bundle = get_object_or_404(Bundle, pk=pk)
    if not bundle.is_open:
        return _too_late(request, bundle)
    if request.method == "POST":
        said = _("Đã hủy chùm. Các bài đi theo quy trình duyệt riêng.")
        return _done(
            request, bundle, said, lambda: bundles.cancel(bundle=bundle, user=request.user)
        )
    context = {"title": _("Hủy chùm bài"), "icon": ICON, "bundle": bundle}
    return render(request, "pages/desk/bundles/cancel.html", context)


def _add(bundle: Bundle, user, pages: list) -> None:
    if not pages:
        raise bundles.Refused(_("Chưa chọn bài nào. Hãy đánh dấu ít nhất một bài."))
    bundles.add(bundle=bundle, user=user, pages=pages)


def _done(request: HttpRequest, bundle: Bundle, said: str, act: Callable[[], None]) -> HttpResponse:
    """Do it, say how it went, and show the bundle."""
    try:
        act()
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("desk_bundle", bundle.pk)


def _too_late(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    said = _("Chùm bài đang ở tình trạng “%(status)s” nên không làm được việc này.")
    messages.warning(request, said % {"status": bundle.get_status_display()})
    return redirect("desk_bundle", bundle.pk)


def _time(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _said(bundle: Bundle) -> str:
    if bundle.release_at:
        return _("Đã duyệt chùm “%(bundle)s”, đăng lúc %(when)s (giờ Việt Nam).") % {
            "bundle": bundle,
            "when": bundle.time_words,
        }
    return _("Đã duyệt và đăng cả chùm “%(bundle)s”.") % {"bundle": bundle}
