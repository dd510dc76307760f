"""Bundles: who may do what, what may be in one, and what an approval of a bundle asks."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.roles import BOARD
from stories import factories
from stories.moderation import bundles, claims, deputies, emergency, reminders
from stories.moderation.bundle_release import Unreleasable
from stories.moderation.models import Approval, Bundle, BundleItem, ReviewState
from stories.moderation.tests import bundling
from stories.releases.models import Item
from stories.units.models import Unit

pytestmark = pytest.mark.django_db
Status = Bundle.Status


@pytest.fixture
def people(people):
    """With a deputy of Ban Tuyên giáo, and one of the board who wrote in the text."""
    deputy = factories.user("thay", Unit.objects.get(code=factories.VIET_TRI).editors)
    today = timezone.localdate()
    deputies.name_deputy(
        holder=people["board2"], person=deputy, unit=None, starts=today, ends=today
    )
    return people | {"deputy": deputy, "author": factories.user("tuyengiao.viet", BOARD)}


@pytest.fixture
def page(people):
    page = factories.story(people["editor"])
    page.lead = "Sa-pô do một người của Ban sửa."
    page.save_revision(user=people["author"])
    return bundling.to_board(type(page).objects.get(pk=page.pk), people)


def create(people, page, user):
    bundles.create(user=user, title="Chùm", pages=[page])
    return BundleItem.objects.filter(item=page.uuid).exists()


def change(people, page, user):
    made = bundling.bundle(people, page)
    bundles.change(bundle=made, user=user, title="Tên khác", note="", release_at=None)
    return bundling.reload(made).title == "Tên khác"


def add(people, page, user):
    made = bundling.bundle(people)
    bundles.add(bundle=made, user=user, pages=[page])
    return made.items.exists()


def remove(people, page, user):
    made = bundling.bundle(people, page)
    bundles.remove(bundle=made, user=user, item_id=made.items.get().pk)
    return not made.items.exists()


def approve(people, page, user):
    return bundling.approve(bundling.bundle(people, page), user, page).status == Status.RELEASED


def approve_for_a_time(people, page, user):
    made = bundling.bundle(people, page, release_at=bundling.soon())
    return bundling.approve(made, user, page).status == Status.APPROVED


def reopen(people, page, user):
    made = bundling.scheduled(people, page)
    bundles.reopen(bundle=made, user=user)
    return bundling.reload(made).status == Status.PREPARING


def cancel(people, page, user):
    made = bundling.scheduled(people, page)
    bundles.cancel(bundle=made, user=user)
    return bundling.reload(made).status == Status.CANCELED


ON_BOARD = {"board", "board2", "deputy", "author"}
ACTIONS = {
    create: ON_BOARD,
    change: ON_BOARD,
    add: ON_BOARD,
    remove: ON_BOARD,
    approve: ON_BOARD - {"author"},
    approve_for_a_time: ON_BOARD - {"author"},
    reopen: ON_BOARD,
    cancel: ON_BOARD,
}
ROLES = [
    "editor",
    "reviewer",
    "other_editor",
    "other_reviewer",
    "province_reviewer",
    "admin",
    *sorted(ON_BOARD),
]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_who_may_do_what_with_a_bundle(people, page, action) -> None:
    for role in ROLES:
        with transaction.atomic():
            done = False
            with suppress(PermissionDenied), transaction.atomic():
                done = action(people, page, people[role])
            assert done is (role in ACTIONS[action]), role
            released = done and action is approve
            assert Item.objects.public().exists() is Approval.objects.exists() is released, role
            transaction.set_rollback(True)


def test_a_text_is_in_one_open_bundle_and_may_go_to_another_when_that_is_over(people, page) -> None:
    first, second = bundling.bundle(people, page), bundling.bundle(people, title="Chùm khác")
    with pytest.raises(bundles.Refused, match="đã nằm trong chùm “Chùm 8/3”"):
        bundles.add(bundle=second, user=people["board"], pages=[page])
    bundles.add(bundle=first, user=people["board"], pages=[page])  # has it already
    assert first.items.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        BundleItem.objects.create(bundle=second, page=page, item=page.uuid, title=page.title)
    bundles.cancel(bundle=first, user=people["board"])
    bundles.add(bundle=second, user=people["board"], pages=[page])
    assert second.items.get().item == page.uuid


def test_a_draft_at_an_earlier_step_may_be_added_and_holds_the_approval_up(people, page) -> None:
    early = factories.submit(
        factories.story(people["editor"], title="Còn ở đơn vị"), people["editor"]
    )
    draft = factories.story(people["editor"], title="Chưa gửi")
    made = bundling.bundle(people, page, early, draft)
    chosen = [bundling.choice(page), bundling.choice(early)]
    with pytest.raises(Unreleasable) as refusal:
        bundling.approve(made, people["board"], chosen=chosen)
    assert "“Còn ở đơn vị”: Bài chưa đến bước Ban Tuyên giáo" in str(refusal.value)
    assert "“Chưa gửi”: Bài chưa đến bước" in str(refusal.value)
    assert page.title not in str(refusal.value)
    assert not Approval.objects.exists()


def test_what_is_out_already_has_nothing_to_release(people) -> None:
    done = factories.publish(factories.story(people["editor"]), people)
    with pytest.raises(bundles.Refused, match="đã đăng"):
        bundling.bundle(people, done)
    assert not Bundle.objects.exists()


def test_a_bundle_has_an_end(people, monkeypatch) -> None:
    monkeypatch.setattr(bundles, "MOST", 1)
    pages = [factories.story(people["editor"], title=title) for title in "AB"]
    with pytest.raises(bundles.Refused, match="nhiều nhất 1 bài"):
        bundling.bundle(people, *pages)


@pytest.mark.parametrize("release_at", [None, bundling.soon()])
def test_an_empty_bundle_is_not_approved(people, release_at) -> None:
    made = bundling.bundle(people, release_at=release_at)
    with pytest.raises(bundles.Refused, match="chưa có bài nào"):
        bundling.approve(made, people["board"])


def test_a_time_that_is_past_is_refused_with_what_to_do(people, page) -> None:
    past = timezone.now() - timedelta(minutes=1)
    with pytest.raises(bundles.Refused, match="bỏ trống để đăng ngay"):
        bundling.bundle(people, page, release_at=past)
    made = bundling.bundle(people, page, release_at=bundling.soon())
    Bundle.objects.filter(pk=made.pk).update(release_at=past)
    with pytest.raises(bundles.Refused, match="Giờ đăng đã qua"):
        bundling.approve(bundling.reload(made), people["board"], page)
    assert bundling.reload(made).status == Status.PREPARING


def test_a_time_changed_by_a_colleague_since_it_was_shown_is_refused(people, page) -> None:
    shown = bundling.bundle(people, page, release_at=bundling.soon())
    told = {"title": shown.title, "note": "", "release_at": None}
    bundles.change(bundle=shown, user=people["board2"], **told)
    with pytest.raises(bundles.Refused, match="vừa được sửa"):
        bundling.approve(shown, people["board"], page)
    assert not Approval.objects.exists()


STOPS = {
    "another text than shown": ({"sha256": "0" * 64}, "vừa được sửa"),
    "no text named": ({"sha256": ""}, "vừa được sửa"),
    "another revision": ({"revision_id": "1"}, "vừa được sửa"),
    "no revision": ({"revision_id": ""}, "vừa được sửa"),
    "a warning not ticked": ({"accepted": []}, "Chưa phê duyệt được"),
    "no such review": ({"state_id": 0}, "chưa đến bước"),
}


@pytest.mark.parametrize("hours", [None, 2])
@pytest.mark.parametrize("stop", STOPS)
def test_one_text_that_is_not_as_shown_stops_all(people, page, stop, hours) -> None:
    other = bundling.at_board(people, "Bài tốt")
    made = bundling.bundle(people, other, page, release_at=hours and bundling.soon(hours))
    wrong, why = STOPS[stop]
    chosen = [bundling.choice(other), bundling.choice(page, **wrong)]
    with pytest.raises(Unreleasable, match=why) as refusal:
        bundling.approve(made, people["board"], chosen=chosen)
    assert list(refusal.value.reasons) == [made.items.get(item=page.uuid).pk]
    assert bundling.reload(made).status == Status.PREPARING
    assert not Approval.objects.exists()
    assert not Item.objects.exists()


def test_a_red_problem_stops_all(people) -> None:
    good, bare = bundling.at_board(people, "Đủ"), bundling.at_board(people, "Thiếu", lead="")
    for release_at in (None, bundling.soon()):
        made = bundling.bundle(people, good, bare, release_at=release_at)
        with pytest.raises(Unreleasable, match=r"“Thiếu”: Chưa phê duyệt được\. .*sa-pô"):
            bundling.approve(made, people["board"], good, bare)
        bundles.cancel(bundle=made, user=people["board"])


def test_a_colleagues_claim_needs_a_tick(people, page) -> None:
    state = ReviewState.objects.get(pk=page.current_workflow_task_state.pk)
    claims.take(state=state, user=people["board2"])
    made = bundling.bundle(people, page)
    with pytest.raises(Unreleasable, match="đang duyệt bài này"):
        bundling.approve(made, people["board"], page)
    chosen = [bundling.choice(page, over_claim=True)]
    assert bundling.approve(made, people["board"], chosen=chosen).status == Status.RELEASED


def test_approved_for_a_time_keeps_each_text_and_tick_and_records_no_approval(people, page) -> None:
    made = bundling.scheduled(people, page)
    item = made.items.get()
    assert item.sha256 == page.get_latest_revision_as_object().content_sha256()
    assert item.accepted == factories.ambers(page) != []
    assert (made.approved_by, item.revision_id) == (people["board"], page.latest_revision_id)
    assert not Approval.objects.exists()
    assert not Item.objects.exists()
    assert type(page).objects.get(pk=page.pk).current_workflow_task_state.status == "in_progress"


def test_an_approved_bundle_is_not_changed_or_approved_again(people, page) -> None:
    made = bundling.scheduled(people, page)
    other = bundling.at_board(people, "Thêm sau")
    told = {"title": "Khác", "note": "", "release_at": None}
    for act in (
        lambda: bundles.change(bundle=made, user=people["board"], **told),
        lambda: bundles.add(bundle=made, user=people["board"], pages=[other]),
        lambda: bundling.approve(made, people["board2"], page),
    ):
        with pytest.raises(bundles.Refused, match="Đã duyệt, chờ đến giờ đăng"):
            act()


def test_reopening_forgets_what_was_approved(people, page) -> None:
    made = bundling.scheduled(people, page)
    bundles.reopen(bundle=made, user=people["board2"])
    item = made.items.get()
    assert (item.review, item.revision_id, item.sha256, item.accepted) == (None, None, "", [])
    assert bundling.reload(made).approved_by is None
    assert factories.act(page, people["board2"]).live


def test_taking_a_text_out_of_an_approved_bundle_frees_it_and_stops_the_rest(people, page) -> None:
    other = bundling.at_board(people, "Ở lại")
    made = bundling.scheduled(people, page, other)
    bundles.remove(bundle=made, user=people["board2"], item_id=made.items.get(item=page.uuid).pk)
    made = bundling.reload(made)
    assert made.status == Status.NEEDS_ATTENTION
    assert page.title in made.why
    assert factories.act(page, people["board2"]).live


def test_a_database_without_approver_or_time_does_not_call_it_approved(people, page) -> None:
    made = bundling.bundle(people, page)
    for values in ({"release_at": bundling.soon()}, {"approved_by": people["board"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bundle.objects.filter(pk=made.pk).update(status=Status.APPROVED, **values)


def test_a_text_in_an_approved_bundle_is_not_released_in_an_emergency(people, page) -> None:
    request = emergency.ask(page=page, user=people["board"], reason="Không chờ được.")
    made = bundling.scheduled(people, page)
    said = {"request": request, "user": people["board2"], "accepted": factories.ambers(page)}
    with pytest.raises(PermissionDenied, match="chùm bài “Chùm 8/3”, sẽ đăng lúc"):
        emergency.confirm(**said)
    assert not Approval.objects.exists()
    bundles.cancel(bundle=made, user=people["board"])
    assert emergency.confirm(**said).route == Approval.Route.EMERGENCY


def test_nobody_is_reminded_of_what_waits_for_its_time(people, page) -> None:
    ReviewState.objects.update(started_at=timezone.now() - timedelta(days=20))
    assert [late.page.pk for late in reminders.overdue()] == [page.pk]
    made = bundling.scheduled(people, page)
    assert reminders.overdue() == []
    bundles.reopen(bundle=made, user=people["board"])
    assert [late.page.pk for late in reminders.overdue()] == [page.pk]


def test_each_act_is_on_record(people, page) -> None:
    made = bundling.scheduled(people, page)
    bundles.remove(bundle=made, user=people["board2"], item_id=made.items.get().pk)
    bundles.cancel(bundle=made, user=people["board"])
    now = bundling.bundle(people, page, title="Ngay")
    bundling.approve(now, people["board2"], page)
    found = AuditEntry.objects.filter(action__startswith="bundle_").order_by("seq")
    assert [(entry.action, entry.target, entry.actor) for entry in found] == [
        ("bundle_created", f"bundle:{made.pk}", "tuyengiao"),
        ("bundle_approved", f"bundle:{made.pk}", "tuyengiao"),
        ("bundle_failed", f"bundle:{made.pk}", "tuyengiao2"),
        ("bundle_canceled", f"bundle:{made.pk}", "tuyengiao"),
        ("bundle_created", f"bundle:{now.pk}", "tuyengiao"),
        ("bundle_approved", f"bundle:{now.pk}", "tuyengiao2"),
        ("bundle_released", f"bundle:{now.pk}", "tuyengiao2"),
    ]
