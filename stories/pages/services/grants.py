"""Who reads and who writes in which unit's section and collection, as Wagtail's own permissions.

| whose group | the unit's pages | its pictures and documents |
| --- | --- | --- |
| the unit's | add, change | add, change, choose |
| of those that took over from a closed unit | change | change, choose |
| of the units above | read | choose |
| a closed unit's own | read | choose |

Both groups of a unit, editors and reviewers, get the same. The unit over all others reads through
one right on the page and the collection that hold all sections. A review under way opens a draft
to its reviewers by itself (see `stories.moderation`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from stories.pages.models import UnitIndexPage, UnitSectionPage
from stories.units.models import Unit
from stories.units.selectors import UnitTree, in_being

KEEP_PAGES = ("change_page",)
EDIT_PAGES = ("add_page", *KEEP_PAGES)
# Wagtail has no right to read pages. Of those that show a page in the explorer and in searches,
# this one does nothing else: to delete, one must also have the right to add or change.
READ_PAGES = ("bulk_delete_page",)
# Wagtail's collection policies go by its own image and document models, whatever replaces them.
READ_MEDIA = ("choose_image", "choose_document")
KEEP_MEDIA = ("change_image", "change_document", *READ_MEDIA)
EDIT_MEDIA = ("add_image", "add_document", *KEEP_MEDIA)

HOLDER = "Các đơn vị"
CODE = re.compile(r" \[([^\]]+)\]$")


class Place(NamedTuple):
    """Where a unit's things are: ids of its section page and of its collection, if it has them."""

    page: int | None
    collection: int | None


class Right(NamedTuple):
    """A row of Wagtail's rights of groups; `where` is the id of a page or of a collection."""

    group_id: int
    where: int
    permission_id: int


def holder() -> Collection:
    """The collection that holds those of all units, made when missing."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=HOLDER).first()
    return found or root.add_child(name=HOLDER)


@transaction.atomic
def sync(units: Iterable[Unit] | None = None) -> set[int]:
    """Bring rights on the units' sections and collections in step, by default on all there are.

    Unit groups get exactly what the table above says, and lose the rest; other groups are left
    alone. Returns the ids of the units where anything changed. About ten queries for any number.
    """
    tree = UnitTree.load()
    top = _top(tree)
    places = _places(tree)
    chosen = [tree.units[unit.pk] for unit in units] if units is not None else tree.units.values()
    permissions = _permissions()
    pages: set[Right] = set()
    collections: set[Right] = set()
    for unit in chosen:
        place = places.get(unit.pk, Place(None, None))
        for group, page_rights, media_rights in _shares(tree, unit, top):
            if place.page:
                pages |= {Right(group, place.page, permissions[c]) for c in page_rights}
            if place.collection:
                collections |= {
                    Right(group, place.collection, permissions[c]) for c in media_rights
                }
    index, whole = UnitIndexPage.objects.get().pk, holder().pk
    for group in _groups(top) if top else ():
        pages |= {Right(group, index, permissions[c]) for c in READ_PAGES}
        collections |= {Right(group, whole, permissions[c]) for c in READ_MEDIA}
    where = [places[unit.pk] for unit in chosen if unit.pk in places]
    owners = {place.page: pk for pk, place in places.items()}
    shelves = {place.collection: pk for pk, place in places.items()}
    changed = _apply(GroupPagePermission, "page_id", pages, {index, *(p.page for p in where)})
    stirred = _apply(
        GroupCollectionPermission, "collection_id", collections, {whole, *(p[1] for p in where)}
    )
    return ({owners.get(pk) for pk in changed} | {shelves.get(pk) for pk in stirred}) - {None}


def _groups(unit: Unit) -> list[int]:
    return [pk for pk in (unit.editors_id, unit.reviewers_id) if pk]


def _top(tree: UnitTree) -> Unit | None:
    """The unit over all others, if there is one."""
    found = [u for u in tree.units.values() if u.parent_id is None and in_being(u)]
    return found[0] if len(found) == 1 else None


def _shares(tree: UnitTree, unit: Unit, top: Unit | None) -> Iterator[tuple[int, tuple, tuple]]:
    """`(group, rights on the section, rights on the collection)` of each group with any."""
    kept_by = tree.keepers(unit)
    writing = {keeper.pk for keeper in kept_by}
    for keeper in kept_by:
        own = keeper.pk == unit.pk
        for group in _groups(keeper):
            yield group, EDIT_PAGES if own else KEEP_PAGES, EDIT_MEDIA if own else KEEP_MEDIA
    readers = {} if unit.pk in writing else {unit.pk: unit}
    for keeper in kept_by or [unit]:
        readers |= {over.pk: over for over in tree.above(keeper) if in_being(over)}
    for pk, reader in readers.items():
        if pk not in writing and not (top and pk == top.pk):
            for group in _groups(reader):
                yield group, READ_PAGES, READ_MEDIA


def _places(tree: UnitTree) -> dict[int, Place]:
    pages = dict(UnitSectionPage.objects.values_list("unit", "pk"))
    codes = {unit.code: unit.pk for unit in tree.units.values()}
    shelves = {}
    for pk, name in Collection.objects.values_list("pk", "name"):
        code = CODE.search(name)
        if code and code[1] in codes:
            shelves[codes[code[1]]] = pk
    return {pk: Place(pages.get(pk), shelves.get(pk)) for pk in pages.keys() | shelves.keys()}


def _permissions() -> dict[str, int]:
    wanted = {*EDIT_PAGES, *READ_PAGES, *EDIT_MEDIA}
    return dict(
        Permission.objects.filter(
            content_type__app_label__in=["wagtailcore", "wagtailimages", "wagtaildocs"],
            codename__in=wanted,
        ).values_list("codename", "pk")
    )


def _apply(
    model: type[models.Model], field: str, wanted: Iterable[Right], where: set[int | None]
) -> set[int]:
    """Make the unit groups' rows in these places exactly those wanted; the places changed."""
    wanted = set(wanted)
    unit_groups = Group.objects.filter(
        models.Q(edits_for__isnull=False) | models.Q(reviews_for__isnull=False)
    )
    rows = model.objects.filter(group__in=unit_groups, **{f"{field}__in": where - {None}})
    there = {
        Right(*values): pk for pk, *values in rows.values_list("pk", "group", field, "permission")
    }
    extra = {right: pk for right, pk in there.items() if right not in wanted}
    missing = [right for right in wanted if right not in there]
    if extra:
        model.objects.filter(pk__in=extra.values()).delete()
    model.objects.bulk_create(
        model(group_id=right.group_id, permission_id=right.permission_id, **{field: right.where})
        for right in missing
    )
    return {right.where for right in [*extra, *missing]}
