"""Back-filling: an archive file, line by line, into pages and the ledger.

```mermaid
flowchart LR
  L[line] -->|parse| V{valid?} -->|no| R[reported]
  V -->|new id| D(draft) --> A(approval, route import) --> P(published, released)
  V -->|same as imported| U[unchanged]
  V -->|changed| K(correction: new approval)
  V -->|withdrawn, or edited here| R
```
A chunk of lines is one transaction: what is interrupted leaves whole chunks, and running again goes
on from there. When a chunk fails, its lines are tried one by one, so that only the bad one is lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import BinaryIO
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction

from accounts.models import User
from stories.moderation import services as moderation
from stories.moderation.models import Approval
from stories.moderation.permissions import on_board
from stories.pages.models import StoryPage
from stories.pages.models.exemplar import Tag
from stories.pages.models.story import StoryTag
from stories.pages.services import bulk, sections
from stories.releases import statistics
from stories.releases.importing.lines import Line, LineError, Vocabulary, parse, raw_lines
from stories.releases.ledger import lock_head
from stories.releases.models import Item, Release

CHUNK = 200
NAMESPACE = UUID("b3a6f2b4-9d0c-5b7e-8a56-0c6f3a1d2e90")  # of the ids made from a line's id
CORRECTION_NOTE = "Cập nhật từ kho nhập"
OF_A_LINE = (ValidationError, PermissionDenied, IntegrityError, DataError)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was left out, and why (Vietnamese)."""

    number: int
    source_id: str
    field: str
    why: str


@dataclass(slots=True)
class Summary:
    """What a run did; times in seconds."""

    read: int = 0
    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    bad: int = 0
    cleaned: int = 0
    images: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Lines a second since the start."""
        return self.read / max(self.seconds, 0.001)


@dataclass(slots=True)
class Plan:
    """What a chunk comes to; pages are built but not saved."""

    new: list[StoryPage] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    unchanged: int = 0
    bad: list[BadLine] = field(default_factory=list)


def run(
    stream: BinaryIO,
    *,
    user: User,
    dry_run: bool = False,
    on_bad: Callable[[BadLine], None] = lambda bad: None,
    on_chunk: Callable[[Summary], None] = lambda summary: None,
    summary: Summary | None = None,
) -> Summary:
    """Import every good line, approved by `user`, tell of each bad one; write none in a dry run.

    Raises PermissionDenied unless the user is an active member of Ban Tuyên giáo; errors of the
    database itself pass through, with the current chunk rolled back.
    """
    if not on_board(user):
        raise PermissionDenied(_("“%(user)s” không thuộc Ban Tuyên giáo.") % {"user": user})
    summary = summary or Summary()
    job = _Job(user, dry_run, on_bad, summary)
    lines = job.lines(stream)
    while chunk := list(islice(lines, CHUNK)):
        job.take([line for line in chunk if line])
        on_chunk(summary)
    if not dry_run:
        statistics.refresh()
    return summary


@dataclass(slots=True)
class _Job:
    user: User
    dry_run: bool
    on_bad: Callable[[BadLine], None]
    summary: Summary
    seen: dict[str, int] = field(default_factory=dict)  # id → line

    def lines(self, stream: BinaryIO) -> Iterator[Line | None]:
        """Each line that isn't blank: parsed, or None when it was reported as bad."""
        words = Vocabulary()
        for number, raw in raw_lines(stream):
            self.summary.read += 1
            try:
                if isinstance(raw, LineError):
                    raise raw
                line = parse(number, raw, words)
                self._once(line)
            except LineError as error:
                self.report([BadLine(number, error.source_id, error.field, error.why)])
                yield None
            else:
                self._count(line)
                yield line

    def _once(self, line: Line) -> None:
        first = self.seen.setdefault(line.source_id, line.number)
        if first != line.number:
            raise LineError(
                _("Trùng mã với dòng %(line)d.") % {"line": first},
                field="id",
                source_id=line.source_id,
            )

    def _count(self, line: Line) -> None:
        self.summary.cleaned += line.body.cleaned
        self.summary.images += line.body.images
        for name in line.unknown:
            self.summary.unknown[name] = self.summary.unknown.get(name, 0) + 1

    def report(self, bad: Iterable[BadLine]) -> None:
        for line in bad:
            self.summary.bad += 1
            self.on_bad(line)

    def take(self, lines: list[Line]) -> None:
        """Save the lines in one transaction; line by line when that fails."""
        try:
            done = plan(lines) if self.dry_run else save(lines, self.user)
        except OF_A_LINE as error:
            if len(lines) > 1:
                for line in lines:
                    self.take([line])
                return
            done = Plan(bad=[BadLine(lines[0].number, lines[0].source_id, "", _reason(error))])
        self.summary.new += len(done.new)
        self.summary.corrected += len(done.changed)
        self.summary.unchanged += done.unchanged
        self.report(done.bad)


def _reason(error: Exception) -> str:
    match error:
        case ValidationError():
            return " ".join(error.messages)
        case IntegrityError() | DataError():
            return _("Cơ sở dữ liệu không nhận: %(error)s") % {"error": error}
    return str(error)


@transaction.atomic
def save(lines: list[Line], user: User) -> Plan:
    """Write a chunk: new stories all at once, corrections one by one the usual way."""
    lock_head()  # one import after another, and no change between the look and the write
    planned = plan(lines, saving=True)
    bulk.add_drafts(planned.new)
    moderation.approve_all(pages=planned.new, user=user, route=Approval.Route.IMPORT)
    bulk.publish(planned.new, user)
    for line in list(planned.changed):
        try:
            with transaction.atomic():
                _correct(line, user)
        except (*OF_A_LINE, LineError) as error:
            planned.changed.remove(line)
            planned.bad.append(BadLine(line.number, line.source_id, "", _reason(error)))
    return planned


def plan(lines: list[Line], *, saving: bool = False) -> Plan:
    """Tell new, changed and unchanged lines apart, and those whose story may not be touched."""
    ids = [line.source_id for line in lines]
    items = Item.objects.in_bulk(ids, field_name="source_id")
    imported = {
        release.item_id: release
        for release in Release.objects.filter(
            item__source_id__in=ids, approval__route=Approval.Route.IMPORT
        )
        .defer("payload")
        .order_by("seq")
    }
    tags = _tags(lines, saving=saving)
    planned = Plan()
    for line in lines:
        item = items.get(line.source_id)
        if item is None:
            uuid = uuid5(NAMESPACE, line.source_id)
            page = StoryPage(uuid=uuid, source_id=line.source_id, is_news=False, campaigns=[])
            planned.new.append(_fill(page, line, tags))
        elif why := _closed(item):
            planned.bad.append(BadLine(line.number, line.source_id, "id", why))
        elif _same(line, item, imported.get(item.uuid), tags):
            planned.unchanged += 1
        elif item.uuid not in imported or imported[item.uuid].seq != item.current_id:
            why = _("Bài đã được sửa tại đây sau khi nhập, không ghi đè.")
            planned.bad.append(BadLine(line.number, line.source_id, "", why))
        else:
            planned.changed.append(line)
    return planned


def _closed(item: Item) -> str:
    if item.kind == Release.Kind.CANCELED:
        return _("Bài đã thu hồi, không nhập lại được.")
    if item.kind == Release.Kind.WITHHELD:
        return _("Bài đang tạm gỡ, không nhập lại được.")
    return ""


def _same(line: Line, item: Item, last: Release | None, tags: dict[str, Tag]) -> bool:
    """Whether the line says just what it said when it was last imported."""
    if last is None:
        return False
    page = StoryPage(
        uuid=item.uuid, source_id=item.source_id, correction_note=last.note, campaigns=[]
    )
    _fill(page, line, tags)
    if line.date is None:
        page.date = item.date
        if last.seq != item.current_id:
            page.date = date.fromisoformat(last.data["date"])
    return page.content_sha256() == last.sha256


def _fill(page: StoryPage, line: Line, tags: dict[str, Tag]) -> StoryPage:
    page.title, page.lead, page.body = line.title, line.lead, line.body.blocks
    page.unit, page.byline, page.kind = line.unit, line.byline, line.kind
    page.group, page.contents = line.group, list(line.contents)
    page.date = line.date or (page.date if page.pk else timezone.localdate())
    page.tagged_items = [StoryTag(tag=tags[name]) for name in line.tags]
    return page


def _tags(lines: list[Line], *, saving: bool) -> dict[str, Tag]:
    """Tags by name; those that are missing are made when saving."""
    names = list(dict.fromkeys(name for line in lines for name in line.tags))
    found = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    for name in names:
        if name not in found:
            found[name] = Tag(name=name)
            if saving:
                found[name].save()
    return found


def _correct(line: Line, user: User) -> None:
    """A new revision, approved and published, of a story that nobody is working on."""
    page = StoryPage.objects.get(source_id=line.source_id)
    if page.has_unpublished_changes:
        raise LineError(_("Bài đang có bản sửa chưa đăng, không ghi đè."))
    if page.unit_id != line.unit.pk:
        section = sections.ensure_section(line.unit)
        MovePageAction(page, section, pos="last-child", user=user).execute(
            skip_permission_checks=True
        )
        page = StoryPage.objects.get(pk=page.pk)
    _fill(page, line, _tags([line], saving=True))
    page.correction_note = CORRECTION_NOTE
    revision = page.save_revision(log_action=True)
    moderation.approve(
        page=revision.as_object(),
        user=user,
        route=Approval.Route.IMPORT,
        note=CORRECTION_NOTE,
    )
    revision.publish(user=user, skip_permission_checks=True)
