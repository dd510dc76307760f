from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import WorkflowState
from wagtail.snippets.models import register_snippet

from accounts.deletion import is_held
from accounts.moments import moment
from stories.moderation.models import Bundle, BundleItem
from stories.moderation.permissions import is_author, remember_offices
from stories.pages import action_menu  # noqa: F401 (registers its own)
from stories.pages.comments import hooks as comment_hooks  # noqa: F401 (registers its own)
from stories.pages.desk import hooks as desk_hooks  # noqa: F401 (registers its own)
from stories.pages.editing import approvals as given
from stories.pages.editing import hooks as editing_hooks  # noqa: F401 (registers its own)
from stories.pages.guest import invite
from stories.pages.help import hooks as help_hooks  # noqa: F401 (registers its own)
from stories.pages.models.moderated import ModeratedPage
from stories.pages.permissions import choosable
from stories.pages.reading import read, read_button
from stories.pages.views import review
from stories.pages.viewsets import TermsGroup
from stories.pages.word import hooks as word_hooks  # noqa: F401 (registers its own)

register_snippet(TermsGroup)


@hooks.register("before_delete_snippet")
def what_is_used_stays(request, instances):
    """A term that others refer to isn't deleted."""
    if is_held(instances):
        messages.error(
            request,
            _("Mục này đang được dùng nên không xóa được. Bỏ chọn “Đang dùng” để thôi dùng."),
        )
        return redirect(instances[0].snippet_viewset.get_url_name("list"))
    return None


@hooks.register("construct_page_chooser_queryset")
def choose_own_or_public(pages, request):
    """A chooser offers what is public and what the user may see in the tree, nothing of others."""
    return choosable(pages, request.user)


@hooks.register("construct_explorer_page_queryset")
def know_the_user(parent_page, pages, request):
    """Each row asks what the user may do: her offices are read once for all of them."""
    remember_offices(request.user)
    return pages


@hooks.register("insert_editor_js")
def labels_of_fields() -> str:
    return format_html('<script src="{}" defer></script>', static("pages/editor.js"))


@hooks.register("register_admin_urls")
def urls() -> list:
    return [
        path("duyet/<int:page_id>/", review, name="review_page"),
        path("doc/<int:page_id>/", read, name="read_page"),
        *invite.urls,
    ]


@hooks.register("register_page_listing_buttons")
def read_in_listings(page, user, next_url=None):
    yield from read_button(page, user)


@hooks.register("register_page_header_buttons")
def read_in_header(page, user, view_name, next_url=None):
    yield from read_button(page, user)


def tell_why_returned(request, page) -> None:
    """An editor who opens a returned draft reads first what to mend."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    returned = state.current_task_state.specific
    messages.warning(
        request,
        _("Bài được trả lại. %(comment)s (%(person)s, %(when)s). Sửa xong hãy gửi duyệt lại.")
        % {
            "comment": returned.get_comment(),
            "person": returned.finished_by,
            "when": moment(returned.finished_at),
        },
    )


def tell_what_an_edit_voids(request, page) -> None:
    """An editor who opens a draft that was approved in part reads, before saving, what is lost."""
    people = given.people(given.in_force(page))
    if people:
        messages.warning(
            request,
            _(
                "Bài đang chờ phê duyệt và đã được duyệt bởi: %(people)s. "
                "Nếu bạn sửa và lưu, lượt duyệt đó mất hiệu lực và bài phải được duyệt lại từ đầu."
            )
            % {"people": people},
        )


def tell_of_bundle(request, page) -> None:
    """In which bundle the text is and when it comes out; what an edit would do to that."""
    held = BundleItem.objects.holding(page.uuid)
    if held is None:
        return
    said = _("Bài %(bundle)s.") % {"bundle": held.bundle.told}
    if held.bundle.status == Bundle.Status.APPROVED:
        said += " " + _("Nếu bài được sửa, cả chùm dừng lại để Ban Tuyên giáo xem và duyệt lại.")
    messages.info(request, said)


@hooks.register("before_edit_page")
def reviewers_review(request, page):
    """A reviewer is led to the review; only an author takes a draft out of it."""
    if not isinstance(page, ModeratedPage):
        return None
    task = page.current_workflow_task
    if task is None:
        if request.method == "GET":
            tell_of_bundle(request, page)
            tell_why_returned(request, page)
        return None
    if task.may_act(page, request.user):
        return redirect("review_page", page.pk)
    if request.method == "GET":
        tell_of_bundle(request, page)
        tell_what_an_edit_voids(request, page)
    leaving = {"action-cancel-workflow", "action-restart-workflow"} & set(request.POST)
    if leaving and not is_author(page, request.user):
        messages.error(
            request, _("Chỉ người viết hoặc người gửi được rút bài khỏi quy trình duyệt.")
        )
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
