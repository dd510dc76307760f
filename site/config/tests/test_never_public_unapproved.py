"""Whatever is done in whatever order, nothing is public without its approval.

Random sequences of what editors, reviewers, administrators and shells do; after each step the
ledger is read as a stranger would read it.
"""

from __future__ import annotations

import uuid
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Page

from config.tests import walls
from stories import factories
from stories.pages.models import StoryPage, Withdrawal
from stories.releases.models import Item, Release
from stories.releases.tests import archive

REFUSED = (PermissionDenied, ValidationError)
WORDS = ("nón lá", "chè xanh", "xoan Ghẹo", "mái trường", "bếp ấm")
WRITERS = ("author", "co-author", "board, co-author")
BOARD = ("board", "second board member", "board, co-author")
PEOPLE = (
    *WRITERS,
    "submitter",
    "other unit's editor",
    "unit reviewer",
    "province reviewer",
    "board",
    "second board member",
    "deputy of the board",
    "superuser",
)
person = st.sampled_from(PEOPLE)
number = st.sampled_from((0, 0, 0, 1, 2))
last = st.just(-1)  # what ends a page is done to the last one: the first lives on


class Desk(RuleBasedStateMachine):
    """Three pages at most, the first one public at the beginning; and what was ever withdrawn for good."""

    def __init__(self) -> None:
        super().__init__()
        self.canceled: set[uuid.UUID] = set()
        self.marks: dict[uuid.UUID, set[str]] = {}
        self.count = 0

    @initialize()
    def begin(self) -> None:
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.people = factories.cast()
        self.cast = walls.cast(self.people)
        published = factories.publish(factories.story(self.cast["author"]), self.people)
        self.pages = [published.pk, factories.story(self.cast["author"], slug="nhap").pk]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def page(self, number: int) -> StoryPage:
        return StoryPage.objects.get(pk=self.pages[number % len(self.pages)])

    def attempt(self, act, *args, **kwargs) -> None:
        """What a person may not do is refused, and undone as a request is."""
        with suppress(*REFUSED), transaction.atomic():
            act(*args, **kwargs)
        there = set(StoryPage.objects.filter(pk__in=self.pages).values_list("pk", flat=True))
        self.pages = [pk for pk in self.pages if pk in there]
        if not self.pages:
            self.pages = [factories.story(self.cast["author"]).pk]

    def keep(self, page) -> None:
        if len(self.pages) < 3:
            self.pages.append(page.pk)

    @rule(number=number, by=st.sampled_from(WRITERS))
    def edit(self, number, by) -> None:
        self.count += 1
        page = self.page(number).get_latest_revision_as_object()
        page.lead = mark = f"Bản {WORDS[self.count % len(WORDS)]} dấu{self.count}dấu."
        page.correction_note = f"Sửa lần {self.count}."
        self.marks.setdefault(page.uuid, set()).add(mark)
        self.attempt(page.save_revision, user=self.cast[by])

    @rule(number=number, by=person)
    def submit(self, number, by) -> None:
        page = self.page(number)
        if page.current_workflow_state is None:
            self.attempt(page.get_workflow().start, page, self.cast[by])
        elif page.current_workflow_state.status == "needs_changes":
            self.attempt(page.current_workflow_state.resume, self.cast[by])

    @rule(number=number, by=person)
    def approve(self, number, by) -> None:
        if self.page(number).workflow_in_progress:
            self.attempt(factories.act, self.page(number), self.cast[by])

    @rule(number=number, writer=st.sampled_from(WRITERS), by=st.sampled_from(BOARD) | person)
    def go_the_whole_way(self, number, writer, by) -> None:
        """A new text, as far as the rules let this person take it."""
        self.edit(number, writer)
        page = self.page(number)
        if page.current_workflow_state is not None:
            self.attempt(page.current_workflow_state.cancel, user=self.cast["author"])
        self.attempt(factories.submit, self.page(number), self.cast["submitter"])
        for reviewer in ("unit reviewer", by):
            if self.page(number).workflow_in_progress:
                self.attempt(factories.act, self.page(number), self.cast[reviewer])

    @rule(number=number, by=person)
    def send_back(self, number, by) -> None:
        if self.page(number).workflow_in_progress:
            words = {"reason": "facts", "comment": "Năm nào?"}
            self.attempt(factories.act, self.page(number), self.cast[by], "reject", **words)

    @rule(number=number, by=person)
    def leave_the_workflow(self, number, by) -> None:
        if (state := self.page(number).current_workflow_state) is not None:
            self.attempt(state.cancel, user=self.cast[by])

    @rule(number=last, kind=st.sampled_from(("canceled", "withheld")))
    def withdraw(self, number, kind) -> None:
        page = self.page(number)
        if page.live:
            self.attempt(page.withdraw, Withdrawal(kind, "Đang xem xét."), self.cast["board"])

    @rule(number=number)
    def publish_every_revision(self, number) -> None:
        for revision in self.page(number).revisions.order_by("-pk"):
            self.attempt(revision.publish, skip_permission_checks=True)

    @rule(number=number)
    def set_live(self, number) -> None:
        page = self.page(number).get_latest_revision_as_object()
        page.live = True
        self.attempt(page.save)

    @rule(number=number)
    def update_the_table(self, number) -> None:
        Page.objects.filter(pk=self.page(number).pk).update(live=True, title="Đổi thẳng")

    @rule(number=number)
    def save_for_bookkeeping(self, number) -> None:
        self.attempt(self.page(number).save)

    @rule(number=last)
    def unpublish(self, number) -> None:
        self.attempt(Page.objects.get(pk=self.page(number).pk).unpublish)

    @rule(number=number, live=st.booleans())
    def copy(self, number, live) -> None:
        self.count += 1
        slug = {"slug": f"sao-{self.count}"}
        self.attempt(
            lambda: self.keep(self.page(number).copy(update_attrs=slug, keep_live=live)),
        )

    @rule(number=number)
    def alias(self, number) -> None:
        self.attempt(self.page(number).create_alias, update_slug="bi-danh")

    @rule(number=last)
    def delete(self, number) -> None:
        self.attempt(self.page(number).delete)

    @rule(number=number, text=st.sampled_from(WORDS), by=person)
    def import_an_item(self, number, text, by) -> None:
        self.attempt(import_line, f"kho-{number}", f"Bài về {text}.", self.cast[by])

    @invariant()
    def what_is_public_was_approved_by_another(self) -> None:
        for item in Item.objects.public():
            assert item.current.sha256 == item.current.approval.sha256
            assert item.current.approval.item == item.uuid
            by = item.current.approval.approved_by
            assert by in {self.cast[role] for role in self.cast if "board" in role}
            assert by.pk not in authors_of(item), by

    @invariant()
    def what_was_canceled_stays_so(self) -> None:
        canceled = set(Item.objects.filter(kind="canceled").values_list("pk", flat=True))
        assert self.canceled <= canceled
        self.canceled = canceled
        for item in Item.objects.filter(kind="canceled").select_related("current"):
            assert not [
                mark for mark in self.marks.get(item.uuid, ()) if mark in item.current.payload
            ]
            assert item.current.approval is None
            assert not item.releases.filter(version__gt=item.version).exists()

    @invariant()
    def the_ledger_has_no_gap(self) -> None:
        seqs = list(Release.objects.values_list("seq", flat=True))
        assert seqs == list(range(1, len(seqs) + 1))
        for item in Item.objects.all():
            versions = list(item.releases.values_list("version", flat=True))
            assert versions == list(range(1, item.version + 1))

    @invariant()
    def no_approval_served_twice(self) -> None:
        used = Release.objects.exclude(approval=None).filter(item__type="story")
        approvals = list(used.values_list("approval", flat=True))
        assert len(approvals) == len(set(approvals))


def import_line(source_id: str, text: str, user) -> None:
    archive.load(user, archive.line(id=source_id, title=f"Kho {source_id}", body=text))


def authors_of(item: Item) -> set[int]:
    """Who wrote any of the text since the release before the current one."""
    page = StoryPage.objects.filter(uuid=item.uuid).first()
    revision = item.current.approval.revision_id
    if page is None or revision is None:
        return set()
    before = item.releases.filter(version__lt=item.version).exclude(approval=None).last()
    since = before.approval.revision_id if before else 0
    mine = page.revisions.filter(pk__gt=since or 0, pk__lte=revision)
    return set(mine.values_list("user_id", flat=True)) - {None}


def run(*, shrink: bool) -> None:
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_no_order_of_actions_makes_an_unapproved_text_public(people) -> None:
    run(shrink=True)


BROKEN = {
    "authors approve": ("stories.moderation.permissions.is_author", lambda page, user: False),
    "all are on the board": ("stories.moderation.permissions.on_board", lambda user: True),
    "an approval lasts": ("stories.releases.ledger._used", lambda approval, item: False),
}


@pytest.mark.django_db
@pytest.mark.parametrize("rule", BROKEN)
def test_the_random_desk_notices_a_broken_rule(people, monkeypatch, rule) -> None:
    monkeypatch.setattr(*BROKEN[rule])
    with pytest.raises(AssertionError):
        run(shrink=False)
