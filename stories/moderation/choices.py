"""What an approver chose for one text on a form that shows several, and carrying it out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from media.stores.base import StorageDown
from stories.moderation import services
from stories.moderation.models import BoardApprovalTask, ReviewState

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the approver ticked for one text: the very revision, its hash as it was shown (with
    the words of its pictures), and what was looked at."""

    state_id: int
    revision_id: str
    sha256: str
    accepted: Sequence[str]
    over_claim: bool = False

    @property
    def said(self) -> dict:
        """What the workflow's task is told."""
        return {
            "sha256": self.sha256 or "-",
            "accepted": self.accepted,
            "over_claim": self.over_claim,
        }


class Stopped(PermissionDenied):
    """One text can't be approved: `why`, in Vietnamese; `page_id` is None where it is gone."""

    def __init__(self, title: str, page_id: int | None, why: str) -> None:
        self.title, self.page_id, self.why = title, page_id, why
        super().__init__(f"“{title}”: {why}")


def approve(choice: Choice, user) -> ReviewState:
    """Approve one text, all of it or nothing; the review it ended. Raises Stopped."""
    state = _found(choice)
    with _named(state), transaction.atomic():
        state.task.specific.on_action(state, user, "approve", **choice.said)
    return state


def check(choice: Choice, user) -> list[str]:
    """Whether `approve` would do at this moment; nothing is approved. Raises Stopped.

    Returns the codes of what was ticked and had to be.
    """
    state = _found(choice)
    with _named(state):
        task, page = state.task.specific, state.workflow_state.content_object.specific
        if not isinstance(task, BoardApprovalTask):
            raise PermissionDenied(_("Bài chưa đến bước Ban Tuyên giáo phê duyệt."))
        if not task.may_act(page, user):
            raise PermissionDenied
        task.check_shown(state, page, user, **choice.said)
        return services.settled(state.revision.as_object(), choice.accepted)


def _found(choice: Choice) -> ReviewState:
    """The review that was chosen, still under way and of the revision that was shown."""
    state = ReviewState.objects.filter(pk=choice.state_id).select_related("revision").first()
    if state is None:
        raise Stopped(_("Bài không còn"), None, _("Bài đã được rút khỏi quy trình duyệt."))
    title, page_id = state.revision.object_str, int(state.revision.object_id)
    if state.status != state.STATUS_IN_PROGRESS:
        why = _("Bài không còn chờ duyệt: đã có người duyệt, trả lại hoặc sửa.")
        raise Stopped(title, page_id, why)
    if str(state.revision_id) != str(choice.revision_id):
        raise Stopped(title, page_id, _("Bài vừa được sửa. Hãy mở lại để đọc bản mới nhất."))
    return state


@contextmanager
def _named(state: ReviewState) -> Iterator[None]:
    """Whatever stops this text becomes a Stopped with its title."""
    title, page_id = state.revision.object_str, int(state.revision.object_id)
    try:
        yield
    except (PermissionDenied, ValidationError) as refusal:
        raise Stopped(title, page_id, _words(refusal)) from refusal
    except StorageDown:
        raise  # nothing is wrong with this text: all of it may be done again later
    except (OSError, ValueError) as fault:
        logger.exception("Bài %s không đăng được", page_id)
        why = _("Chưa đăng được vì lỗi kỹ thuật. Hãy báo quản trị viên.")
        raise Stopped(title, page_id, why) from fault


def _words(refusal: PermissionDenied | ValidationError) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal) or _("Bạn không được duyệt bài này.")
