"""Telling units which consents end soon: once within 60 days, once more within 14."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images.models import Image
from wagtail.models import Collection

from accounts.notices.kinds import Kind
from accounts.notices.services import tell
from media.people import selectors
from media.people.models import Consent, ExpiryNotice, Person

AHEAD = (selectors.SOON, 14)


@transaction.atomic
def remind(today: date | None = None) -> int:
    """Tell every unit with news. How many people were told; again, nothing twice."""
    today = today or timezone.localdate()
    by_unit: dict[int, list[tuple[Consent, int]]] = defaultdict(list)
    for consent, days in due(today):
        by_unit[consent.person.collection_id].append((consent, days))
    told = 0
    for collection in Collection.objects.filter(pk__in=by_unit):
        people = sorted({one.person for one, _days in by_unit[collection.pk]}, key=_by_name)
        if found := readers(collection):  # else it is tried again tomorrow
            told += len(found)
            _tell(found, people)
            _note(by_unit[collection.pk], today)
    return told


def due(today: date) -> list[tuple[Consent, int]]:
    """Valid consents of people who have none for later, with the notice that is to be given."""
    people = selectors.ending_soon(selectors.with_state(Person.objects.all(), today))
    last = today + timedelta(days=selectors.SOON)
    found = Consent.objects.valid(today).filter(person__in=people.values("pk"), valid_to__lte=last)
    given = set(ExpiryNotice.objects.filter(consent__in=found).values_list("consent", "days"))
    wanted = []
    for consent in found.select_related("person").order_by("valid_to", "pk"):
        left = (consent.valid_to - today).days
        days = min(step for step in AHEAD if left <= step)
        if (consent.pk, days) not in given:
            wanted.append((consent, days))
    return wanted


def readers(collection: Collection) -> list:
    """Those of the unit's own groups: who may change its pictures, given to this collection."""
    users = get_user_model().objects.filter(
        is_active=True,
        groups__collection_permissions__collection=collection,
        groups__collection_permissions__permission__codename="change_image",
        groups__collection_permissions__permission__content_type__app_label=Image._meta.app_label,
    )
    return list(users.distinct().order_by("pk"))


def _tell(readers: list, people: list[Person]) -> None:
    """Names only: what they agreed to is on their pages."""
    count = len(people)
    tell(
        users=readers,
        kind=Kind.CONSENT,
        subject=_("%(n)d người có sự đồng ý sắp hết hạn") % {"n": count},
        text=render_to_string("media/people/ending.txt", {"people": people}),
        link=reverse("people") + "?loc=sap-het",
    )


def _note(found: list[tuple[Consent, int]], today: date) -> None:
    ExpiryNotice.objects.bulk_create(
        [ExpiryNotice(consent=consent, days=days, sent_on=today) for consent, days in found],
        ignore_conflicts=True,
    )


def _by_name(person: Person) -> tuple[str, int]:
    return person.name_key, person.pk
