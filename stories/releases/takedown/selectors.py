"""Reads for the screens: which takedowns someone may see, and how far each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from stories.moderation.permissions import on_board
from stories.pages.models.moderated import ModeratedPage
from stories.releases.models import (
    Item,
    Mention,
    Release,
    Takedown,
    TakedownItem,
    TakedownStep,
)
from stories.releases.payload import PURGED
from stories.releases.takedown import records, steps, unagreed
from stories.units.models import Unit
from stories.units.selectors import UnitTree

Status = TakedownStep.Status


def visible(user) -> QuerySet[Takedown]:
    """All for Ban Tuyên giáo and administrators; else those of one's unit, and one's own."""
    found = Takedown.objects.prefetch_related("steps", "units").select_related("user")
    if not user.is_active:
        return found.none()
    if user.is_superuser or on_board(user):
        return found
    own = Takedown.units.through.objects.filter(unit__in=_units(user)).values("takedown")
    return found.filter(Q(user=user) | Q(pk__in=own))


def _units(user) -> set[int]:
    """The user's units, and closed ones in whose place they are."""
    mine = set(
        Unit.objects.filter(Q(editors__user=user) | Q(reviewers__user=user)).values_list(
            "pk", flat=True
        )
    )
    if not mine:
        return mine
    tree = UnitTree.load()
    return {
        unit.pk
        for unit in tree.units.values()
        if unit.pk in mine or any(one.pk in mine for one in tree.keepers(unit))
    }


@dataclass(frozen=True, slots=True)
class Progress:
    """One kind of step in a takedown: how many there are, and how many are done."""

    label: str
    done: int
    count: int
    error: str
    attempts: int

    @property
    def is_done(self) -> bool:
        return self.done == self.count


def progress(rows: Iterable[TakedownStep]) -> list[Progress]:
    """By kind, in the order in which they were written."""
    by_kind: dict[str, list[TakedownStep]] = {}
    for step in rows:
        by_kind.setdefault(step.kind, []).append(step)
    return [
        Progress(
            label=label(name),
            done=sum(step.status == Status.DONE for step in found),
            count=len(found),
            error=next((step.last_error for step in found if step.last_error), ""),
            attempts=max(step.attempts for step in found),
        )
        for name, found in by_kind.items()
    ]


def label(name: str) -> str:
    kind = steps.kind(name)
    return str(kind.label) if kind else name


@dataclass(frozen=True, slots=True)
class Row:
    """An item of a takedown with its steps; `title` is what readers knew it by, if it's kept."""

    part: TakedownItem
    title: str
    steps: list[tuple[str, TakedownStep]]


def rows(takedown: Takedown) -> list[Row]:
    """Three queries for any number of items."""
    parts = list(takedown.items.select_related("item", "release").prefetch_related("steps"))
    titles = _titles([part.item for part in parts])
    return [
        Row(
            part,
            titles.get(part.item_id, ""),
            [(label(step.kind), step) for step in part.steps.all()],
        )
        for part in parts
    ]


def _titles(items: list[Item]) -> dict:
    """Titles of the last public releases; none for what was purged."""
    kept = [item.pk for item in items if item.purged_at is None]
    found = Release.objects.filter(item__in=kept, kind__in=Release.PUBLIC).order_by("seq")
    public = [release for release in found if release.payload != PURGED]
    return {release.item_id: release.data.get("title", "") for release in public}


@dataclass(frozen=True, slots=True)
class Unagreed:
    """A row of the list with the pages in which it is public: itself, or those with the picture."""

    row: unagreed.Row
    pages: list[ModeratedPage]


def with_pages(rows: list[unagreed.Row]) -> list[Unagreed]:
    """Three queries for any number of rows."""
    pictures = {row.item.pk for row in rows if row.is_picture}
    shown: dict[UUID, list[UUID]] = {}
    public = Mention.objects.filter(target__in=pictures, story__kind__in=Release.PUBLIC)
    for target, story in public.order_by("story").values_list("target", "story"):
        shown.setdefault(target, []).append(story)
    wanted = {row.item.pk for row in rows} | {one for found in shown.values() for one in found}
    pages = {
        page.uuid: page
        for model in records.MODELS.values()
        for page in model.objects.filter(uuid__in=wanted)
    }
    found = [(row, shown.get(row.item.pk, [row.item.pk])) for row in rows]
    return [Unagreed(row, [pages[one] for one in uuids if one in pages]) for row, uuids in found]
