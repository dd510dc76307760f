"""Earlier versions of what stays, or may come back: their content goes after its time too.

A text that was withheld because someone took back her yes lives on without her; what was released
before still shows or names her. So does what a public text told of an item that was canceled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Comment, PageLogEntry, Revision

from accounts.audit import services as audit
from accounts.audit.actions import Action
from stories.releases import payload as payloads
from stories.releases.ledger import lock_head
from stories.releases.models import Item, Release, TakedownItem


def due(before: datetime) -> Iterator[tuple[Item, int]]:
    """Items that aren't canceled, with the number of the last release that withheld them for
    someone's no, if content of before that is still there."""
    holds = Release.objects.filter(
        kind=Release.Kind.WITHHELD, reason=Release.Reason.CONSENT, released_at__lte=before
    )
    last = dict(holds.order_by("seq").values_list("item", "seq"))
    found = Item.objects.select_related("current").filter(pk__in=last)
    for item in found.exclude(kind=Release.Kind.CANCELED).order_by("pk"):
        if any(counts(item, last[item.pk]).values()):
            yield item, last[item.pk]


def kept(item: Item, seq: int) -> QuerySet[Release]:
    """Releases of the item before that number whose content is still there, past the manager that
    changes nothing: the database lets this one change pass."""
    found = Release._base_manager.filter(item=item.pk, seq__lt=seq)
    return found.exclude(payload=payloads.PURGED)


def counts(item: Item, seq: int) -> dict[str, int]:
    return {"payloads": kept(item, seq).count(), "revisions": len(_old_drafts(item, seq)[1])}


@transaction.atomic
def purge(item: Item, seq: int) -> dict[str, int]:
    """Remove what the releases before `seq` say; of a text that is public again, also what its
    drafts of before said. How much it was."""
    lock_head()
    item = Item.objects.select_related("current").get(pk=item.pk)
    done = counts(item, seq)
    _forget_drafts(item, seq)
    kept(item, seq).update(payload=payloads.PURGED, note="")
    audit.record(
        action=Action.CONTENT_PURGED, target=f"{item.type}:{item.pk}", data={"seq": seq, **done}
    )
    return done


def purge_telling_of(item: Item) -> int:
    """Remove what others' earlier releases told of a canceled item; how many releases it was.

    Those others are in its takedowns, each released again without it.
    """
    takedowns = item.takedowns.values("takedown")
    parts = TakedownItem.objects.filter(takedown__in=takedowns).exclude(item=item.pk)
    newer = Release._base_manager.filter(item=OuterRef("item"), seq__gt=OuterRef("seq"))
    stay = Item.objects.filter(pk__in=parts.values("item")).exclude(kind=Release.Kind.CANCELED)
    telling = Release._base_manager.filter(
        Exists(newer),
        item__in=stay.exclude(type=Item.Type.PICTURE).values("pk"),
        kind__in=Release.PUBLIC,
        payload__contains=str(item.pk),
    )
    found = list(telling.values_list("pk", flat=True))
    Release._base_manager.filter(pk__in=found).update(payload=payloads.PURGED, note="")
    return len(found)


def _old_drafts(item: Item, seq: int) -> tuple[Revision | None, list[int]]:
    """The draft that was approved first after that release, and ids of those before it that say
    something else.

    None while the text is withheld: it is being mended, and its only draft may be the old one.
    """
    later = item.releases.filter(seq__gt=seq, kind__in=Release.PUBLIC).order_by("seq")
    approved = later.values_list("approval__revision_id", flat=True).first()
    clean = approved and Revision.page_revisions.filter(pk=approved).first()
    if not clean:
        return None, []
    before = Revision.page_revisions.filter(object_id=clean.object_id, pk__lt=clean.pk)
    texts = ((one.pk, one.content | {"draft_title": ""}) for one in before.order_by("pk"))
    own = clean.content | {"draft_title": ""}
    return clean, [pk for pk, text in texts if text != own]


def _forget_drafts(item: Item, seq: int) -> None:
    """They stay as rows, for who wrote and approved when, and say what was approved then."""
    clean, pks = _old_drafts(item, seq)
    if not pks:
        return
    # Wagtail keeps the page's title of before beside each draft's own.
    content = clean.content | {"draft_title": clean.content["title"]}
    Revision.objects.filter(pk__in=[*pks, clean.pk]).update(
        content=content, object_str=clean.object_str
    )
    told = PageLogEntry.objects.filter(page=int(clean.object_id), timestamp__lt=clean.created_at)
    told.update(label=clean.object_str)
    settled = Comment.objects.filter(page=int(clean.object_id), created_at__lt=clean.created_at)
    settled.exclude(resolved_at=None).delete()
