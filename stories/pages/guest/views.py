"""`/duyet-khach/<token>/`: one text, read and answered by someone without an account.

Reading never acts: mail scanners and chats open every address they see.
"""

from __future__ import annotations

from ipaddress import ip_address

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from media.models import Rendition
from media.models.picture import AVIF_SPECS, RENDITION_SPECS
from media.views import file_response
from stories.moderation import guest_mail, review_links
from stories.moderation.claims import Claimed
from stories.moderation.models import BoardApprovalTask, ReviewLink
from stories.moderation.review_links import Answer, Closed, Reading, Visitor, What
from stories.pages.content import pictures
from stories.pages.differences import differences
from stories.pages.guest.forms import ApproveForm, GuestReturnForm
from stories.pages.guest.private import private
from stories.pages.guest.words import notice
from stories.pages.preview import preview_context

SHOWN = [RENDITION_SPECS[name] for name in ("w360", "w720", "w1200", "jpeg720")]
SHOWN += AVIF_SPECS.values()
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@private
def review(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows; POST `approve` or `return` answers, once, for who ticks that they are the guest.

    404 for a token that isn't ours, 410 or 403 for a link of no use any more, 409 for an answer
    that the review doesn't take now.
    """
    link = _link(token)
    try:
        found = review_links.reading(link)
        if request.method == "POST":
            return _answer(request, found)
    except Closed as closed:
        review_links.note(link, What.REFUSED, _visitor(request))
        return _closed(request, link, closed)
    review_links.note(link, What.OPENED, _visitor(request))
    return render(request, "pages/guest/review.html", _shown(found, token))


@require_safe
@private
def picture(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A rendition of a picture in exactly this link's text; 404 for every other file."""
    try:
        draft = review_links.reading(_link(token)).draft
    except Closed as closed:
        raise Http404 from closed
    uuids = [shot["uuid"] for shot in pictures(draft)]
    mine = Rendition.objects.filter(image__uuid__in=uuids, filter_spec__in=SHOWN)
    if not mine.filter(file=name).exists():
        raise Http404
    return file_response(name)


def _link(token: str) -> ReviewLink:
    link = guest_mail.find(token)
    if link is None:
        raise Http404
    return link


def _answer(request: HttpRequest, found: Reading) -> HttpResponse:
    """Raises Closed when the link was used up, or the review ended, meanwhile."""
    link, back = found.link, "return" in request.POST
    form = GuestReturnForm(link, request.POST) if back else ApproveForm(link, request.POST)
    if not form.is_valid():
        return _again(request, found, form)
    said = {"answer": Answer.RETURNED, **form.cleaned_data} if back else _approval(request)
    said.pop("is_me", None)
    try:
        link = review_links.answer(link=link, visitor=_visitor(request), **said)
    except PermissionDenied as refusal:
        found = review_links.reading(ReviewLink.objects.get(pk=link.pk))
        review_links.note(link, What.REFUSED, _visitor(request))
        return _again(request, found, form, _alert(refusal, link), CONFLICT)
    return render(request, "pages/guest/thanks.html", {"link": link, "task": found.task})


def _approval(request: HttpRequest) -> dict:
    return {"answer": Answer.APPROVED, "accepted": request.POST.getlist("accepted")}


def _alert(refusal: PermissionDenied, link: ReviewLink) -> str:
    if isinstance(refusal, Claimed):  # who it is concerns colleagues only
        return _(
            "Một người khác của Hội đang đọc duyệt bài này. Xin ông/bà trả lời sau ít phút, hoặc "
            "hỏi %(person)s."
        ) % {"person": link.invited_by}
    return str(refusal) or _("Chưa ghi nhận được câu trả lời. Xin ông/bà thử lại.")


def _again(
    request: HttpRequest, found: Reading, form, alert: str = "", status: int = 200
) -> HttpResponse:
    shown = _shown(found, guest_mail.token(found.link))
    name = "back" if isinstance(form, GuestReturnForm) else "yes"
    context = shown | {name: form, "alert": alert}
    return render(request, "pages/guest/review.html", context, status=status)


def _closed(request: HttpRequest, link: ReviewLink, closed: Closed) -> HttpResponse:
    said = notice(closed.why, link)
    context = {"notice": said, "link": link}
    return render(request, "pages/guest/closed.html", context, status=said.status)


def _shown(found: Reading, token: str) -> dict:
    draft = found.draft
    shown = _scoped(preview_context(draft), token)
    problems = draft.publication_problems()
    return {
        "link": found.link,
        "office": found.office,
        "page": draft,
        "task": found.task,
        "problems": problems,
        "red": [problem for problem in problems if problem.is_red],
        "binding": isinstance(found.task, BoardApprovalTask),
        "differences": differences(draft, shown["item"]),
        "yes": ApproveForm(found.link, auto_id="dong-y-%s"),
        "back": GuestReturnForm(found.link, auto_id="tra-lai-%s"),
        **shown,
    }


def _scoped(shown: dict, token: str) -> dict:
    """As `preview_context`, the pictures' files at this link's own addresses."""

    def mine(shot: dict) -> dict:
        files = [
            one | {"href": reverse("guest_picture", args=[token, one["file"]])}
            for one in shot["renditions"]
        ]
        return shot | {"renditions": files}

    blocks = [
        block | {"picture": mine(block["picture"])} if block["type"] == "picture" else block
        for block in shown["blocks"]
    ]
    lead = shown["lead_picture"]
    return shown | {"blocks": blocks, "lead_picture": lead and mine(lead)}


def _visitor(request: HttpRequest) -> Visitor:
    """The address is the last hop's, as in the audit trail; a header is anyone's to write."""
    try:
        address = str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        address = None
    return Visitor(address, request.headers.get("User-Agent", ""))
