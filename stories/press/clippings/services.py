"""Writes: a clipping recorded, changed or removed; its page looked at; content forgotten."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit.actions import Action
from accounts.audit.services import record
from media.storing import remove
from stories.press.clippings import comparing, reading
from stories.press.models import ClippingCheck, PressClient, PressClipping, PressPerson
from stories.press.outgoing import fetcher
from stories.press.outgoing.fetcher import Fetched
from stories.releases.models import Release

Outcome = ClippingCheck.Outcome
AGAIN = timedelta(minutes=1)  # before the same page is looked at once more
AT_ONCE = timedelta(seconds=20)  # for as long one look keeps others waiting: it holds a worker
FIELDS = (
    *("item", "version", "medium", "published_on", "place", "url"),
    *("source_credit", "picture_credit", "note"),
)


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who does it: someone of the staff, or a person of the press."""

    user: Any = None
    person: PressPerson | None = None

    @property
    def name(self) -> str:
        return str(self.user or self.person)[:200]


class NotNow(Exception):
    """The page can't be looked at now; the message says why, in Vietnamese."""


@transaction.atomic
def record_clipping(
    *, client: PressClient, values: Mapping[str, Any], scan: File | None, by: Recorder
) -> PressClipping:
    """`values` are FIELDS; `scan` comes from `media.intake.scans`."""
    made = PressClipping(
        client=client, recorded_by=by.user, person=by.person, recorded_name=by.name
    )
    for field in FIELDS:
        setattr(made, field, values[field])
    _keep(made, scan)
    made.save()
    data = {"client": client.name, "version": made.version, "who": by.name}
    _on_record(Action.CLIPPING_RECORDED, made, by.user, data | {"sha256": made.scan_sha256})
    return made


@transaction.atomic
def change_clipping(
    *, clipping: PressClipping, values: Mapping[str, Any], scan: File | None, by: Recorder
) -> PressClipping:
    """What is on record is which fields changed, never what they said. A new scan replaces one."""
    clipping = PressClipping.objects.select_for_update(of=("self",)).get(pk=clipping.pk)
    changed = [field for field in FIELDS if getattr(clipping, field) != values[field]]
    for field in changed:
        setattr(clipping, field, values[field])
    if "url" in changed:
        clipping.last_check = None
        clipping.checks.all().delete()  # they were of another page; the audit trail has them
    old = clipping.scan.name if scan is not None else ""
    _keep(clipping, scan)
    if not changed and scan is None:
        return clipping
    clipping.save()
    if old:
        _remove_after_commit(clipping, old)
    data = {"changed": sorted([*changed, *(["scan"] if scan is not None else [])])}
    data |= {"client": clipping.client.name, "who": by.name}
    _on_record(Action.CLIPPING_CHANGED, clipping, by.user, data)
    return clipping


@transaction.atomic
def delete_clipping(*, clipping: PressClipping, user) -> None:
    """It was recorded by mistake."""
    _on_record(Action.CLIPPING_DELETED, clipping, user, {"client": clipping.client.name})
    name = clipping.scan.name
    clipping.delete()
    if name:
        _remove_after_commit(clipping, name)


def _keep(clipping: PressClipping, scan: File | None) -> None:
    if scan is None:
        return
    scan.seek(0)
    clipping.scan_sha256 = hashlib.file_digest(scan, "sha256").hexdigest()
    scan.seek(0)
    clipping.scan.save(scan.name, scan, save=False)


def _remove_after_commit(clipping: PressClipping, name: str) -> None:
    storage = clipping.scan.storage
    transaction.on_commit(lambda: remove(storage, name))


def check_page(*, clipping: PressClipping, by: Recorder) -> ClippingCheck:
    """Have a look at the page, now, for the person who asked for it.

    Never called by a clock. Takes up to `fetcher.TOTAL` seconds, outside of any transaction.
    Raises NotNow.
    """
    check = _begin(clipping, by)
    try:
        page = fetcher.fetch(clipping.url)
    except Exception:
        ClippingCheck.objects.filter(pk=check.pk).update(outcome=Outcome.FAILED)
        raise
    _fill(check, page, clipping)
    with transaction.atomic():
        check.save()
        PressClipping.objects.filter(pk=clipping.pk, url=clipping.url).update(last_check=check)
        data = {"client": clipping.client.name, "outcome": check.outcome, "who": check.by_name}
        _on_record(Action.CLIPPING_CHECKED, clipping, by.user, data | {"sha256": check.sha256})
    return check


@transaction.atomic
def _begin(clipping: PressClipping, by: Recorder) -> ClippingCheck:
    if not clipping.url:
        raise NotNow(_("Bài này không ghi địa chỉ trang nên không có gì để mở."))
    locked = PressClipping.objects.select_for_update(of=("self",)).get(pk=clipping.pk)
    now = timezone.now()
    if locked.checks.filter(at__gt=now - AGAIN).exists():
        raise NotNow(_("Trang này vừa được kiểm tra. Mời chị/anh thử lại sau một phút."))
    running = ClippingCheck.objects.filter(outcome=Outcome.RUNNING, at__gt=now - AT_ONCE)
    if running.exists():
        raise NotNow(_("Đang có trang khác được kiểm tra. Mời chị/anh thử lại sau ít giây."))
    return ClippingCheck.objects.create(clipping=clipping, at=now, by=by.user, by_name=by.name)


def _fill(check: ClippingCheck, page: Fetched, clipping: PressClipping) -> None:
    check.status, check.error, check.host = page.status, page.error[:300], page.host[:253]
    if page.error:
        check.outcome = Outcome.GONE if page.is_gone else Outcome.FAILED
        return
    check.size, check.sha256 = len(page.body), hashlib.sha256(page.body).hexdigest()
    told = reading.read(page.body, page.charset)
    figures = comparing.compare(_released(clipping), told)
    check.title_found, check.overlap = figures.title_found, figures.overlap
    check.source_found = figures.source_found
    check.picture_credit_found = figures.picture_credit_found
    check.dated_on = told.dated_on
    check.outcome = _outcome(clipping, figures)


def _outcome(clipping: PressClipping, figures: comparing.Figures) -> str:
    """What isn't there was taken down only if it was there: a page may be drawn by scripts."""
    if figures.is_there:
        return Outcome.THERE
    was_there = clipping.checks.filter(outcome__in=(Outcome.THERE, Outcome.GONE)).exists()
    known = figures.overlap is not None
    return Outcome.GONE if known and figures.is_no_more and was_there else Outcome.ABSENT


def _released(clipping: PressClipping) -> dict[str, Any]:
    """What was released under the version that was used; a purged one has no text any more."""
    found = Release.objects.filter(item=clipping.item_id, version=clipping.version)
    release = found.filter(kind__in=Release.PUBLIC).first()
    return release.data if release else {"purged": True}


def _on_record(action: Action, clipping: PressClipping, user, data: dict) -> None:
    record(action=action, target=f"press_clipping:{clipping.pk}", actor=user, data=data)
