"""A bundle comes out as a whole or not at all: at once, or at its time with everything asked anew."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from accounts.audit import services as audit
from accounts.audit.models import AuditEntry
from accounts.roles import BOARD
from stories import factories
from stories.moderation import bundle_release, bundles, claims
from stories.moderation.bundle_release import Unreleasable, release_due
from stories.moderation.models import Approval, Bundle, BundleItem, ReviewState
from stories.moderation.tests import bundling
from stories.pages.models import StoryPage, Withdrawal
from stories.releases import selectors, services, signal_handlers
from stories.releases.models import Item, Release

pytestmark = pytest.mark.django_db
Status = Bundle.Status


def later(hours: int = 3):
    return timezone.now() + timedelta(hours=hours)


def titles() -> list[str]:
    """Of all that was ever released, in the ledger's order."""
    return [release.data["title"] for release in Release.objects.order_by("seq")]


def nothing_came_out(made: Bundle, status: str) -> None:
    assert bundling.reload(made).status == status
    assert not Item.objects.exists()
    assert not Approval.objects.exists()
    assert selectors.head() == 0
    assert not StoryPage.objects.live().exists()
    assert audit.verify().broken is None


@pytest.fixture
def told(people):
    """An exemplar and a story that tells of it, the story added first."""
    exemplar = bundling.exemplar_at_board(people)
    return bundling.at_board(people, "Bài kể", exemplars=[exemplar]), exemplar


@pytest.fixture
def pages(people):
    return [bundling.at_board(people, title) for title in ("Một", "Hai", "Ba")]


def faulty(monkeypatch, title: str, fault: Exception) -> None:
    """The release of the text of this title fails."""
    release_pages = services.release_pages

    def release(*, pages):
        released = release_pages(pages=pages)
        if pages[0].page.title == title:
            raise fault
        return released

    monkeypatch.setattr(signal_handlers.services, "release_pages", release)


def test_exemplars_come_out_first_so_that_stories_tell_of_them(people, told) -> None:
    made = bundling.bundle(people, *told)
    assert bundling.approve(made, people["board"], *told).status == Status.RELEASED
    assert titles() == ["Nguyễn Thị Lan", "Bài kể"]
    data = Item.objects.get(pk=told[0].uuid).current.data
    assert [exemplar["uuid"] for exemplar in data["exemplars"]] == [str(told[1].uuid)]
    assert set(Approval.objects.values_list("approved_by__username", "route")) == {
        ("tuyengiao", "workflow")
    }


FAULTS = [OSError("đĩa"), services.Refused("Sổ không nhận."), RuntimeError("bất ngờ")]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_at_the_last_text_leaves_nothing_public_and_no_gap(
    people, pages, monkeypatch, fault
) -> None:
    made = bundling.bundle(people, *pages)
    with monkeypatch.context() as patched:
        faulty(patched, "Ba", fault)
        with pytest.raises((Unreleasable, RuntimeError)) as refusal:
            bundling.approve(made, people["board"], *pages)
    if isinstance(refusal.value, Unreleasable):
        assert "“Ba”" in str(refusal.value)
        assert "“Một”" not in str(refusal.value)
    nothing_came_out(made, Status.PREPARING)
    bundling.approve(made, people["board"], *pages)
    assert list(Release.objects.values_list("seq", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_at_its_time_leaves_nothing_public_and_stops_no_other_bundle(
    people, pages, monkeypatch, fault
) -> None:
    made = bundling.scheduled(people, *pages)
    good = bundling.at_board(people, "Chùm tốt")
    other = bundling.scheduled(people, good, title="Chùm khác")
    faulty(monkeypatch, "Ba", fault)
    first, second = release_due(later())
    assert first.why
    assert (second.title, second.why) == ("Chùm khác", "")
    assert bundling.reload(made).status == Status.NEEDS_ATTENTION
    assert bundling.reload(other).status == Status.RELEASED
    assert titles() == ["Chùm tốt"]
    assert selectors.head() == 1
    whys = dict(made.items.values_list("title", "why"))
    assert whys["Một"] == whys["Hai"] == ""
    assert whys["Ba"] or bundling.reload(made).why
    assert audit.verify().broken is None


def test_a_busy_database_leaves_the_bundle_for_the_next_run(people, pages, monkeypatch) -> None:
    made = bundling.scheduled(people, *pages)
    with monkeypatch.context() as patched:
        faulty(patched, "Ba", OperationalError("database is locked"))
        assert release_due(later())[0].why
    nothing_came_out(made, Status.APPROVED)
    assert release_due(later())[0].why == ""
    assert bundling.reload(made).status == Status.RELEASED


def test_nothing_comes_out_before_its_time_and_all_when_a_run_is_late(people, told) -> None:
    made = bundling.scheduled(people, *told)
    assert release_due() == []
    assert release_due(made.release_at - timedelta(seconds=1)) == []
    nothing_came_out(made, Status.APPROVED)
    assert [outcome.why for outcome in release_due(later(24 * 30))] == [""]
    made = bundling.reload(made)
    assert made.status == Status.RELEASED
    assert titles() == ["Nguyễn Thị Lan", "Bài kể"]
    assert not made.items.filter(is_open=True).exists()
    approval = Approval.objects.get(item=told[0].uuid)
    assert approval.approved_by == people["board"]
    assert approval.accepted == made.items.get(item=told[0].uuid).accepted
    entry = AuditEntry.objects.get(action="bundle_released")
    assert (entry.target, entry.actor) == (f"bundle:{made.pk}", "tuyengiao")


def test_the_cron_command_releases_what_is_due_once(people, pages) -> None:
    due, waits = (
        bundling.scheduled(people, pages[0]),
        bundling.scheduled(people, pages[1], title="Sau"),
    )
    Bundle.objects.filter(pk=due.pk).update(release_at=later(-1))
    said = io.StringIO()
    call_command("publish_scheduled", dryrun=True, stdout=said)
    assert "Chùm 8/3" in said.getvalue()
    assert "Sau" not in said.getvalue()
    nothing_came_out(due, Status.APPROVED)
    for run in range(2):
        said = io.StringIO()
        call_command("publish_scheduled", stdout=said, stderr=said)
        assert ("Đã đăng chùm bài “Chùm 8/3”" in said.getvalue()) is (run == 0)
    assert titles() == ["Một"]
    assert bundling.reload(waits).status == Status.APPROVED


def edit(people, page):
    page.get_latest_revision_as_object().save_revision(user=people["editor"])


def give_back(people, page):
    said = {"reason": "facts", "comment": "Kiểm tra lại số liệu."}
    factories.act(page, people["board2"], "reject", **said)


def withdraw(people, page):
    page.current_workflow_state.cancel(user=people["editor"])


def end_the_workflow(people, page):
    page.get_workflow().deactivate()


def begin_the_step_anew(people, page):
    """As Wagtail does for a step: by the plain state, not by ours."""
    TaskState.objects.get(pk=page.current_workflow_task_state.pk).cancel(resume=True)


def delete(people, page):
    page.delete()


STOPPED_AT_ONCE = {
    edit: "sửa sau khi chùm được duyệt",
    give_back: "trả lại",
    withdraw: "rút khỏi quy trình",
    end_the_workflow: "rút khỏi quy trình",
    begin_the_step_anew: "sửa sau khi chùm được duyệt",
    delete: "xóa",
}


@pytest.mark.parametrize("act", STOPPED_AT_ONCE, ids=lambda act: act.__name__)
def test_a_text_that_changes_or_leaves_stops_its_bundle_at_once(
    people, pages, act, django_capture_on_commit_callbacks
) -> None:
    made = bundling.scheduled(people, *pages)
    with django_capture_on_commit_callbacks(execute=True):
        act(people, StoryPage.objects.get(pk=pages[1].pk))
    item = made.items.get(item=pages[1].uuid)
    assert STOPPED_AT_ONCE[act] in item.why != ""
    told = [one for one in mail.outbox if one.subject == "Chùm bài cần xem lại: Chùm 8/3"]
    assert {one.to[0] for one in told} == {"tuyengiao@example.vn", "tuyengiao2@example.vn"}
    assert f"- Hai: {item.why}" in told[0].body
    assert reverse("desk_bundle", args=[made.pk]) in told[0].body
    assert release_due(later()) == []
    assert bundling.reload(made).status == Status.NEEDS_ATTENTION
    assert not Item.objects.exists()


@pytest.mark.parametrize("code", ["suspension", "error"])
def test_taking_a_live_text_down_stops_the_bundle_of_its_correction(people, code) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    page.lead, page.correction_note = "Đã sửa.", "Sửa sa-pô."
    page.save_revision(user=people["editor"])
    page = bundling.to_board(StoryPage.objects.get(pk=page.pk), people)
    made = bundling.scheduled(people, page)
    withdrawal = Withdrawal.typed(code, "Đang xem xét.")
    services.withdraw(
        page=StoryPage.objects.get(pk=page.pk), withdrawal=withdrawal, user=people["board"]
    )
    assert bundling.reload(made).status == Status.NEEDS_ATTENTION
    assert release_due(later()) == []
    assert not Item.objects.public().exists()


def loses_office(people, page):
    people["board"].groups.clear()


def is_locked_out(people, page):
    people["board"].is_active = False
    people["board"].save()


def becomes_author(people, page):
    type(page).objects.filter(pk=page.pk).update(owner=people["board"])


def picture_changes(people, page):
    page.lead_picture.caption = "Chú thích khác."
    page.lead_picture.save()


def loses_its_ticks(people, page):
    BundleItem.objects.filter(item=page.uuid).update(accepted=[])


def review_ends_unseen(people, page):
    state = page.current_workflow_task_state
    ReviewState.objects.filter(pk=state.pk).update(status="rejected")


FOUND_AT_ITS_TIME = {
    loses_office: "không còn thuộc Ban Tuyên giáo",
    is_locked_out: "không còn thuộc Ban Tuyên giáo",
    becomes_author: "là người viết",
    picture_changes: "vừa được sửa",
    loses_its_ticks: "Chưa phê duyệt được",
    review_ends_unseen: "không còn chờ duyệt",
}


@pytest.mark.parametrize("change", FOUND_AT_ITS_TIME, ids=lambda change: change.__name__)
def test_everything_is_asked_anew_at_its_time(
    people, change, django_capture_on_commit_callbacks
) -> None:
    fine = bundling.at_board(people, "Không đổi")
    page = bundling.at_board(people, "Đổi", lead_picture=factories.picture())
    made = bundling.scheduled(people, fine, page)
    change(people, page)
    with django_capture_on_commit_callbacks(execute=True):
        outcome = release_due(later())[0]
    nothing_came_out(made, Status.NEEDS_ATTENTION)
    whys = dict(made.items.values_list("title", "why"))
    assert FOUND_AT_ITS_TIME[change] in whys["Đổi"]
    assert FOUND_AT_ITS_TIME[change] in outcome.why
    assert bool(whys["Không đổi"]) is ("office" in change.__name__ or "locked" in change.__name__)
    assert [one.subject for one in mail.outbox if "tuyengiao2" in one.to[0]] == [
        "Chùm bài cần xem lại: Chùm 8/3"
    ]
    assert release_due(later()) == []


def test_a_similar_text_released_meanwhile_is_a_new_warning_and_stops_it(people) -> None:
    same = (
        "Chị Lan giữ nghề nón lá của làng suốt ba mươi năm qua, ngày nào cũng ngồi bên khung từ "
        "sáng sớm đến khi tắt nắng. Năm nay chi hội mở thêm lớp dạy nghề, mười hai chị em trẻ đã "
        "theo học đều đặn, tự mua lá và bán được những chiếc nón đầu tiên ở chợ phiên."
    )
    more = "Bài này kể thêm chuyện gia đình và hàng xóm của chị trong những ngày mưa lũ."
    page = bundling.at_board(people, "Bài một", body=[("paragraph", f"<p>{same} {more}</p>")])
    made = bundling.scheduled(people, page)
    other = {"title": "Bài hai", "body": [("paragraph", f"<p>{same}</p>")]}
    factories.publish(factories.story(people["editor"], **other), people)
    before = selectors.head()
    why = release_due(later())[0].why
    assert "Chưa phê duyệt được" in why
    assert "Hãy đọc bài đó xem có trùng không" in why
    assert selectors.head() == before
    assert bundling.reload(made).status == Status.NEEDS_ATTENTION


def test_a_colleague_who_reads_it_at_that_moment_does_not_stop_it(people, pages) -> None:
    made = bundling.scheduled(people, *pages)
    state = ReviewState.objects.get(pk=pages[0].current_workflow_task_state.pk)
    claims.take(state=state, user=people["board2"])
    release_due(later())
    assert bundling.reload(made).status == Status.RELEASED


def test_a_stopped_bundle_comes_out_after_it_was_looked_at_and_approved_again(
    people, pages
) -> None:
    made = bundling.scheduled(people, *pages)
    edit(people, pages[0])
    bundles.reopen(bundle=made, user=people["board2"])
    with pytest.raises(Unreleasable, match="“Một”"):
        bundling.approve(bundling.reload(made), people["board2"], *pages)
    factories.act(pages[0], people["reviewer"])
    bundling.approve(bundling.reload(made), people["board2"], *pages)
    release_due(later())
    assert titles() == ["Một", "Hai", "Ba"]


def by_review_screen(client, page, user):
    sha256 = page.get_latest_revision_as_object().content_sha256()
    said = {"sha256": sha256, "accepted": factories.ambers(page), "approve": "1"}
    return client.post(reverse("review_page", args=[page.pk]), said, follow=True)


def by_bulk(client, page, user):
    one = bundling.choice(page)
    said = {
        "confirm": "1",
        "approve": one.state_id,
        f"revision-{one.state_id}": one.revision_id,
        f"sha256-{one.state_id}": one.sha256,
        f"accepted-{one.state_id}": one.accepted,
    }
    return client.post(reverse("desk_bulk"), said, follow=True)


def by_the_step_itself(client, page, user):
    state = page.current_workflow_task_state
    said = {"accepted": factories.ambers(page), "over_claim": True}
    with pytest.raises(bundle_release.PermissionDenied) as refusal:
        state.task.specific.on_action(state, user, "approve", **said)
    return refusal


def by_wagtails_address(client, page, user):
    state = page.current_workflow_task_state
    target = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(target, {"comment": ""}, follow=True)


SINGLY = {
    by_review_screen: True,
    by_bulk: True,
    by_the_step_itself: True,
    by_wagtails_address: False,  # refused in Wagtail's own words
}


@pytest.mark.parametrize("route", SINGLY, ids=lambda route: route.__name__)
def test_a_text_in_an_approved_bundle_is_approved_by_no_other_route(
    people, pages, route, monkeypatch
) -> None:
    monkeypatch.setattr(StoryPage, "publication_problems", lambda page: [])  # nothing else stops it
    made = bundling.scheduled(people, *pages)
    client = Client(raise_request_exception=False)
    client.force_login(people["board2"])
    answer = route(client, StoryPage.objects.get(pk=pages[0].pk), people["board2"])
    if SINGLY[route]:
        text = answer.content.decode() if hasattr(answer, "content") else str(answer.value)
        assert "nằm trong chùm bài “Chùm 8/3”, sẽ đăng lúc" in text
        assert "rút bài ra khỏi chùm trước" in text
    nothing_came_out(made, Status.APPROVED)
    release_due(later())
    assert bundling.reload(made).status == Status.RELEASED


def test_a_text_in_a_bundle_under_preparation_is_still_approved_singly(people, pages) -> None:
    made = bundling.bundle(people, *pages)
    assert factories.act(pages[0], people["board2"]).live
    with pytest.raises(Unreleasable, match="“Một”"):
        bundling.approve(made, people["board"], chosen=[bundling.choice(one) for one in pages[1:]])
    assert titles() == ["Một"]


def test_a_deputy_whose_days_are_over_does_not_release(people, pages) -> None:
    made = bundling.scheduled(people, *pages)
    deputy = factories.user("khac", BOARD)
    Bundle.objects.filter(pk=made.pk).update(approved_by=deputy)
    deputy.groups.clear()
    assert "không còn thuộc Ban Tuyên giáo" in release_due(later())[0].why
    nothing_came_out(made, Status.NEEDS_ATTENTION)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.xdist_group("concurrency")
def test_runs_at_once_release_once(people) -> None:
    made = bundling.scheduled(people, *[bundling.at_board(people, f"Bài {n}") for n in range(3)])
    now, outcomes, errors = later(), [], []
    barrier = threading.Barrier(3)

    def run() -> None:
        try:
            barrier.wait(30)
            outcomes.extend(release_due(now))
        except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert errors == []
    assert [outcome.why for outcome in outcomes] == [""]
    assert bundling.reload(made).status == Status.RELEASED
    assert list(Release.objects.values_list("seq", flat=True)) == [1, 2, 3]
    assert AuditEntry.objects.filter(action="bundle_released").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.xdist_group("concurrency")
def test_approved_singly_and_in_a_bundle_at_once_only_one_holds(people) -> None:
    page = bundling.at_board(people)
    made = bundling.bundle(people, page, release_at=bundling.soon())
    chosen, refused = [bundling.choice(page)], []
    barrier = threading.Barrier(2)

    def run(act) -> None:
        try:
            barrier.wait(30)
            act()
        except bundle_release.PermissionDenied as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    acts = [
        lambda: factories.act(page, people["board2"]),
        lambda: bundling.approve(made, people["board"], chosen=chosen),
    ]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(refused) == 1
    assert Item.objects.public().exists() is (bundling.reload(made).status == Status.PREPARING)
