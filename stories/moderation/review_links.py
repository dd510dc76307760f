"""Inviting someone without an account to answer one text, and everything that stands in the way.

A link is like a deputyship for one text: the inviter stays answerable, the guest's name is on
record. A guest's answer goes through the step's own `on_action` as the inviter's would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.audit.actions import Action
from accounts.audit.services import record
from accounts.roles import BOARD
from stories.moderation import guest_mail, services
from stories.moderation.models import ReviewLink, ReviewLinkVisit, ReviewState

DAYS = range(1, 15)
DEFAULT_DAYS = 3
GUEST_FIELDS = {"name", "post", "email"}
AGENT_LENGTH = ReviewLinkVisit._meta.get_field("agent").max_length
Answer, What = ReviewLink.Answer, ReviewLinkVisit.What


class Why(StrEnum):
    """Why a link is of no use (any more)."""

    REVOKED = "revoked"
    ANSWERED = "answered"
    EXPIRED = "expired"
    OVER = "over"
    CHANGED = "changed"
    ACCOUNT = "account"
    INVITER = "inviter"


class Closed(PermissionDenied):
    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(_("Liên kết này không dùng được nữa."))


@dataclass(frozen=True, slots=True)
class Reading:
    """What an open link lets its guest answer: `draft` is the text that has the link's hash."""

    link: ReviewLink
    state: ReviewState
    task: object
    page: object
    draft: object

    @property
    def office(self) -> str:
        unit = self.task.office_of(self.page)
        return unit.union_name if unit else BOARD


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a request says it comes from."""

    address: str | None
    agent: str


def reading(link: ReviewLink) -> Reading:
    """Ask everything anew. Raises Closed, with the reason, for a link that can't be used now."""
    for closed, why in (
        (link.revoked_at, Why.REVOKED),
        (link.answered_at, Why.ANSWERED),
        (link.is_expired, Why.EXPIRED),
    ):
        if closed:
            raise Closed(why)
    state = link.state
    page = state and state.workflow_state.content_object
    if page is None:
        raise Closed(Why.OVER)
    page = page.specific
    edited = state.revision_id != page.latest_revision_id
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise Closed(Why.CHANGED if edited else Why.OVER)
    draft = state.revision.as_object()
    if edited or draft.content_sha256() != link.sha256:
        raise Closed(Why.CHANGED)
    if has_account(link.email):
        raise Closed(Why.ACCOUNT)
    task = state.task.specific
    if not task.may_act(page, link.invited_by):
        raise Closed(Why.INVITER)
    return Reading(link, state, task, page, draft)


def has_account(email: str) -> bool:
    """Colleagues act under their own name, so that an author can't come in as a guest."""
    return get_user_model().objects.filter(email__iexact=email, is_active=True).exists()


@transaction.atomic
def invite(
    *, state, user, sha256: str, name: str, post: str, email: str, days: int = DEFAULT_DAYS
) -> ReviewLink:
    """Invite a guest to answer the text that the inviter was shown (`sha256`); mailed on commit.

    After the commit `mailed` of the returned link tells whether the mail left. Raises
    PermissionDenied unless the user may act on the review now, NotWhatWasRead when the text is
    another by now, ValidationError by field, in Vietnamese, for a guest who won't do.
    """
    state = ReviewState.objects.select_for_update().get(pk=state.pk)
    page = state.workflow_state.content_object
    open_ = state.status == TaskState.STATUS_IN_PROGRESS and page is not None
    task = state.task.specific
    if not open_ or not task.may_act(page, user):
        raise PermissionDenied(_("Bài này không còn chờ bạn duyệt."))
    page = page.specific
    draft = state.revision.as_object()
    if state.revision_id != page.latest_revision_id or draft.content_sha256() != sha256:
        raise services.NotWhatWasRead
    if days not in DAYS:
        raise ValidationError({"days": _("Liên kết dùng được từ 1 đến 14 ngày.")})
    now = timezone.now()
    link = ReviewLink(
        state=state,
        item=page.uuid,
        sha256=sha256,
        name=" ".join(name.split()),
        post=" ".join(post.split()),
        email=email.strip(),
        invited_by=user,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    _check_guest(link)
    link.save()
    _audit(Action.LINK_CREATED, link, user, expires=link.expires_at.isoformat(timespec="minutes"))
    link.mailed = False
    office = Reading(link, state, task, page, draft).office

    def send() -> None:
        link.mailed = guest_mail.send(link, title=draft.title, office=office)

    transaction.on_commit(send, robust=True)
    return link


def _check_guest(link: ReviewLink) -> None:
    others = {field.name for field in link._meta.fields} - GUEST_FIELDS
    link.clean_fields(exclude=others)
    if has_account(link.email):
        raise ValidationError({"email": _("Người này có tài khoản: hãy dùng Ủy quyền.")})
    open_ = ReviewLink.objects.open().filter(state=link.state, sha256=link.sha256)
    if open_.filter(email__iexact=link.email).exists():
        raise ValidationError(
            {"email": _("Người này đã có liên kết đang mở. Muốn gửi lại, hãy thu hồi trước.")}
        )


@transaction.atomic
def answer(
    *,
    link: ReviewLink,
    answer: str,
    visitor: Visitor,
    accepted: Sequence[str] = (),
    reason: str = "",
    comment: str = "",
) -> ReviewLink:
    """Answer once, through the step's own `on_action`, in the inviter's name (see there).

    Raises Closed, and whatever `on_action` raises: nothing has happened then.
    """
    link = ReviewLink.objects.select_for_update().get(pk=link.pk)
    found = reading(link)
    if answer == Answer.APPROVED:
        action, said = "approve", {"accepted": accepted}
    else:
        action, said = "reject", {"reason": reason, "comment": comment}
    found.task.on_action(
        found.state, link.invited_by, action, sha256=link.sha256, link=link, **said
    )
    link.answer, link.comment, link.answered_at = Answer(answer), comment, timezone.now()
    link.save(update_fields=["answer", "comment", "answered_at"])
    _visit(link, What(answer), visitor)
    _audit(Action.LINK_ANSWERED, link, link.invited_by, answer=str(link.answer))
    return link


@transaction.atomic
def note(link: ReviewLink, what: str, visitor: Visitor) -> None:
    """Log a visit; the first opening is on record in the audit trail too."""
    link = ReviewLink.objects.select_for_update().get(pk=link.pk)
    first = what == What.OPENED and not link.visits.filter(what=what).exists()
    _visit(link, what, visitor)
    if first:
        _audit(Action.LINK_OPENED, link, None)


def may_revoke(link: ReviewLink, user) -> bool:
    """The inviter, and everyone who holds the office of the step."""
    if user.pk == link.invited_by_id:
        return user.is_active
    page = link.state and link.state.workflow_state.content_object
    return page is not None and link.state.task.specific.may_review(page.specific, user)


@transaction.atomic
def revoke(*, link: ReviewLink, user) -> bool:
    """End it now; whether it was open still. Raises PermissionDenied for those who may not."""
    link = ReviewLink.objects.select_for_update().get(pk=link.pk)
    if not may_revoke(link, user):
        raise PermissionDenied(_("Chỉ người mời và người cùng giữ việc duyệt được thu hồi."))
    if not link.is_open:
        return False
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    _audit(Action.LINK_REVOKED, link, user)
    return True


def _visit(link: ReviewLink, what: str, visitor: Visitor) -> None:
    link.visits.create(
        what=what,
        address=visitor.address,
        agent=visitor.agent.replace("\x00", "")[:AGENT_LENGTH],
    )


def _audit(action: Action, link: ReviewLink, user, **data) -> None:
    told = {"link": link.pk, "guest": link.guest, "sha256": link.sha256}
    record(action=action, target=f"item:{link.item}", actor=user, data=told | data)
