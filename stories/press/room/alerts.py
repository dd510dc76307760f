"""From the ledger to rows of who is to be told of what, topic by topic.

News only (back-filled items aren't), in a first release or in the first that the newsroom may
have; each item once to each person. What can't be matched just now is read again by a later round.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from stories.press import catalogue, entitlements
from stories.press.models import PressAlert, PressTopic
from stories.press.room.asking import READ, Question
from stories.releases import finding
from stories.releases import selectors as releases
from stories.releases.models import Release
from stories.releases.prepared import Utf8

BATCH = 200
MOST_FOUND = 300  # of the archive's results, newest first: what is new is among them
MORNING = time(6, 0)  # in Viet Nam, when the day's mails go out
Mode = PressTopic.Mode

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """A release that is current and may be told; `text` as stored."""

    seq: int
    item: str
    type: str
    kind: str
    text: bytes


def catch_up() -> None:
    """Read the ledger to its end for every topic that wants to hear."""
    head = releases.head()
    while behind := _behind(head):
        since = min(topic.seq for topic in behind)
        news, reached = _news(since, head)
        known: dict[str, set[int]] = {}
        done = [topic for topic in behind if _read(topic, news, reached, known)]
        if not done:
            return


def _behind(head: int) -> list[PressTopic]:
    found = PressTopic.objects.exclude(mode=Mode.NONE).filter(seq__lt=head, person__is_active=True)
    # At once before daily: of two topics that find the same, the quicker tells of it.
    return list(found.select_related("person__client").order_by("mode", "pk"))


def _news(since: int, head: int) -> tuple[list[News], int]:
    """The next batch, and how far the ledger was read for it."""
    current = Release.objects.filter(seq__gt=since, seq__lte=head, kind__in=Release.PUBLIC)
    current = current.filter(item__current=F("seq"), item__is_news=True, item__type__in=READ)
    columns = ("seq", "item", "item__type", "kind", Utf8("payload"))
    rows = list(current.order_by("seq").values_list(*columns)[:BATCH])
    news = [News(seq, str(item), type_, kind, bytes(t)) for seq, item, type_, kind, t in rows]
    return news, news[-1].seq if len(news) == BATCH else head


def _read(topic: PressTopic, news: list[News], reached: int, known: dict[str, set[int]]) -> bool:
    """Whether the topic is now as far as `reached`; `known` is what each kind of client had."""
    kind = topic.person.client.kind
    if kind not in known:
        corrected = {one.seq: one.text for one in news if one.kind != Release.Kind.USABLE}
        known[kind] = entitlements.had_before(kind, corrected)
    fresh = [
        one
        for one in news
        if one.seq > topic.seq
        and one.seq not in known[kind]
        and entitlements.may_have_text(kind, one.text)
    ]
    try:
        wanted = _matching(Question.stored(topic.query), fresh)
    except (finding.Away, catalogue.NotReady):
        logger.warning("Topic %s can't be matched just now", topic.pk)
        return False
    with transaction.atomic():
        PressAlert.objects.bulk_create(
            [
                PressAlert(
                    person_id=topic.person_id, topic=topic, item_id=item, due_at=_due(topic.mode)
                )
                for item in wanted
            ],
            ignore_conflicts=True,
        )
        PressTopic.objects.filter(pk=topic.pk, seq__lt=reached).update(seq=reached)
    return True


def _matching(question: Question, news: Iterable[News]) -> list[str]:
    """Those that the question finds, in the ledger's order."""
    items = [one.item for one in news if one.type in question.types]
    if not items or not (question.q or question.filters):
        return items
    if question.q:
        wanted = finding.Wanted(question.q, question.filters, newest=True)
        found = set(islice(finding.find(wanted).uuids, MOST_FOUND))
    else:
        catalogue.ensure_current(releases.head())
        found = set()
        for one in question.types:
            listed = catalogue.entries(one, question.filters).filter(item__in=items)
            found |= {str(uuid) for uuid in listed.values_list("item", flat=True)}
    return [item for item in items if item in found]


def _due(mode: str) -> datetime:
    now = timezone.localtime(timezone.now(), timezone.get_default_timezone())
    if mode != Mode.DAILY:
        return now
    today = now.replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
