"""Each unit that writes gets its section in the page tree, its media collection and its groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts import roles
from stories.pages.models import UnitIndexPage, UnitSectionPage
from stories.pages.services import grants
from stories.pages.services.grants import EDIT_MEDIA, EDIT_PAGES, READ_MEDIA
from stories.units.models import Unit
from stories.units.selectors import in_being
from stories.units.services import sync_groups


@transaction.atomic
def ensure_section(unit: Unit) -> UnitSectionPage:
    """The unit's section page, made when missing; a closed unit's is opened to its successors."""
    section = UnitSectionPage.objects.filter(unit=unit).first()
    if section is None:
        section = UnitSectionPage(title=unit.union_name, slug=unit.slug, unit=unit, live=True)
        UnitIndexPage.objects.get().add_child(instance=section)
        if not in_being(unit):
            grants.sync([unit])
    elif section.title != unit.union_name:
        section.title = section.draft_title = unit.union_name
        section.save()
    return section


def collection_name(unit: Unit) -> str:
    return f"{unit.name} [{unit.code}]"


@transaction.atomic
def ensure_collection(unit: Unit) -> Collection:
    """The unit's own media collection; the code in brackets finds it after a renaming."""
    holder = grants.holder()
    found = Collection.objects.filter(name__endswith=f" [{unit.code}]").first()
    if found is None:
        found = holder.add_child(name=collection_name(unit))
        if not in_being(unit):
            grants.sync([unit])
        return found
    if not found.is_child_of(holder):
        found.move(holder, pos="sorted-child")
        found.refresh_from_db()
    if found.name != collection_name(unit):
        found.name = collection_name(unit)
        found.save()
    return found


@transaction.atomic
def sync_province_roles() -> None:
    """Ban Tuyên giáo sees and mends everything; Văn phòng sees pictures and documents."""
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    board, office = (Group.objects.get_or_create(name=name)[0] for name in roles.EVERYWHERE)
    for group in (board, office):
        group.permissions.add(access)
        grant_collection(group, Collection.get_first_root_node(), READ_MEDIA)
    grant_pages(board, UnitIndexPage.objects.get(), EDIT_PAGES)
    grant_collection(board, Collection.get_first_root_node(), EDIT_MEDIA)
    board.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="pages",
            content_type__model__in=["movement", "content", "targetgroup", "campaign"],
        )
    )


@transaction.atomic
def sync(units: Iterable[Unit] | None = None, progress: Callable[[str], None] = str) -> int:
    """Groups, sections and collections of the given units, by default of all that write today;
    then the rights of all. Running it again changes nothing. Returns how many units changed.
    """
    sync_province_roles()
    units = list(units if units is not None else Unit.objects.writing())
    titles = dict(UnitSectionPage.objects.values_list("unit", "title"))
    shelves = set(grants.holder().get_children().values_list("name", flat=True))
    changed: set[int] = set()
    for number, unit in enumerate(units, start=1):
        if None in (unit.editors_id, unit.reviewers_id) and sync_groups(unit):
            changed.add(unit.pk)
        if titles.get(unit.pk) != unit.union_name:
            ensure_section(unit)
            changed.add(unit.pk)
        if collection_name(unit) not in shelves:
            ensure_collection(unit)
            changed.add(unit.pk)
        if number % 25 == 0 or number == len(units):
            progress(f"{number}/{len(units)}")
    return len(changed | grants.sync())


def grant_pages(group: Group, page, codenames: Iterable[str]) -> bool:
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    )
    made = [
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)[1]
        for permission in wanted
    ]
    return any(made)


def grant_collection(group: Group, collection: Collection, codenames: Iterable[str]) -> bool:
    wanted = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=codenames
    )
    made = [
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )[1]
        for permission in wanted
    ]
    return any(made)
