"""What stays public with less of it: the same approved text, without what was taken from beside it.

Payloads list the exemplars that a story tells of, and for what everyone agreed. Both are derived,
and both may shrink without a new approval (see `ledger`); nothing else may.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from media.models import Depiction, Person
from media.people.purposes import EVERYWHERE
from media.people.selectors import depicted, standings
from stories.pages import people
from stories.pages.checklist import consent
from stories.pages.models import ExemplarPage, StoryPage
from stories.releases.ledger import append, bare
from stories.releases.models import Item, LedgerHead, Mention, Release
from stories.releases.takedown import unagreed
from stories.releases.takedown.records import page_of


def forget_exemplar(uuid: UUID, head: LedgerHead) -> list[Release]:
    """Each public story that lists the canceled exemplar is released again without its name."""
    telling = Mention.objects.filter(target=uuid).values("story")
    found = Item.objects.public().stories().filter(pk__in=telling).order_by("pk")
    releases = []
    for item in found:
        listed = item.current.data.get("exemplars", [])
        kept = [one for one in listed if one["uuid"] != str(uuid)]
        if kept != listed:
            note = _("Bỏ liên kết tới một hồ sơ điển hình đã gỡ.")
            releases.append(_release(item, {"exemplars": kept}, note, head))
    return releases


def narrow(person: Person, head: LedgerHead) -> list[Release]:
    """What still names or shows the person says no longer that it may go where she said no."""
    own = Person.objects.same_as(person)
    shown = Depiction.objects.filter(person__in=own).values("picture__uuid")
    pictures = Item.objects.public().filter(type=Item.Type.PICTURE, pk__in=shown)
    showing = Mention.objects.filter(target__in=pictures.values("pk")).values("story")
    uuids = {*Item.objects.public().filter(pk__in=showing).values_list("pk", flat=True)}
    uuids |= naming(person)
    releases = []
    for item in [*pictures, *Item.objects.public().filter(pk__in=uuids).order_by("pk")]:
        before = item.current.data.get("purposes", EVERYWHERE)
        agreed = _agreed(item)
        after = [one for one in before if one in agreed]
        if after != before:
            note = _("Phạm vi được sử dụng hẹp hơn trước.")
            releases.append(_release(item, {"purposes": after}, note, head))
    return releases


def naming(person: Person) -> set[UUID]:
    """Uuids of the pages that, as they are saved, name the person or tell of her profile; and of
    those of which an editor said so."""
    own = Person.objects.same_as(person)
    found: set[UUID] = set()
    for model in (StoryPage, ExemplarPage):
        pages = model.objects.filter(named_people__person__in=own)
        found.update(pages.values_list("uuid", flat=True))
    profiles = ExemplarPage.objects.filter(person__in=own).values_list("uuid", flat=True)
    found.update(profiles)
    telling = StoryPage.objects.filter(told_exemplars__exemplar__person__in=own)
    found.update(telling.values_list("uuid", flat=True))
    found.update(Mention.objects.filter(target__in=list(profiles)).values_list("story", flat=True))
    found.update(unagreed.in_force().filter(person__in=own).values_list("item", flat=True))
    return found


def _agreed(item: Item) -> list[str]:
    """The purposes to which everyone in the item agrees today."""
    if item.type == Item.Type.PICTURE:
        pictures, named = [item.pk], []
    else:
        pictures = [UUID(one["uuid"]) for one in item.current.data.get("pictures", [])]
        page = page_of(item)
        named = people.named(page) if page else []
    shown = depicted(pictures)
    content = {"pictures": [{"people": who} for who in shown.values()], "people": named}
    return consent.purposes([content])[0]


def _release(item: Item, changed: dict, note: str, head: LedgerHead) -> Release:
    current = item.current
    return append(
        item=item,
        kind=Release.Kind.CORRECTION,
        body=bare(current.data) | changed,
        sha256=current.sha256,
        approval=current.approval,
        note=note,
        head=head,
    )


def agreed(person: Person, purpose: str, scopes: Iterable[str]) -> bool:
    """Whether her remaining consents, all together, are a yes to this today."""
    standing = standings([person.uuid]).get(str(person.uuid))
    return standing is not None and standing.agreed(purpose, frozenset(scopes))
