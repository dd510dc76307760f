"""Reads: what a person agreed to on a day, what shows her, what names her, who is to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from media.models import Picture
from media.people import names
from media.people.models import Consent, Depiction, Person
from media.people.purposes import NAMED, SHOWN, Purpose

SOON = 60  # days before its end in which a consent is to be renewed


@dataclass(frozen=True, slots=True)
class Standing:
    """A person, and those of her consents that are a yes on some day from `day` on."""

    person: Person
    day: date
    consents: list[Consent] = field(default_factory=list)

    def agreed(self, purpose: str, scopes: frozenset[str], day: date | None = None) -> bool:
        """Whether, on that day, all of these scopes are agreed to for the purpose."""
        day = day or self.day
        for consent in self.consents:
            if consent.runs_on(day) and purpose in consent.purposes:
                scopes = scopes - consent.scopes
        return not scopes

    def last_day(self, purpose: str, scopes: frozenset[str]) -> date | None:
        """The last day in a row from `day` on that is agreed; None if there is no end to it."""
        day = self.day
        ends = {c.valid_to for c in self.consents if c.valid_to}
        for end in sorted(ends):
            if end >= day and not self.agreed(purpose, scopes, end + timedelta(days=1)):
                return end
        return None

    @property
    def is_minor(self) -> bool:
        return self.person.is_minor(self.day)


def standings(uuids: Iterable[UUID | str], day: date | None = None) -> dict[str, Standing]:
    """By uuid, for those who exist; a merged record stands as its person does. Two queries for any
    number of people, none for none."""
    day = day or timezone.localdate()
    wanted = set(map(str, uuids))
    if not wanted:
        return {}
    people = Person.objects.filter(uuid__in=wanted)
    people = list(people.select_related("guardian", "merged_into__guardian"))
    found = {person.itself.pk: Standing(person.itself, day) for person in people}
    consents = Consent.objects.standing(day).filter(person__in=found).order_by("pk")
    for consent in consents.filter(Q(valid_to=None) | Q(valid_to__gte=day)):
        found[consent.person_id].consents.append(consent)
    return {str(person.uuid): found[person.itself.pk] for person in people}


def purposes_of(shown: Iterable[Standing | None], named: Iterable[Standing | None]) -> list[str]:
    """The purposes that everybody shown or named agreed to; all where there is nobody.

    None stands for someone who isn't on record: she agreed to nothing.
    """
    asked = [(one, SHOWN) for one in shown] + [(one, NAMED) for one in named]
    return sorted(
        purpose
        for purpose in Purpose.values
        if all(one is not None and one.agreed(purpose, scopes) for one, scopes in asked)
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """Someone in a picture; `order` is her place from the left, if it is known."""

    uuid: str
    name: str
    order: int | None


def in_pictures(pictures: Iterable[UUID | str]) -> dict[str, list[Shown]]:
    """uuid of a picture → those in it, if any, from left to right; one query at most."""
    wanted = list(pictures)
    if not wanted:
        return {}
    found: dict[str, list[Shown]] = {}
    name = Coalesce("person__merged_into__name", "person__name")
    rows = Depiction.objects.filter(picture__uuid__in=wanted)
    for picture, *one in rows.values_list("picture__uuid", "person__uuid", name, "order"):
        found.setdefault(str(picture), []).append(Shown(str(one[0]), one[1], one[2]))
    for people in found.values():
        people.sort(key=lambda one: (one.order is None, one.order, one.uuid))
    return found


def depicted(pictures: Iterable[UUID | str]) -> dict[str, list[str]]:
    """uuid of a picture → sorted uuids of those in it, if any; one query, none for no picture."""
    return {
        picture: sorted(one.uuid for one in people)
        for picture, people in in_pictures(pictures).items()
    }


# Of one person


def last_no(person: Person) -> Consent | None:
    """The last consent that she took back, if that was her last word; None if a signed yes was
    recorded since, or there was no taking back."""
    person = person.itself
    found = person.consents.exclude(withdrawn_on=None)
    last = found.order_by("-withdrawal_recorded_at", "-pk").first()
    if last is None:
        return None
    since = person.consents.filter(withdrawn_on=None, recorded_at__gt=last.withdrawal_recorded_at)
    return None if since.exclude(form="").exists() else last


def pictures_of(person: Person) -> QuerySet[Picture]:
    """The pictures that show her."""
    own = Person.objects.same_as(person)
    return Picture.objects.filter(depictions__person__in=own).distinct().order_by("-pk")


def pages_naming(person: Person) -> QuerySet[Page]:
    """The pages that name her or tell of her, as they are saved (by Wagtail's reference index)."""
    own = Person.objects.same_as(person)
    references = ReferenceIndex.get_references_to_in_bulk(own)
    kind = ReferenceIndex._get_base_content_type(Page)
    ids = references.filter(base_content_type=kind).values_list("object_id", flat=True)
    return Page.objects.filter(pk__in=[int(pk) for pk in set(ids)]).order_by("-pk")


# Of many


def without(
    purpose: str, scopes: Iterable[str], people: QuerySet[Person] | None = None
) -> QuerySet[Person]:
    """Those who haven't agreed to all of these scopes for the purpose, as of today.

    The same rule as `Standing.agreed`: different consents may give one scope each.
    """
    valid = Consent.objects.valid(timezone.localdate()).filter(**{f"for_{purpose}": True})
    itself = Coalesce(OuterRef("merged_into"), OuterRef("pk"))
    yes = Q()
    for scope in scopes:
        own = valid.filter(**{f"covers_{scope}": True}, person=itself)
        yes &= Q(Exists(own))
    found = Person.objects.all() if people is None else people
    return found.exclude(yes)


def with_state(people: QuerySet[Person], day: date | None = None) -> QuerySet[Person]:
    """Each person with `is_agreed` (a valid consent today), `is_agreed_later` (one for the day
    after the next 60), `has_withdrawn`."""
    day = day or timezone.localdate()
    own = Consent.objects.filter(person=OuterRef("pk"))
    valid = own.valid(day)
    later = own.valid(day + timedelta(days=SOON + 1))
    withdrawn = own.exclude(withdrawn_on=None)
    return people.annotate(
        is_agreed=Exists(valid), is_agreed_later=Exists(later), has_withdrawn=Exists(withdrawn)
    )


def ending_soon(people: QuerySet[Person]) -> QuerySet[Person]:
    """Of what `with_state` gave: those whose consent ends within 60 days, with none after it."""
    return people.filter(is_agreed=True, is_agreed_later=False)


def near_same(name: str, collection_id: int, but: int | None = None) -> list[Person]:
    """People of the collection who could be meant by that name."""
    there = Person.objects.current().filter(collection=collection_id).exclude(pk=but)
    pks = names.alike(name, there.values_list("pk", "name"))
    return list(Person.objects.filter(pk__in=pks))
