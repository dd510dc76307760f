"""What the home page of the desk tells one person: reads only, few queries, newest truth."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import (
    Page,
    Task,
    TaskState,
    WorkflowState,
    get_default_page_content_type,
)

from accounts.roles import EVERYWHERE
from stories.moderation import permissions
from stories.moderation.models import Deputy, ReviewState
from stories.pages.desk.rows import listed, rows, steps
from stories.pages.models import ExemplarPage, StoryPage, UnitSectionPage
from stories.units.models import Unit
from stories.units.selectors import reviewed_from

SHOWN = 8  # rows of each list on the home page


@dataclass(frozen=True, slots=True)
class Desk:
    """Which offices the person holds, deputies' included: decides what the home page shows."""

    user: object
    steps: dict[int, Task] = field(default_factory=dict)
    edits: list[Unit] = field(default_factory=list)
    reviews: list[Unit] = field(default_factory=list)
    on_board: bool = False
    stands_in: list[Deputy] = field(default_factory=list)
    everywhere: bool = False

    @classmethod
    def of(cls, user) -> Desk:
        groups = {group.pk: group.name for group in user.groups.all()}
        mine = Q(editors__in=groups) | Q(reviewers__in=groups)
        units = list(Unit.objects.active().filter(mine))
        return cls(
            user=user,
            steps=steps(),
            edits=[unit for unit in units if unit.editors_id in groups],
            reviews=[unit for unit in units if unit.reviewers_id in groups],
            on_board=permissions.on_board(user),
            stands_in=permissions.standing_in(user),
            everywhere=user.is_superuser or not set(EVERYWHERE).isdisjoint(groups.values()),
        )

    @property
    def has_office(self) -> bool:
        return bool(self.reviews or self.on_board or self.stands_in)

    @property
    def units(self) -> list[Unit]:
        return list({unit.pk: unit for unit in [*self.edits, *self.reviews]}.values())


@dataclass(frozen=True, slots=True)
class Some:
    """The first rows of a list, and how many there are in all."""

    rows: list
    total: int


def waiting_for(desk: Desk) -> Some:
    """Reviews that the person may act on now, the one that waits longest first."""
    may = Q(pk__in=())
    for task in desk.steps.values():
        may |= Q(pk__in=task.get_task_states_user_can_moderate(desk.user).values("pk"))
    return _some(ReviewState.objects.filter(may), desk)


def sent_by(desk: Desk) -> Some:
    """The person's own texts under review, the one that waits longest first."""
    mine = ReviewState.objects.filter(_mine(desk.user), status=TaskState.STATUS_IN_PROGRESS)
    return _some(mine, desk)


def returned_to(user) -> Some:
    """The user's own texts that came back, with who returned them and why; newest first."""
    states = ReviewState.objects.filter(
        _mine(user),
        status=TaskState.STATUS_REJECTED,
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        workflow_state__current_task_state_id=F("pk"),
    )
    found = states.select_related("finished_by").annotate(
        title=F("revision__object_str"), page_id=F("workflow_state__object_id")
    )
    newest = list(found.order_by("-finished_at")[: SHOWN + 1])
    return Some(newest[:SHOWN], len(newest) if len(newest) <= SHOWN else states.count())


def drafts_of(user) -> Some:
    """What the user began and hasn't sent: new texts, and corrections to published ones."""
    at_work = WorkflowState.objects.active().filter(
        object_id=Cast(OuterRef("pk"), CharField()),
        base_content_type=get_default_page_content_type(),
    )
    found = (
        Page.objects.type(StoryPage, ExemplarPage)
        .filter(Q(live=True) | Q(first_published_at=None), owner=user, has_unpublished_changes=True)
        .exclude(Exists(at_work))
        .order_by("-latest_revision_created_at", "-pk")
    )
    first = list(found[: SHOWN + 1])
    return Some(first[:SHOWN], len(first) if len(first) <= SHOWN else found.count())


def sections_of(desk: Desk) -> list[UnitSectionPage]:
    """Where the person writes: one section for each unit that they edit for."""
    if not desk.edits:
        return []
    return list(UnitSectionPage.objects.filter(unit__in=desk.edits).order_by("title"))


@dataclass(frozen=True, slots=True)
class Year:
    """What is public of two years, by the date of the texts."""

    name: str
    year: int
    stories: int
    stories_before: int
    exemplars: int
    exemplars_before: int


def year_of(desk: Desk) -> Year | None:
    """Of the person's units and those below them; of the whole province for those who see it all.

    A closed unit's texts count for the one in its place. None for people without a unit.
    """
    if not (desk.units or desk.everywhere):
        return None
    names = ", ".join(unit.union_name for unit in desk.units)
    within = Q()
    if not desk.everywhere:
        within = Q(unit__in=reviewed_from(unit.pk for unit in desk.units))
    now = timezone.localdate().year
    counted = [
        model.objects.filter(within, live=True).aggregate(
            now=Count("pk", filter=Q(date__year=now)),
            before=Count("pk", filter=Q(date__year=now - 1)),
        )
        for model in (StoryPage, ExemplarPage)
    ]
    return Year(
        name=_("Toàn tỉnh") if desk.everywhere else names,
        year=now,
        stories=counted[0]["now"],
        stories_before=counted[0]["before"],
        exemplars=counted[1]["now"],
        exemplars_before=counted[1]["before"],
    )


def _mine(user) -> Q:
    """Reviews of pages that the user owns or submitted."""
    owned = Page.objects.filter(
        pk=Cast(OuterRef("workflow_state__object_id"), IntegerField()), owner=user
    )
    return Q(workflow_state__requested_by=user) | Q(Exists(owned))


def _some(states: QuerySet[ReviewState], desk: Desk) -> Some:
    first = rows(listed(states).order_by("started_at", "pk")[: SHOWN + 1], desk.steps)
    return Some(first[:SHOWN], len(first) if len(first) <= SHOWN else states.count())
