"""Approving several texts of the queue: for each a checklist, a transaction, a result."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from stories.moderation import claims
from stories.moderation.models import Claim, ReviewState
from stories.moderation.services import note_checklist
from stories.pages.desk.queue import waiting

MOST = 20  # texts at once: each is to be read

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """One text to decide on; `may` is false for its authors and where something is red."""

    state: ReviewState
    page: object
    problems: list
    is_own: bool
    claim: Claim | None

    @property
    def red(self) -> list:
        return [problem for problem in self.problems if problem.is_red]

    @property
    def may(self) -> bool:
        return not (self.is_own or self.red)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the approver ticked for one text: the very revision, its hash as it was shown (with
    the words of its pictures), and what was looked at."""

    state_id: int
    revision_id: str
    sha256: str
    accepted: list[str]
    over_claim: bool


@dataclass(frozen=True, slots=True)
class Result:
    """`why` is empty where the text was approved."""

    title: str
    page_id: int | None
    why: str = ""


def items(state_ids: Iterable[str], user) -> list[Item]:
    """The chosen texts that still wait, as the checklist sees them now; at most `MOST`."""
    ids = [int(one) for one in state_ids if one.isdecimal()][:MOST]
    states = waiting().filter(pk__in=ids).select_related("workflow_state", "revision")
    found = []
    for state in states.order_by("started_at", "pk"):
        page = state.revision.as_object()
        problems = page.publication_problems()
        note_checklist(state, problems)
        own = not state.task.specific.may_act(page, user)
        found.append(Item(state, page, problems, own, claims.of_another(state, user)))
    return found


def choices(data: QueryDict) -> list[Choice]:
    """What the form of the checklists says; only ticked texts are in it."""
    return [
        Choice(
            state_id=int(one),
            revision_id=data.get(f"revision-{one}", ""),
            sha256=data.get(f"sha256-{one}", "-"),
            accepted=data.getlist(f"accepted-{one}"),
            over_claim=f"over-{one}" in data,
        )
        for one in data.getlist("approve")[:MOST]
        if one.isdecimal()
    ]


def approve(chosen: Iterable[Choice], user) -> list[Result]:
    """Approve each in its own transaction: one that fails leaves the others alone."""
    return [_approve(choice, user) for choice in chosen]


def _approve(choice: Choice, user) -> Result:
    state = ReviewState.objects.filter(pk=choice.state_id).select_related("revision").first()
    if state is None:
        return Result(_("Bài không còn"), None, _("Bài đã được rút khỏi quy trình duyệt."))
    title, page_id = state.revision.object_str, int(state.revision.object_id)
    if state.status != state.STATUS_IN_PROGRESS:
        return Result(
            title, page_id, _("Bài không còn chờ duyệt: đã có người duyệt, trả lại hoặc sửa.")
        )
    if str(state.revision_id) != choice.revision_id:
        return Result(title, page_id, _("Bài vừa được sửa. Hãy mở lại để đọc bản mới nhất."))
    said = {
        "sha256": choice.sha256,
        "accepted": choice.accepted,
        "over_claim": choice.over_claim,
    }
    try:
        with transaction.atomic():
            state.task.specific.on_action(state, user, "approve", **said)
    except (PermissionDenied, ValidationError) as refusal:
        return Result(title, page_id, _said(refusal))
    except (OSError, ValueError):
        logger.exception("Bài %s không đăng được", page_id)
        return Result(title, page_id, _("Chưa đăng được vì lỗi kỹ thuật. Hãy báo quản trị viên."))
    return Result(title, page_id)


def _said(refusal: PermissionDenied | ValidationError) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal) or _("Bạn không được duyệt bài này.")
