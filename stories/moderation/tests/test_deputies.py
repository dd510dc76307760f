"""A deputy acts for an office between two dates: not before, not after, not once it is revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import TaskState

from accounts.audit.models import AuditEntry
from accounts.notices.kinds import Kind
from accounts.notices.models import Notice
from stories import factories
from stories.moderation import deputies, permissions
from stories.moderation.models import Approval, Deputy, ReviewState
from stories.moderation.tests.reviews import waiting
from stories.units.models import Unit

pytestmark = pytest.mark.django_db


def stand_in(people, who: str = "other_editor", *, holder="board", unit=None, starts=0, ends=0):
    """A deputy; days from today."""
    today = timezone.localdate()
    return Deputy.objects.create(
        holder=people[holder],
        person=people[who],
        unit=unit,
        starts=today + timedelta(days=starts),
        ends=today + timedelta(days=ends),
    )


def lam_thao() -> Unit:
    return Unit.objects.get(code=factories.LAM_THAO)


@pytest.mark.parametrize(
    ("starts", "ends", "revoked", "acts"),
    [
        (1, 3, False, False),
        (0, 0, False, True),
        (-2, 2, False, True),
        (-3, -1, False, False),
        (-2, 2, True, False),
    ],
    ids=["before", "one day", "within", "after", "revoked"],
)
def test_a_deputy_of_the_board_acts_between_the_dates_only(
    people, starts, ends, revoked, acts
) -> None:
    deputy = stand_in(people, starts=starts, ends=ends)
    if revoked:
        deputies.revoke(deputy=deputy, user=people["board"])
    assert permissions.on_board(people["other_editor"]) is acts
    page = waiting(people).workflow_state.content_object.specific
    if acts:
        assert factories.act(page, people["other_editor"]).live
        approval = Approval.objects.get()
        assert (approval.approved_by, approval.acting_for) == (
            people["other_editor"],
            people["board"],
        )
    else:
        with pytest.raises(PermissionDenied):
            factories.act(page, people["other_editor"])


def test_a_deputy_of_a_reviewer_acts_for_that_unit_only(people) -> None:
    stand_in(people, "other_editor", holder="reviewer", unit=lam_thao())
    assert permissions.reviews_unit(people["other_editor"], lam_thao())
    viet_tri = Unit.objects.get(code=factories.VIET_TRI)
    assert not permissions.reviews_unit(people["other_editor"], viet_tri)
    assert not permissions.on_board(people["other_editor"])
    state = waiting(people, board=False)
    factories.act(state.workflow_state.content_object.specific, people["other_editor"])
    done = ReviewState.objects.get(pk=state.pk)
    assert (done.finished_by, done.acting_for) == (people["other_editor"], people["reviewer"])


def test_whoever_holds_the_office_acts_for_nobody(people) -> None:
    stand_in(people, "board2")
    factories.act(waiting(people).workflow_state.content_object.specific, people["board2"])
    assert Approval.objects.get().acting_for is None


def test_a_deputy_is_told_like_the_office(people) -> None:
    stand_in(people, "other_editor")
    stand_in(people, "other_reviewer", holder="reviewer", unit=lam_thao())
    waiting(people)
    asked = Notice.objects.filter(kind=Kind.REVIEW_WANTED)
    assert {people["other_editor"], people["other_reviewer"]} <= {one.user for one in asked}


def test_a_deputy_does_not_approve_what_they_wrote(people) -> None:
    stand_in(people, "editor")
    page = waiting(people).workflow_state.content_object.specific
    with pytest.raises(PermissionDenied):
        factories.act(page, people["editor"])


def test_a_deputy_names_no_deputy(people) -> None:
    stand_in(people, "other_editor")
    today = timezone.localdate()
    with pytest.raises(PermissionDenied):
        deputies.name_deputy(
            holder=people["other_editor"],
            person=people["reviewer"],
            unit=None,
            starts=today,
            ends=today,
        )
    stand_in(people, "other_reviewer", holder="other_editor")  # even if one were on record
    assert not permissions.on_board(people["other_reviewer"])


@pytest.mark.parametrize("change", ["holder left", "holder off", "deputy off"])
def test_a_deputyship_ends_with_the_office_or_the_account(people, change) -> None:
    stand_in(people)
    match change:
        case "holder left":
            people["board"].groups.clear()
        case "holder off":
            type(people["board"]).objects.filter(pk=people["board"].pk).update(is_active=False)
        case "deputy off":
            type(people["board"]).objects.filter(username="bientap.vietri").update(is_active=False)
            people["other_editor"].refresh_from_db()
    assert not permissions.on_board(people["other_editor"])


def test_who_may_be_named_and_between_which_dates(people) -> None:
    today = timezone.localdate()
    said = {"holder": people["board"], "unit": None, "starts": today, "ends": today}
    outsider = factories.user("khach")
    off = factories.user("nghi", "Văn phòng", is_active=False)
    for person in (people["board"], outsider, off):
        with pytest.raises(ValidationError):
            deputies.name_deputy(person=person, **said)
    yesterday = today - timedelta(days=1)
    for dates in ({"ends": yesterday}, {"starts": yesterday, "ends": yesterday}):
        with pytest.raises(ValidationError):
            deputies.name_deputy(person=people["reviewer"], **said | dates)
    with pytest.raises(PermissionDenied):
        deputies.name_deputy(person=people["reviewer"], **said | {"unit": lam_thao()})
    deputies.name_deputy(person=people["reviewer"], **said)
    assert permissions.on_board(people["reviewer"])


def test_naming_and_revoking_are_on_record(people) -> None:
    today = timezone.localdate()
    deputy = deputies.name_deputy(
        holder=people["board"], person=people["reviewer"], unit=None, starts=today, ends=today
    )
    with pytest.raises(PermissionDenied):
        deputies.revoke(deputy=deputy, user=people["reviewer"])
    deputies.revoke(deputy=deputy, user=people["board"])
    deputies.revoke(deputy=deputy, user=people["admin"])  # a second time changes nothing
    found = AuditEntry.objects.filter(action__startswith="deputy_").values_list("action", flat=True)
    assert list(found) == ["deputy_named", "deputy_revoked"]


def test_a_deputy_sees_the_pictures_of_the_drafts(client, people) -> None:
    picture = factories.picture()
    client.force_login(people["other_editor"])
    assert client.get(picture.file.url).status_code == 404
    deputy = stand_in(people, "other_editor")
    assert client.get(picture.file.url).status_code == 200
    deputies.revoke(deputy=deputy, user=people["board"])
    assert client.get(picture.file.url).status_code == 404


def test_the_list_of_reviews_agrees_with_who_may_act(people) -> None:
    """The queries behind `reviewable_by` say what `may_act` says, for every role and authorship."""
    stand_in(people, "other_reviewer", holder="reviewer", unit=lam_thao())
    stand_in(people, "editor")
    factories.story(people["editor"])
    states = [waiting(people), waiting(people, board=False)]
    edited = factories.story(people["editor"], title="Đồng tác giả")
    edited.save_revision(user=people["reviewer"])
    edited = factories.submit(edited, people["editor"])
    states.append(edited.current_workflow_task_state)
    live = factories.publish(factories.story(people["editor"], title="Đã đăng"), people)
    live.lead, live.correction_note = "Sửa.", "Sửa sa-pô."
    live.save_revision(user=people["board"])
    live = factories.submit(live, people["board"])
    states.append(live.current_workflow_task_state)
    for person in people.values():
        may = {
            state.pk
            for state in states
            if state.task.specific.may_act(state.workflow_state.content_object, person)
        }
        listed = set(TaskState.objects.reviewable_by(person).values_list("pk", flat=True))
        assert listed == may, person


def test_the_list_of_reviews_costs_the_same_for_one_and_for_many(
    people, django_assert_num_queries
) -> None:
    waiting(people)
    waiting(people, board=False)
    # Tasks (1), their kinds (2); of which units: membership, deputies, the tree (2); of the
    # board: membership, deputies; the list itself.
    for _more in range(2):
        with django_assert_num_queries(10):
            list(TaskState.objects.reviewable_by(people["reviewer"]))
        for number in range(4):
            waiting(people, board=False, title=f"Bài {number}")


def test_who_is_named_and_who_is_revoked_is_told(people) -> None:
    today = timezone.localdate()
    said = {"holder": people["board"], "unit": None, "starts": today, "ends": today}
    deputy = deputies.name_deputy(person=people["reviewer"], **said)
    (named,) = people["reviewer"].notices.all()
    assert named.kind == Kind.DEPUTY
    assert "tuyengiao ủy quyền cho chị/anh duyệt bài thay (Ban Tuyên giáo)" in named.text
    deputies.revoke(deputy=deputy, user=people["admin"])
    deputies.revoke(deputy=deputy, user=people["admin"])  # a second time tells nothing
    assert people["reviewer"].notices.count() == 2
    assert people["board"].notices.get().subject == "Thôi ủy quyền duyệt bài thay tuyengiao"
    assert not people["admin"].notices.exists()
