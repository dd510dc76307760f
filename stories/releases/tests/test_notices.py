"""Who learns that a text was published or withdrawn, by whichever way it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.notices.kinds import Kind, Mode, Topic
from accounts.notices.models import Notice
from accounts.notices.services import choose
from accounts.roles import BOARD
from stories import factories
from stories.moderation import emergency
from stories.moderation.models import Deputy
from stories.pages.models import Withdrawal
from stories.pages.models.moderated import ModeratedPage
from stories.releases import services

pytestmark = pytest.mark.django_db


def names(kind: Kind, since: int = 0) -> set[str]:
    """User names of those told of that kind after the notice of that number."""
    found = Notice.objects.filter(kind=kind, pk__gt=since)
    return set(found.values_list("user__username", flat=True))


def last() -> int:
    return Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def take_down(page, people, code: str = "consent", reason: str = "Nhân vật đề nghị.") -> None:
    page = type(page).objects.get(pk=page.pk)
    services.withdraw(page=page, withdrawal=Withdrawal.typed(code, reason), user=people["board"])


@pytest.fixture
def live(people) -> ModeratedPage:
    return factories.publish(factories.story(people["editor"]), people)


# -- published ----------------------------------------------------------------------------------


def test_submitter_and_co_authors_learn_that_their_text_is_published(people) -> None:
    page = factories.story(people["editor"])
    colleague = factories.user("cungviet.lamthao", page.unit.editors)
    sender = factories.user("gui.lamthao", page.unit.editors)
    page.save_revision(user=colleague)
    page = factories.submit(page, sender)
    page = factories.act(page, people["reviewer"])
    factories.act(page, people["board"])
    assert names(Kind.PUBLISHED) == {"bientap.lamthao", "cungviet.lamthao", "gui.lamthao"}
    notice = Notice.objects.filter(kind=Kind.PUBLISHED).first()
    assert notice.subject == "Đã duyệt và đăng: Chị Lan giữ nghề nón lá"
    assert "- Đơn vị duyệt: duyet.lamthao\n- Ban Tuyên giáo phê duyệt: tuyengiao" in notice.text
    assert notice.link == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_correction_is_told_to_those_who_wrote_it(people, live) -> None:
    before = last()
    colleague = factories.user("cungviet.lamthao", live.unit.editors)
    live.lead, live.correction_note = "Đã sửa.", "Sửa sa-pô."
    live.save_revision(user=colleague)
    page = factories.submit(live, colleague)
    page = factories.act(page, people["reviewer"])
    factories.act(page, people["board"])
    assert names(Kind.PUBLISHED, before) == {"cungviet.lamthao"}
    notice = Notice.objects.filter(kind=Kind.PUBLISHED, pk__gt=before).get()
    assert notice.subject.startswith("Đã duyệt và đăng bản sửa: ")


def test_an_emergency_is_told_to_the_board_and_its_end_to_who_asked(people) -> None:
    Deputy.objects.create(
        holder=people["board2"],
        person=people["other_reviewer"],
        starts=timezone.localdate(),
        ends=timezone.localdate() + timedelta(days=1),
    )
    page = factories.story(people["editor"])
    asked = emergency.ask(page=page, user=people["reviewer"], reason="Bão đang vào.")
    assert names(Kind.EMERGENCY) == {"tuyengiao", "tuyengiao2", "duyet.vietri"}
    notice = people["board"].notices.get()
    assert "Vì sao: Bão đang vào." in notice.text
    before = last()
    problems = factories.ambers(page)
    emergency.confirm(request=asked, user=people["board"], accepted=problems)
    assert names(Kind.EMERGENCY, before) == {"duyet.lamthao"}
    assert not people["board2"].notices.unread().exists()
    assert names(Kind.PUBLISHED) == {"bientap.lamthao"}
    said = Notice.objects.get(kind=Kind.PUBLISHED).text
    assert "- Đề nghị đăng khẩn cấp: duyet.lamthao\n- Xác nhận đăng khẩn cấp: tuyengiao" in said


def test_a_refused_emergency_is_told_to_who_asked(people) -> None:
    page = factories.story(people["editor"])
    asked = emergency.ask(page=page, user=people["reviewer"], reason="Bão đang vào.")
    before = last()
    emergency.refuse(request=asked, user=people["board"])
    assert names(Kind.EMERGENCY, before) == {"duyet.lamthao"}
    assert "không được thực hiện" in people["reviewer"].notices.get().text


def test_imported_old_texts_are_told_to_nobody(people, tmp_path) -> None:
    path = tmp_path / "bai.jsonl"
    path.write_text('{"id": "1", "title": "Bài cũ", "body": "Một bài.", "unit": "08494"}\n')
    call_command("import_stories", str(path), approved_by="tuyengiao")
    assert not Notice.objects.exists()


def test_a_publication_that_is_undone_was_told_to_nobody(people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    page = factories.act(page, people["reviewer"])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        factories.act(page, people["board"])
        raise ZeroDivisionError
    assert names(Kind.PUBLISHED) == set()


# -- withdrawn ----------------------------------------------------------------------------------

TOLD = {"bientap.lamthao", "duyet.lamthao", "tuyengiao", "tuyengiao2"}


@pytest.mark.parametrize("code", ["error", "consent", "suspension", "end"])
def test_a_takedown_is_told_to_authors_reviewers_and_the_board(people, live, code) -> None:
    take_down(live, people, code)
    assert names(Kind.TAKEDOWN) == TOLD
    notice = people["editor"].notices.get(kind=Kind.TAKEDOWN)
    assert notice.subject == "Đã gỡ bài: Chị Lan giữ nghề nón lá"
    assert "Lời gửi báo chí: Nhân vật đề nghị." in notice.text
    assert "Người gỡ: tuyengiao" in notice.text
    assert ("Bài này không đăng lại được." in notice.text) is (code != "suspension")


def test_a_takedown_reaches_every_hand_there_ever_was_in_the_text(people, live) -> None:
    colleague = factories.user("cungviet.lamthao", live.unit.editors)
    live.lead, live.correction_note = "Đã sửa.", "Sửa sa-pô."
    live.save_revision(user=colleague)
    factories.publish(live, people)
    take_down(live, people)
    assert names(Kind.TAKEDOWN) == TOLD | {"cungviet.lamthao"}


def test_a_unit_without_a_reviewer_is_stood_in_for_by_the_one_above(people, live) -> None:
    people["reviewer"].groups.clear()
    take_down(live, people)
    assert names(Kind.TAKEDOWN) == TOLD - {"duyet.lamthao"} | {"duyet.tinh"}


def test_what_is_withheld_and_then_withdrawn_is_told_twice_by_its_own_title(people, live) -> None:
    take_down(live, people, "suspension")
    before = last()
    take_down(live, people, "error")
    assert names(Kind.TAKEDOWN, before) == TOLD
    assert people["editor"].notices.first().subject == "Đã gỡ bài: Chị Lan giữ nghề nón lá"


def test_deleting_and_expiring_are_told_too(people) -> None:
    one = factories.publish(factories.story(people["editor"], title="Xóa"), people)
    two = factories.publish(factories.exemplar(people["editor"], title="Hết hạn"), people)
    one.delete()
    type(two).objects.filter(pk=two.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    told = Notice.objects.filter(kind=Kind.TAKEDOWN, user=people["editor"])
    assert {notice.subject for notice in told} == {"Đã gỡ bài: Xóa", "Đã gỡ bài: Hết hạn"}


def test_a_takedown_is_mailed_at_once_to_those_who_want_no_mails(
    people, live, django_capture_on_commit_callbacks
) -> None:
    for person in people.values():
        choose(user=person, modes=dict.fromkeys(Topic, Mode.NONE))
    with django_capture_on_commit_callbacks(execute=True):
        take_down(live, people)
        assert mail.outbox == []
    assert {one.to[0].partition("@")[0] for one in mail.outbox} == TOLD
    assert "Thư báo gỡ bài và thư gửi báo chí luôn được gửi." in mail.outbox[0].body


def test_pictures_alone_are_told_to_nobody(people) -> None:
    page = factories.story(people["editor"], lead_picture=factories.picture())
    take_down(factories.publish(page, people), people)
    assert Notice.objects.filter(kind=Kind.TAKEDOWN).count() == len(TOLD)


@pytest.mark.parametrize("act", ["publish", "take down"])
def test_telling_many_costs_the_ledgers_lock_no_query_more_than_telling_one(people, act) -> None:
    """The rows go in with one insert, however many people there are."""

    def cost() -> int:
        page = factories.story(people["editor"])
        page = factories.act(factories.submit(page, people["editor"]), people["reviewer"])
        if act == "publish":
            with CaptureQueriesContext(connection) as asked:
                factories.act(page, people["board"])
        else:
            page = factories.act(page, people["board"])
            with CaptureQueriesContext(connection) as asked:
                take_down(page, people)
        return len(asked)

    cost()
    few = cost()
    for number in range(10):
        factories.user(f"ban{number}", BOARD)
    assert cost() == few
