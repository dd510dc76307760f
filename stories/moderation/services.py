"""Writes of the moderation room."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from stories.moderation import audit, permissions
from stories.moderation.models.approval import Approval
from stories.moderation.models.bundle import BundleItem


class NotReady(PermissionDenied):
    """The checklist stops the approval; `problems` says by what, the message too."""

    def __init__(self, problems: Sequence) -> None:
        self.problems = problems
        said = " ".join(problem.message for problem in problems)
        super().__init__(_("Chưa phê duyệt được. %(problems)s") % {"problems": said})


class NotWhatWasRead(PermissionDenied):
    """The text or a picture changed since the reviewer was shown it."""

    def __init__(self) -> None:
        super().__init__(_("Bài hoặc ảnh vừa được sửa. Hãy đọc lại bản mới nhất."))


class InBundle(PermissionDenied):
    """The text is in an approved bundle and comes out with it; `item` is its place there."""

    def __init__(self, item: BundleItem) -> None:
        self.item = item
        super().__init__(
            _(
                "“%(title)s” nằm trong chùm bài “%(bundle)s”, sẽ đăng lúc %(when)s. "
                "Muốn duyệt riêng, hãy rút bài ra khỏi chùm trước."
            )
            % {"title": item.title, "bundle": item.bundle, "when": item.bundle.time_words}
        )


def approve(
    *,
    page,
    user,
    route: str = Approval.Route.WORKFLOW,
    note: str = "",
    accepted: Sequence[str] = (),
) -> Approval:
    """Record Ban Tuyên giáo's approval of exactly this text.

    `page` is a page or a revision's object, with `uuid`, `content_sha256()` and
    `publication_problems()`; `accepted` are the codes of the amber ones that the approver ticked.
    Raises PermissionDenied unless the user is of Ban Tuyên giáo and no author of the text;
    NotReady, by any route but the import's, for a red problem or an amber one that isn't accepted;
    InBundle for a text that an approved bundle holds.
    """
    wrote = bool(page.pk) and permissions.is_author(page, user)
    return _record([page], user, wrote=wrote, route=route, note=note, accepted=accepted)[0]


def approve_all(*, pages: Sequence, user, route: str, note: str = "") -> list[Approval]:
    """As `approve`, for many new drafts in few queries.

    Stricter than `approve`: an author of any revision ever, not only of those since the last
    release, may not approve.
    """
    wrote = permissions.wrote_any(pages, user)
    return _record(pages, user, wrote=wrote, route=route, note=note)


@transaction.atomic
def _record(
    pages: Sequence, user, *, wrote: bool, route: str, note: str, accepted: Sequence[str] = ()
) -> list[Approval]:
    """The one way to an `Approval`."""
    if not permissions.on_board(user):
        raise PermissionDenied(_("Chỉ Ban Tuyên giáo được phê duyệt để đăng."))
    if wrote:
        raise PermissionDenied(_("Người viết hoặc người gửi bài không được tự phê duyệt."))
    checked = route != Approval.Route.IMPORT
    acting_for = permissions.acts_for(user, None)
    approvals = Approval.objects.bulk_create(
        Approval(
            item=page.uuid,
            sha256=page.content_sha256(),
            route=route,
            approved_by=user,
            acting_for=acting_for,
            revision_id=page.latest_revision_id,
            note=note,
            accepted=settled(page, accepted) if checked else [],
        )
        for page in pages
    )
    audit.approved(approvals, pages, user)
    _refuse_bundled(pages)
    return approvals


def _refuse_bundled(pages: Sequence) -> None:
    """Asked last, when the audit trail is locked: so is it while a bundle is being approved, and
    of the two one comes first. Raises InBundle."""
    bundled = BundleItem.objects.scheduled().filter(item__in=[page.uuid for page in pages])
    if item := bundled.select_related("bundle").first():
        raise InBundle(item)


def settled(page, accepted: Sequence[str]) -> list[str]:
    """Codes of the page's amber problems, all accepted. Raises NotReady."""
    problems = page.publication_problems()
    left = [found for found in problems if found.is_red or found.code not in accepted]
    if left:
        raise NotReady(left)
    return [found.code for found in problems]


def note_checklist(state, problems: Sequence) -> None:
    """Keep with the review what the checklist says now, for the lists that show it."""
    red = sum(problem.is_red for problem in problems)
    counts = {"red": red, "amber": len(problems) - red}
    type(state).objects.filter(pk=state.pk).update(**counts)


@transaction.atomic
def edited(page, user=None) -> None:
    """A new revision while in review: approvals given so far are void, review begins again."""
    state = page.current_workflow_task_state
    if state is not None and state.status == TaskState.STATUS_IN_PROGRESS:
        state.cancel(user=user, resume=True)
