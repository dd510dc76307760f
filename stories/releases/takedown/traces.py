"""What else of a purged item says its title: rows that outlive the page keep who did what and when,
not what it was called."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from accounts.notices.models import Notice
from stories.moderation.models import Bundle, BundleItem, EmergencyRelease, ReviewLink
from stories.moderation.notices import edit_link
from stories.releases.models import Item, Release
from stories.releases.payload import PURGED

TITLE = "—"  # in place of a title
SHORTEST = 6  # letters of a title by which a notice is found


def titles(item: Item, page) -> set[str]:
    """Every title that the item is known to have had."""
    told = [release.data.get("title", "") for release in public_releases(item)]
    kept = BundleItem.objects.filter(item=item.pk).values_list("title", flat=True)
    asked = EmergencyRelease.objects.filter(item=item.pk).values_list("title", flat=True)
    own = [page.title, page.draft_title] if page is not None else []
    return {title for title in (*told, *kept, *asked, *own) if title and title != TITLE}


def public_releases(item: Item) -> list[Release]:
    """Those whose content is still there."""
    found = Release.objects.filter(item=item.pk, kind__in=Release.PUBLIC)
    return [release for release in found if release.payload != PURGED]


def forget(item: Item, page, known: Iterable[str]) -> None:
    """To be called before the page is deleted; `known` are its `titles`."""
    known = list(known)
    if page is not None:
        Notice.objects.filter(link=edit_link(page)).delete()
    _forget_bundles(item, known)
    asked = EmergencyRelease.objects.filter(item=item.pk)
    links = [reverse("emergency", args=[pk]) for pk in asked.values_list("pk", flat=True)]
    Notice.objects.filter(link__in=links).delete()
    asked.update(title=TITLE, reason=TITLE)
    ReviewLink.objects.filter(item=item.pk).exclude(comment="").update(comment=TITLE)
    _forget_notices(known)
    item.said_to_name.all().delete()


def _forget_notices(known: list[str]) -> None:
    """Lists of what is late, what was told of people: whatever quotes a title."""
    quoting = Q(pk__in=())
    for title in known:
        if len(title) >= SHORTEST:
            quoting |= Q(text__contains=title) | Q(subject__contains=title)
    Notice.objects.filter(quoting).delete()


def _forget_bundles(item: Item, known: list[str]) -> None:
    """Its line in each, and what was said of the bundle as a whole where it says the title, or
    where nothing but what is purged was in it."""
    lines = BundleItem.objects.filter(item=item.pk)
    bundles = Bundle.objects.filter(pk__in=list(lines.values_list("bundle", flat=True)))
    links = [reverse("desk_bundle", args=[bundle.pk]) for bundle in bundles]
    Notice.objects.filter(link__in=links).delete()
    for bundle in bundles.prefetch_related("items"):
        others = {line.item for line in bundle.items.all()} - {item.pk}
        alone = not Item.objects.filter(pk__in=others, purged_at=None).exists() and not (
            others - set(Item.objects.filter(pk__in=others).values_list("pk", flat=True))
        )
        for name in ("title", "note", "why"):
            said = getattr(bundle, name)
            if said and (alone or any(title in said for title in known)):
                setattr(bundle, name, TITLE)
        bundle.save(update_fields=["title", "note", "why"])
    lines.update(title=TITLE, why="")
