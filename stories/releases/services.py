"""Writes of the releases room: a page becomes public, is corrected, or is withdrawn.

Called inside the transaction that changes the page (see `signal_handlers`), so page and ledger
change together or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from media.models import Picture
from media.people.purposes import EVERYWHERE
from media.press import notes
from media.services import close_files, narrow_files, open_files, press_renditions
from stories.moderation.models import Approval
from stories.pages import content as contents
from stories.pages import slugs
from stories.pages.checklist import consent
from stories.pages.models import Withdrawal
from stories.pages.models.moderated import Approved, ModeratedPage, NotAgreed
from stories.releases import notices
from stories.releases import payload as payloads
from stories.releases.advance.selectors import last_versions
from stories.releases.ledger import Entry, Refused, append, append_all, lock_head
from stories.releases.models import Item, LedgerHead, Mention, Release
from stories.releases.models.item import hidden_path
from stories.releases.takedown import less, records

PREFIX = {Item.Type.STORY: "/phu-nu-dat-to/", Item.Type.EXEMPLAR: "/dien-hinh/"}


@transaction.atomic
def release_pages(*, pages: Sequence[Approved]) -> list[Release]:
    """Release each page's content, but for a page of which exactly this is public already.

    The first release is `usable`, a later one of a public item `correction` with the page's note.
    Raises Refused for a canceled item or picture, OSError when a picture's file is missing.
    """
    refuse_canceled(pages)
    files = [renditions(ready.content) for ready in pages]  # before the lock: drawing takes time
    head = lock_head()
    _still_agreed(pages)
    items = Item.objects.select_related("current").in_bulk([ready.page.uuid for ready in pages])
    new = [ready.page for ready in pages if ready.page.uuid not in items]
    sent = last_versions([*(page.uuid for page in new), *(UUID(one) for one in _drawn(files))])
    items |= {page.uuid: _new_item(page, path, sent) for page, path in _free_paths(new)}
    allowed = consent.purposes([ready.content for ready in pages])
    entries = [
        _entry(items[ready.page.uuid], ready, drawn, head, purposes, sent)
        for ready, drawn, purposes in zip(pages, files, allowed, strict=True)
        if not _is_out(items[ready.page.uuid], ready)
    ]
    fresh = {page.uuid for page in new}
    releases = append_all(entries, head=head)
    for ready, drawn in zip(pages, files, strict=True):
        targets = [*ready.content.get("exemplars", []), *drawn]
        if targets or ready.page.uuid not in fresh:
            _mention(items[ready.page.uuid], targets)
    notices.published(releases)
    return releases


def refuse_canceled(pages: Sequence[Approved]) -> None:
    """No file is drawn of a picture that may never be used again. Raises Refused."""
    titles = {one["uuid"]: one["title"] for ready in pages for one in ready.content["pictures"]}
    canceled = Item.objects.filter(pk__in=titles, kind=Release.Kind.CANCELED)
    if titles and (uuid := canceled.values_list("pk", flat=True).first()):
        raise _not_again(titles[str(uuid)])


def _not_again(title: str) -> Refused:
    return Refused(
        _("Ảnh “%(title)s” đã thu hồi, không dùng lại được. Hãy chọn ảnh khác.") % {"title": title}
    )


def _still_agreed(pages: Sequence[Approved]) -> None:
    """Asked again under the lock: who took back her yes while this waited isn't published.

    SQLite has one writer: there nothing can come between. Raises NotAgreed.
    """
    if connection.vendor == "sqlite":
        return
    asked = [
        (ready.page, ready.content)
        for ready in pages
        if ready.approval.route != Approval.Route.IMPORT
    ]
    if refused := consent.refusals(asked):
        raise NotAgreed(" ".join(found.message for found in refused))


def _drawn(files: Sequence[dict[str, list[dict]]]) -> set[str]:
    """Uuids of all pictures."""
    return {uuid for drawn in files for uuid in drawn}


def _new_item(page, path: str, sent: dict[UUID, int]) -> Item:
    """`sent` are versions that went to the press before their time: what is public follows them."""
    return Item(
        uuid=page.uuid,
        type=page.item_type,
        source_id=page.source_id,
        path=path,
        is_news=page.is_news,
        version=sent.get(page.uuid, 0),
    )


def _is_out(item: Item, ready: Approved) -> bool:
    return item.is_public and item.current.sha256 == ready.sha256


def _entry(
    item: Item,
    ready: Approved,
    files: dict[str, list[dict]],
    head: LedgerHead,
    purposes: list[str],
    sent: dict[UUID, int],
) -> Entry:
    """What the page's next release says; its pictures are released here, before it."""
    item.date = ready.page.date
    if item.current_id or files:
        _release_pictures(item, ready, files, head, sent)
    exemplars = told(ready.content.get("exemplars", []))
    return Entry(
        item=item,
        kind=Release.Kind.CORRECTION if item.is_public else Release.Kind.USABLE,
        body=payloads.public(ready.content, {"purposes": purposes}, files, exemplars),
        sha256=ready.sha256,
        approval=ready.approval,
        note=ready.content["note"] if item.current_id else "",
    )


@transaction.atomic
def withdraw_item(*, uuid: UUID, withdrawal: Withdrawal) -> Release | None:
    """Append a withdrawal and close the files; None when there is nothing public to withdraw.

    Pictures that no other public story shows go with it, in the same way; a person's own
    withdrawal has dealt with those that show her, and the others may be used again. What else
    lists a canceled exemplar forgets it. All of it is written down as a takedown.
    """
    head = lock_head()
    item = Item.objects.select_related("current").filter(pk=uuid).first()
    if item is None or item.kind in (withdrawal.kind, Release.Kind.CANCELED):
        return None
    release = _append_withdrawal(item, withdrawal, head)
    takedown = records.of_withdrawal(item, withdrawal)
    records.add(takedown, release)
    targets = list(item.mentions.values_list("target", flat=True))
    pictures = withdrawal
    if withdrawal.takedown is not None:
        pictures = replace(withdrawal, kind=Release.Kind.WITHHELD)
    followed = _withdraw_pictures(item, targets, pictures, head)
    if item.type == Item.Type.EXEMPLAR and item.kind == Release.Kind.CANCELED:
        followed += less.forget_exemplar(item.pk, head)
    for one in followed:
        records.add(takedown, one)
    records.tell(takedown, notices.withdrawn(release), "withdrawn")
    return release


@transaction.atomic
def withdraw(*, page, withdrawal: Withdrawal, user) -> None:
    """Withdraw a page's item by a person's decision, whether the page is live or withheld.

    What is withdrawn for good leaves the reviewers' desks as well: it can't be approved again.
    """
    lock_head()  # before the page's own row
    state = page.current_workflow_state
    if state is not None and withdrawal.kind == Release.Kind.CANCELED:
        state.cancel(user=user)
    if page.live:
        page.withdraw(withdrawal, user)
    else:
        with LogContext(user=user):
            withdraw_item(uuid=page.uuid, withdrawal=withdrawal)


def renditions(content: dict) -> dict[str, list[dict]]:
    wanted = {picture["uuid"] for picture in content["pictures"]}
    if not wanted:
        return {}
    found = Picture.objects.filter(uuid__in=wanted).prefetch_related("renditions")
    said = {picture["uuid"]: notes(picture) for picture in content["pictures"]}
    return {
        str(picture.uuid): press_renditions(picture, said[str(picture.uuid)]) for picture in found
    }


def _free_paths(pages: list) -> list[tuple[ModeratedPage, str]]:
    """Each page with an address that no item ever had."""

    def taken(names: list[str]) -> set[tuple[str, str]]:
        prefixes = {PREFIX[page.item_type] for page in pages}
        wanted = {f"{prefix}{name}/": (prefix, name) for prefix in prefixes for name in names}
        found = set(Item.objects.at(*wanted).values_list("path", flat=True))
        return {scope for path, scope in wanted.items() if found & {path, hidden_path(path)}}

    names = slugs.free(((PREFIX[page.item_type], page.slug) for page in pages), taken)
    return [
        (page, f"{PREFIX[page.item_type]}{name}/") for page, name in zip(pages, names, strict=True)
    ]


def told(uuids: list[str]) -> list[dict]:
    """The public exemplars of a story, in its order, as they were last released."""
    if not uuids:
        return []
    found = {str(item.uuid): item for item in Item.objects.public().filter(pk__in=uuids)}
    return [
        {
            "uuid": uuid,
            "title": found[uuid].current.data["title"],
            "href": found[uuid].path,
            "exemplar_kind": found[uuid].current.data["exemplar_kind"],
        }
        for uuid in uuids
        if uuid in found
    ]


def _mention(item: Item, targets: list[str]) -> None:
    item.mentions.exclude(target__in=targets).delete()
    Mention.objects.bulk_create(
        [Mention(story=item, target=target) for target in dict.fromkeys(targets)],
        ignore_conflicts=True,
    )


def _release_pictures(
    story: Item, ready: Approved, files: dict, head: LedgerHead, sent: dict[UUID, int]
) -> None:
    """Each picture is an item of its own; one that a correction drops is withheld."""
    content, approval = ready.content, ready.approval
    items = {
        str(item.uuid): item for item in Item.objects.select_related("current").filter(pk__in=files)
    }
    allowed = consent.picture_purposes(content["pictures"])
    elsewhere = _elsewhere(story, list(files))
    for picture in content["pictures"]:
        uuid = picture["uuid"]
        item = items.get(uuid)
        if item is None:
            item = Item(uuid=UUID(uuid), type=Item.Type.PICTURE, path=f"/anh/{uuid}/")
            item.is_news, item.date = story.is_news, story.date
            item.version = sent.get(item.uuid, 0)
        elif item.kind == Release.Kind.CANCELED:
            raise _not_again(picture["title"])
        public = {key: value for key, value in picture.items() if key not in payloads.PRIVATE}
        sha256 = contents.sha256(public)
        purposes = {"purposes": allowed[uuid]}
        if not (item.is_public and _same_picture(item.current, sha256, allowed[uuid])):
            append(
                item=item,
                kind=Release.Kind.CORRECTION if item.is_public else Release.Kind.USABLE,
                body=payloads.with_files(public, files) | {"of": [str(story.uuid)]} | purposes,
                sha256=sha256,
                approval=approval,
                note="",
                head=head,
            )
        names = [str(file["file"]) for file in files[uuid]]
        open_files(picture=item.uuid, names=names, still=elsewhere[uuid])
    dropped = story.mentions.exclude(target__in=files).values_list("target", flat=True)
    reason = _("Ảnh không còn dùng trong bài.")
    gone = Withdrawal(Release.Kind.WITHHELD, reason, Release.Reason.END)
    _withdraw_pictures(story, list(dropped), gone, head)


def _elsewhere(story: Item, pictures: list) -> dict[str, frozenset[str]]:
    """The addresses of each picture's files in what is public besides this story.

    That is in other stories, and in the picture's own item, which names one story's files.
    """
    found: dict[str, set[str]] = {str(uuid): set() for uuid in pictures}
    shown = Mention.objects.filter(target__in=pictures, story__kind__in=Release.PUBLIC)
    others = {m.story for m in shown.exclude(story=story).select_related("story__current")}
    for item in others:
        for picture in item.current.data["pictures"]:
            if picture["uuid"] in found:
                found[picture["uuid"]].update(one["href"] for one in picture["renditions"])
    if others:
        for item in Item.objects.public().filter(pk__in=pictures, type=Item.Type.PICTURE):
            found[str(item.uuid)].update(one["href"] for one in item.current.data["renditions"])
    return {uuid: frozenset(hrefs) for uuid, hrefs in found.items()}


def _same_picture(current: Release, sha256: str, purposes: list[str]) -> bool:
    """Whether just this is public, for just these purposes (all, for those of before)."""
    return current.sha256 == sha256 and current.data.get("purposes", EVERYWHERE) == purposes


def _withdraw_pictures(
    story: Item, targets: list[UUID], withdrawal: Withdrawal, head: LedgerHead
) -> list[Release]:
    """Those of the targets that are pictures which no other public item shows."""
    still_shown = set(
        Mention.objects.filter(target__in=targets, story__kind__in=Release.PUBLIC)
        .exclude(story=story)
        .values_list("target", flat=True)
    )
    for uuid, hrefs in _elsewhere(story, list(still_shown)).items():
        narrow_files(picture=UUID(uuid), still=hrefs)
    pictures = Item.objects.select_related("current").filter(
        pk__in=set(targets) - still_shown, type=Item.Type.PICTURE
    )
    releases = [withdraw_picture(item, withdrawal, head) for item in pictures]
    return [release for release in releases if release is not None]


def withdraw_picture(item: Item, withdrawal: Withdrawal, head: LedgerHead) -> Release | None:
    """Close its files, whatever it is; None where it was withdrawn in this way before."""
    close_files(picture=item.uuid)
    if item.kind in (withdrawal.kind, Release.Kind.CANCELED):
        return None
    return _append_withdrawal(item, withdrawal, head)


def _append_withdrawal(item: Item, withdrawal: Withdrawal, head: LedgerHead) -> Release:
    return append(
        item=item,
        kind=withdrawal.kind,
        body=None,
        sha256=item.current.sha256,
        approval=None,
        note=withdrawal.reason,
        reason=withdrawal.reason_code,
        head=head,
    )
