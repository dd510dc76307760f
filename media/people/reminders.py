"""Telling units which consents end soon: once within 60 days, once more within 14."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.mail import send_mail
from wagtail.images.models import Image
from wagtail.models import Collection

from media.people import selectors
from media.people.models import Consent, ExpiryNotice, Person

logger = logging.getLogger(__name__)
AHEAD = (selectors.SOON, 14)


def remind(today: date | None = None) -> tuple[int, int]:
    """Mail every unit with news. Returns (mails sent, mails that failed); again, nothing twice."""
    today = today or timezone.localdate()
    by_unit: dict[int, list[tuple[Consent, int]]] = defaultdict(list)
    for consent, days in due(today):
        by_unit[consent.person.collection_id].append((consent, days))
    sent = failed = 0
    for collection in Collection.objects.filter(pk__in=by_unit):
        people = sorted({one.person for one, _days in by_unit[collection.pk]}, key=_by_name)
        told = 0
        for reader in readers(collection):
            try:
                tell(reader, people)
                told += 1
            except OSError as error:  # SMTP's own exceptions are OSErrors
                logger.error("Không gửi được thư nhắc cho %s: %s", reader.username, error)
                failed += 1
        if told:  # else it is tried again tomorrow
            _note(by_unit[collection.pk], today)
        sent += told
    return sent, failed


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
    return list(users.exclude(email="").distinct().order_by("pk"))


def tell(reader, people: list[Person]) -> None:
    """One mail to one person. Names only: what they agreed to is on their pages."""
    link = settings.PUBLIC_BASE_URL + reverse("people") + "?loc=sap-het"
    context = {"user": reader, "people": people, "count": len(people), "link": link}
    subject = render_to_string("media/people/ending_subject.txt", context).strip()
    send_mail(subject, render_to_string("media/people/ending.txt", context), [reader.email])


@transaction.atomic
def _note(found: list[tuple[Consent, int]], today: date) -> None:
    ExpiryNotice.objects.bulk_create(
        [ExpiryNotice(consent=consent, days=days, sent_on=today) for consent, days in found],
        ignore_conflicts=True,
    )


def _by_name(person: Person) -> tuple[str, int]:
    return person.name_key, person.pk
