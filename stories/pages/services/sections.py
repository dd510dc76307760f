"""Each unit that writes gets its section in the page tree, its media collection and its groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts import roles
from stories.pages.models import UnitIndexPage, UnitSectionPage
from stories.units.models import Unit
from stories.units.selectors import above
from stories.units.services import sync_groups

EDIT_PAGES = ("add_page", "change_page")
# Wagtail's collection policies go by its own image and document models, whatever replaces them.
EDIT_MEDIA = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
READ_MEDIA = ("choose_image", "choose_document")


@transaction.atomic
def ensure_section(unit: Unit) -> UnitSectionPage:
    """The unit's section page, made when missing; a unit of the past gets one without groups."""
    section = UnitSectionPage.objects.filter(unit=unit).first()
    if section is None:
        section = UnitSectionPage(title=unit.union_name, slug=unit.slug, unit=unit, live=True)
        UnitIndexPage.objects.get().add_child(instance=section)
    elif section.title != unit.union_name:
        section.title = section.draft_title = unit.union_name
        section.save()
    return section


def collection_name(unit: Unit) -> str:
    return f"{unit.name} [{unit.code}]"


@transaction.atomic
def ensure_collection(unit: Unit) -> Collection:
    """The unit's own media collection; the code in brackets finds it after a renaming."""
    found = Collection.objects.filter(name__endswith=f" [{unit.code}]").first()
    if found is None:
        found = Collection.get_first_root_node().add_child(name=collection_name(unit))
    elif found.name != collection_name(unit):
        found.name = collection_name(unit)
        found.save()
    return found


@transaction.atomic
def sync_unit(unit: Unit) -> bool:
    """Bring a writing unit's section, collection, groups and rights in step: was any new?"""
    new = sync_groups(unit)
    section, collection = ensure_section(unit), ensure_collection(unit)
    for group in (unit.editors, unit.reviewers):
        new |= grant_pages(group, section, EDIT_PAGES)
        new |= grant_collection(group, collection, EDIT_MEDIA)
    for over in above(unit):
        if over.reviewers:  # who may review the unit's drafts must see their pictures
            new |= grant_collection(over.reviewers, collection, READ_MEDIA)
    return new


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


def sync(units: Iterable[Unit] | None = None, progress: Callable[[str], None] = str) -> int:
    """All of the above for the given units, by default all that write today. Number changed."""
    sync_province_roles()
    units = list(units if units is not None else Unit.objects.writing())
    changed = 0
    for number, unit in enumerate(units, start=1):
        changed += sync_unit(unit)
        if number % 25 == 0 or number == len(units):
            progress(f"{number}/{len(units)}")
    return changed


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
