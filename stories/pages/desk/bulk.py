"""Approving several texts of the queue: for each a checklist, a transaction, a result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.http import QueryDict

from stories.moderation import claims
from stories.moderation.choices import Choice, Stopped
from stories.moderation.choices import approve as approve_one
from stories.moderation.deadlines import Deadline, deadline
from stories.moderation.models import Claim, ReviewState
from stories.moderation.permissions import authors
from stories.moderation.services import note_checklist
from stories.pages.desk.queue import waiting

MOST = 20  # texts at once: each is to be read


@dataclass(frozen=True, slots=True)
class Item:
    """One text to decide on; `may` is false for its authors and where something is red."""

    state: ReviewState
    page: object
    problems: list
    is_own: bool
    claim: Claim | None
    deadline: Deadline
    authors: list
    kept: Choice | None = None  # what was ticked already, of exactly this text

    @property
    def red(self) -> list:
        return [problem for problem in self.problems if problem.is_red]

    @property
    def may(self) -> bool:
        return not (self.is_own or self.red)


@dataclass(frozen=True, slots=True)
class Result:
    """`why` is empty where the text was approved."""

    title: str
    page_id: int | None
    why: str = ""


def items(state_ids: Iterable[str], user, chosen: Iterable[Choice] = ()) -> list[Item]:
    """The chosen texts that still wait, as the checklist sees them now; at most `MOST`.

    What was `chosen` on an earlier sending of the form stays ticked where the text is the same.
    """
    ticked = {(choice.state_id, choice.sha256): choice for choice in chosen}
    ids = [int(one) for one in state_ids if one.isdecimal()][:MOST]
    states = waiting().filter(pk__in=ids).select_related("workflow_state", "revision")
    found = []
    for state in states.order_by("started_at", "pk"):
        page = state.revision.as_object()
        problems = page.publication_problems()
        note_checklist(state, problems)
        task = state.task.specific
        found.append(
            Item(
                state=state,
                page=page,
                problems=problems,
                is_own=not task.may_act(page, user),
                claim=claims.of_another(state, user),
                deadline=deadline(state.started_at, task.days),
                kept=ticked.get((state.pk, page.content_sha256())),
                authors=list(get_user_model().objects.filter(pk__in=authors(page))),
            )
        )
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
    try:
        state = approve_one(choice, user)
    except Stopped as stopped:
        return Result(stopped.title, stopped.page_id, stopped.why)
    return Result(state.revision.object_str, int(state.revision.object_id))
