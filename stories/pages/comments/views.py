"""The screen of a draft's comments; the review screen shows the same parts and posts here."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Comment, Page

from stories.moderation import commenting, comments
from stories.pages.comments.forms import WordsForm
from stories.pages.comments.parts import WHOLE, Part, places, remarks
from stories.pages.models.moderated import ModeratedPage
from stories.pages.preview import preview_context
from stories.pages.returning import posted_next


@require_http_methods(["GET", "HEAD", "POST"])
def page_comments(request: HttpRequest, page_id: int) -> HttpResponse:
    """`/quan-tri/gop-y/<page>/`, for whoever may comment: the newest text with its comments.

    POST `add` (with `contentpath` and `text`), `reply` (an id, with `text`) or `resolve` (an id)
    acts and leads back to `next`.
    """
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ModeratedPage) or not comments.may_comment(page, request.user):
        raise PermissionDenied
    if request.method == "POST":
        return redirect(posted_next(request, request.path).partition("#")[0] + _act(request, page))
    draft = page.get_latest_revision_as_object()
    shown = preview_context(draft)
    context = {"page": draft, "remarks": remarks(draft, shown), **shown}
    return render(request, "pages/comments/screen.html", context)


def _act(request: HttpRequest, page) -> str:
    """Do what was posted; where on the screen to go on."""
    try:
        if "resolve" in request.POST:
            commenting.resolve(comment=_named(request, page, "resolve"), user=request.user)
            messages.success(request, _("Góp ý đã xong."))
            return "#gop-y"
        form = WordsForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["text"]))
            return "#gop-y"
        text = form.cleaned_data["text"]
        if "reply" in request.POST:
            comment = _named(request, page, "reply")
            commenting.reply(comment=comment, user=request.user, text=text)
            return f"#gop-y-{comment.pk}"
        return _add(request, page, text)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return "#gop-y"


def _add(request: HttpRequest, page, text: str) -> str:
    path = request.POST.get("contentpath", WHOLE)
    known = places(page.get_latest_revision_as_object())
    if path not in known:
        path = WHOLE
        messages.warning(request, _("Đoạn bạn góp ý vừa được sửa, nên góp ý được ghi cho cả bài."))
    commenting.add(page=page, user=request.user, contentpath=path, text=text, position=known[path])
    messages.success(request, _("Đã ghi góp ý. Người viết sẽ thấy ngay tại chỗ khi mở bài."))
    return f"#{Part(path, '').anchor}"


def _named(request: HttpRequest, page, action: str) -> Comment:
    """404 for a comment of another page."""
    pk = request.POST[action]
    return get_object_or_404(Comment, pk=pk if pk.isdecimal() else 0, page_id=page.pk)
