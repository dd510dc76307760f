"""The admin's screens of an emergency release: asking, confirming, looking at it again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from stories.moderation import emergency
from stories.moderation.forms import EmergencyForm, EmergencyReviewForm
from stories.moderation.models import EmergencyRelease
from stories.moderation.permissions import authors, on_board
from stories.pages.models.moderated import ModeratedPage
from stories.pages.preview import preview_context

SHOWN = 100  # of those that are settled
PEOPLE = ("asked_by", "answered_by", "reviewed_by")


def may_list(user) -> bool:
    return bool(user.is_active and (user.is_superuser or on_board(user)))


def listing(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/reports/khan-cap/`: what waits for a second person, and to be reviewed."""
    if not may_list(request.user):
        raise PermissionDenied
    found = EmergencyRelease.objects.select_related(*PEOPLE)
    settled = ("reviewed", "refused")
    return render(
        request,
        "releases/emergency_list.html",
        {
            "to_review": found.to_review(),
            "waiting": found.waiting(),
            "settled": found.filter(status__in=settled)[:SHOWN],
        },
    )


def ask(request: HttpRequest, page_id: int) -> HttpResponse:
    """`/quan-tri/khan-cap/bai/<page>/`: 403 but for the unit's reviewers and Ban Tuyên giáo."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ModeratedPage) or not emergency.may_ask(page, request.user):
        raise PermissionDenied
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("revision") != str(page.latest_revision_id):
            messages.error(request, _("Bài vừa được sửa. Hãy đọc lại bản mới nhất dưới đây."))
            return redirect("emergency_ask", page.pk)
        try:
            made = emergency.ask(page=page, user=request.user, **form.cleaned_data)
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
            return redirect("emergency_ask", page.pk)
        messages.success(
            request,
            _("Đã gửi đề nghị. Hãy báo ngay cho một người khác của Ban Tuyên giáo xác nhận."),
        )
        return redirect("emergency", made.pk)
    draft = page.get_latest_revision_as_object()
    context = {"page": draft, "form": form, "waiting": _open(page), **preview_context(draft)}
    return render(request, "releases/emergency_ask.html", context)


def _open(page) -> EmergencyRelease | None:
    return EmergencyRelease.objects.waiting().filter(item=page.uuid).first()


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/khan-cap/<request>/`: for Ban Tuyên giáo, administrators, and who asked.

    GET shows; POST `confirm`, `refuse` or `review` acts, for the eligible.
    """
    found = get_object_or_404(EmergencyRelease.objects.select_related(*PEOPLE, "page"), pk=pk)
    user = request.user
    if not may_list(user) and found.asked_by_id != user.pk:
        raise PermissionDenied
    form = EmergencyReviewForm(request.POST if "review" in request.POST else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            messages.success(request, _act(request, found, form))
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
        return redirect("emergency", found.pk)
    return render(request, "releases/emergency.html", _shown(found, user) | {"form": form})


def _act(request: HttpRequest, found: EmergencyRelease, form: EmergencyReviewForm) -> str:
    """Do what the form asks for; what to tell the user then."""
    if form.is_bound:
        emergency.review(request=found, user=request.user, **form.cleaned_data)
        return _("Đã ghi nhận xét.")
    if "refuse" in request.POST:
        emergency.refuse(request=found, user=request.user)
        return _("Không đăng khẩn cấp. Bài theo quy trình duyệt bình thường.")
    if "confirm" in request.POST:
        accepted = request.POST.getlist("accepted")
        emergency.confirm(request=found, user=request.user, accepted=accepted)
        return _("Đã phê duyệt và đăng. Lần đăng này chờ được xem lại.")
    raise PermissionDenied(_("Không có thao tác này."))


def _shown(found: EmergencyRelease, user) -> dict:
    page = found.page and found.page.specific
    draft = page and page.get_latest_revision_as_object()
    confirming = emergency.may_confirm(found, user)
    problems = draft.publication_problems() if confirming else []
    return {
        "request_": found,
        "page": draft,
        "changed": bool(
            found.status == "asked" and draft and draft.content_sha256() != found.sha256
        ),
        "authors": get_user_model().objects.filter(pk__in=authors(page) if page else ()),
        "may_confirm": confirming,
        "may_refuse": emergency.may_refuse(found, user),
        "may_review": emergency.may_review(found, user),
        "problems": problems,
        "red": [problem for problem in problems if problem.is_red],
        "binding": True,
        **(preview_context(draft) if draft else {}),
    }
