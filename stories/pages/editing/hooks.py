"""What happens around a save in the editor. A save by itself (autosave) asks for JSON."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from accounts.moments import moment
from stories.pages.editing.saved import remember
from stories.pages.models.moderated import ModeratedPage

MOST_TOLD = 4


def still_signed_in(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/con-dang-nhap/`: where the editor's script asks, and where signing in leads."""
    return render(request, "pages/editing/signed_in.html")


@hooks.register("register_admin_urls")
def urls() -> list:
    return [path("con-dang-nhap/", still_signed_in, name="still_signed_in")]


def by_itself(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


@hooks.register("before_edit_page")
def nothing_saves_itself_in_review(request: HttpRequest, page) -> HttpResponse | None:
    """A save voids approvals and begins the review again, so in review a person must ask for it."""
    if request.method != "POST" or not by_itself(request) or not isinstance(page, ModeratedPage):
        return None
    if page.current_workflow_task_state is None:
        return None
    message = _("Bài đang được duyệt nên không tự lưu. Sửa xong, hãy bấm “Lưu bản nháp”.")
    refusal = {"success": False, "error_code": "locked", "error_message": message}
    return JsonResponse(refusal, status=400)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def note_what_was_saved(request: HttpRequest, page) -> None:
    if request.method == "POST" and not by_itself(request) and isinstance(page, ModeratedPage):
        remember(request)
        tell_of_others(request, page)
        if "action-submit" in request.POST:
            tell_what_is_missing(request, page)


def tell_what_is_missing(request: HttpRequest, page) -> None:
    """Who sends a text hears at once what would keep it from being published; days are saved."""
    draft = page.get_latest_revision_as_object()
    red = [problem.message for problem in draft.publication_problems() if problem.is_red]
    if not red:
        return
    said = _(
        "Bài đã gửi, nhưng còn %(count)s điều phải sửa thì mới đăng được: %(what)s "
        "Hãy mở bài, sửa ngay rồi lưu."
    )
    what = " ".join(red[:MOST_TOLD]) + (" …" if len(red) > MOST_TOLD else "")
    messages.warning(
        request,
        said % {"count": len(red), "what": what},
        buttons=[messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Mở bài"))],
    )


def tell_of_others(request: HttpRequest, page) -> None:
    """Whoever saves over a newer text is told: it is still there, and how it differs."""
    try:
        opened = datetime.fromisoformat(request.POST.get("loaded_revision_created_at", ""))
    except ValueError:
        return
    others = page.revisions.filter(created_at__gt=opened).exclude(user=request.user)
    other = others.select_related("user").order_by("-created_at").first()
    if other is None:
        return
    between = [page.pk, other.pk, page.latest_revision_id]
    messages.warning(
        request,
        _(
            "Trong lúc bạn sửa, %(person)s cũng lưu một bản của bài này (lúc %(when)s). "
            "Bản bạn vừa lưu là bản mới nhất; bản của %(person)s vẫn được giữ nguyên."
        )
        % {
            "person": other.user or _("hệ thống"),
            "when": moment(other.created_at),
        },
        buttons=[
            messages.button(
                reverse("wagtailadmin_pages:revisions_compare", args=between),
                _("Xem chỗ khác nhau"),
                new_window=True,
            ),
            messages.button(
                reverse("wagtailadmin_pages:history", args=[page.pk]), _("Lịch sử"), True
            ),
        ],
    )
