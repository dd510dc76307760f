"""What is public of someone without her recorded yes: for the list that people are to clear.

A consent that ended, a person nobody asked, a child whose birth year came to light: nothing of that
is a withdrawal, so nothing is taken down by itself; but it is on this list from that moment on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from media.models import Consent, Depiction, Person
from media.people import selectors
from media.people.purposes import NAMED, SHOWN, Purpose
from stories.pages.models import ExemplarPage, StoryPage
from stories.releases.models import Item, Mention, Release, SaidToName


@dataclass(frozen=True, slots=True)
class Row:
    """A public item with a person who hasn't agreed to be in it. `has_withdrawn`: she said no."""

    person: Person
    item: Item
    has_withdrawn: bool

    @property
    def is_picture(self) -> bool:
        return self.item.type == Item.Type.PICTURE

    @property
    def title(self) -> str:
        return self.item.current.data.get("title", "")


def rows(people: QuerySet[Person] | None = None) -> list[Row]:
    """Of these people (all), by name; as many queries for many rows as for one."""
    if people is not None:
        asked = people.values("pk")
        people = Person.objects.filter(Q(pk__in=asked) | Q(merged_into__in=asked))
    pairs = {*_shown(people), *_named(people)}
    records = Person.objects.select_related("collection", "merged_into__collection")
    known = records.in_bulk({pk for pk, _uuid in pairs})
    pairs = {(known[pk].itself, uuid) for pk, uuid in pairs}
    items = {item.pk: item for item in _public({uuid for _person, uuid in pairs})}
    said_no = _who_said_no({one for one, _uuid in pairs})
    found = [Row(one, items[uuid], one in said_no) for one, uuid in pairs if uuid in items]
    return sorted(found, key=lambda row: (row.person.name_key, row.person.pk, str(row.item.pk)))


def _who_said_no(people: set[Person]) -> set[Person]:
    """Whose last word was a no: hardly any, for such a thing is taken down at once."""
    withdrawn = Consent.objects.filter(person__in=people).exclude(withdrawn_on=None)
    asked = set(withdrawn.values_list("person", flat=True))
    return {one for one in people if one.pk in asked and selectors.last_no(one) is not None}


def _public(uuids: Iterable[UUID]) -> QuerySet[Item]:
    return Item.objects.public().filter(pk__in=uuids)


def _shown(people: QuerySet[Person] | None) -> set[tuple[int, UUID]]:
    lacking = selectors.without(Purpose.WEBSITE, SHOWN, people)
    pictures = Item.objects.filter(type=Item.Type.PICTURE, kind__in=Release.PUBLIC)
    found = Depiction.objects.filter(
        person__in=lacking.values("pk"), picture__uuid__in=pictures.values("pk")
    )
    return set(found.values_list("person", "picture__uuid"))


def _named(people: QuerySet[Person] | None) -> set[tuple[int, UUID]]:
    """By the pages as they are saved, and by what editors said of what is public."""
    lacking = selectors.without(Purpose.WEBSITE, NAMED, people).values("pk")
    found: set[tuple[int, UUID]] = set()
    for model in (StoryPage, ExemplarPage):
        pages = model.objects.filter(live=True, named_people__person__in=lacking)
        found.update(pages.values_list("named_people__person", "uuid"))
    profiles = dict(ExemplarPage.objects.filter(person__in=lacking).values_list("uuid", "person"))
    found.update((person, uuid) for uuid, person in profiles.items())
    told = Mention.objects.filter(target__in=profiles).values_list("target", "story")
    found.update((profiles[target], story) for target, story in told)
    said = in_force().filter(person__in=lacking)
    found.update(said.values_list("person", "item"))
    return found


def in_force() -> QuerySet[SaidToName]:
    """What editors said of just that text which is public now."""
    return SaidToName.objects.filter(sha256=F("item__current__sha256"), in_doubt=False)
