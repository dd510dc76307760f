"""Who is told of in the demo content, and their consents: invented women, as all of it is."""

from __future__ import annotations

import datetime as dt
import json
import re

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from media.models import Consent, Person
from media.people import services
from media.people.printing import pdf, text
from media.people.purposes import Purpose, Scope
from stories.pages.checklist.children import NAME
from stories.pages.services.sections import ensure_collection
from stories.units.models import Unit
from stories.website.demo import data
from stories.website.demo.data import Row

CALLED = re.compile(r"(?<!\w)(?:[Cc]hị|[Bb]à|[Cc]ô|[Aa]nh|[Ôô]ng|[Bb]ác) " + NAME)
FULL_NAME = 3  # words; by a given name alone nobody is known
ASKED_FOR = ("published", "corrected", "board_approval", "withdrawn")
# What the screens are to show: a yes that ends soon, one without the press, none at all.
ENDS_SOON, NOT_FOR_PRESS = "Trần Thị Oanh", "Đỗ Thị Thúy"


def names(row: Row) -> list[str]:
    """The full names in a text, in its order; of each page, the exemplar's own first."""
    lines = [row["title"], row["lead"], row.get("role", "")]
    lines += json.dumps(row["body"], ensure_ascii=False).split('"')
    found = [match["name"] for line in lines for match in CALLED.finditer(line)]
    return list(dict.fromkeys(name for name in found if len(name.split()) >= FULL_NAME))


def person(name: str, unit: Unit, editor: User, row: Row) -> Person:
    """Someone of the unit, recorded when first needed; with her consent where it was asked for."""
    uuid = data.uuid_of("person", f"{unit.code}:{name}")
    one = Person.objects.filter(uuid=uuid).first()
    if one is None:
        one = Person(uuid=uuid, name=name, collection=ensure_collection(unit))
        services.save_person(person=one, user=editor)
    asked_for = row["state"] in ASKED_FOR or name == NOT_FOR_PRESS
    if asked_for and not one.consents.exists():
        consent(one, editor)
    return one


def consent(one: Person, editor: User) -> Consent:
    today = timezone.localdate()
    prepared = services.prepare_consent(person=one)
    purposes = [
        purpose
        for purpose in Purpose.values
        if one.name != NOT_FOR_PRESS or purpose in (Purpose.WEBSITE, Purpose.CENTRAL)
    ]
    return services.record_consent(
        consent=prepared,
        user=editor,
        purposes=purposes,
        scopes=Scope.values,
        valid_from=today - dt.timedelta(days=30),
        valid_to=today + dt.timedelta(days=45) if one.name == ENDS_SOON else None,
        form=ContentFile(pdf.render(text.of(prepared)), "phieu.pdf"),
    )
