"""A person takes back her yes: everything that needs it leaves the public, in that transaction.

| what | becomes | |
| --- | --- | --- |
| her own profile | canceled | for good |
| a picture that shows her | canceled | never usable again, its files closed |
| another text that names or shows her | withheld | a corrected version may come back |
| what her other consents still cover | stays | for the purposes that are left |

No other person, no engine and no approval is asked, and nothing is read or written outside of the
database.
"""

from __future__ import annotations

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from media.models import Consent, Depiction, Person
from media.people.purposes import NAMED, SHOWN, Purpose
from stories.pages.models import ExemplarPage, Withdrawal
from stories.releases import services
from stories.releases.ledger import lock_head
from stories.releases.models import Item, LedgerHead, Mention, Release, Takedown
from stories.releases.takedown import less, records
from stories.units.models import Unit

CODE = re.compile(r"\[([\w-]+)\]$")  # that ends the name of a unit's collection


@transaction.atomic
def take_down(*, consent: Consent, user) -> Takedown:
    """Carry out a consent's withdrawal; of what was done before, nothing is done again."""
    head = lock_head()
    person = consent.person
    takedown = records.begin(
        of=Takedown.Of.CONSENT,
        target=consent.code,
        reason=Release.Reason.CONSENT,
        user=user,
        units=_units(person),
    )
    shown = less.agreed(person, Purpose.WEBSITE, SHOWN)
    named = less.agreed(person, Purpose.WEBSITE, NAMED)
    pictures = [] if shown else _pictures(person)
    withheld = {*_showing(pictures), *(() if named else less.naming(person))}
    own = set() if named else set(_profiles(person))
    with LogContext(user=user):
        _cancel_pictures(pictures, takedown, head)
        for item in _public(withheld - own):
            _withdraw(item, _withdrawal(Release.Kind.WITHHELD, takedown), user)
        for item in Item.objects.filter(pk__in=own).exclude(kind=Release.Kind.CANCELED):
            _withdraw(item, _withdrawal(Release.Kind.CANCELED, takedown), user)
        for release in less.narrow(person, head):
            records.add(takedown, release)
    return takedown


def _withdrawal(kind: str, takedown: Takedown) -> Withdrawal:
    reason = str(_("Nhân vật rút lại sự đồng ý."))
    return Withdrawal(kind, reason, Release.Reason.CONSENT, takedown.pk)


def _units(person: Person) -> list[Unit]:
    code = CODE.search(person.collection.name)
    return list(Unit.objects.filter(code=code[1])) if code else []


def _pictures(person: Person) -> list[Item]:
    """Those that show her and were ever released, but for what is canceled already."""
    own = Person.objects.same_as(person)
    shown = Depiction.objects.filter(person__in=own).values("picture__uuid")
    found = Item.objects.filter(type=Item.Type.PICTURE, pk__in=shown)
    return list(found.exclude(kind=Release.Kind.CANCELED).order_by("pk"))


def _showing(pictures: list[Item]) -> set[UUID]:
    targets = [item.pk for item in pictures]
    return set(Mention.objects.filter(target__in=targets).values_list("story", flat=True))


def _profiles(person: Person) -> list[UUID]:
    own = Person.objects.same_as(person)
    return list(ExemplarPage.objects.filter(person__in=own).values_list("uuid", flat=True))


def _public(uuids: set[UUID]) -> list[Item]:
    return list(Item.objects.public().filter(pk__in=uuids).order_by("pk"))


def _cancel_pictures(pictures: list[Item], takedown: Takedown, head: LedgerHead) -> None:
    withdrawal = _withdrawal(Release.Kind.CANCELED, takedown)
    for item in pictures:
        release = services.withdraw_picture(item, withdrawal, head)
        if release is not None:
            records.add(takedown, release)


def _withdraw(item: Item, withdrawal: Withdrawal, user) -> None:
    """By its page, so that page and ledger stay together; by the ledger alone without one."""
    page = records.page_of(item)
    if page is not None:
        services.withdraw(page=page, withdrawal=withdrawal, user=user)
    # A page that isn't live, whatever the ledger says, is silent.
    services.withdraw_item(uuid=item.pk, withdrawal=withdrawal)
