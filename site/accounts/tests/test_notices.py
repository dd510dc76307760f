"""Telling people: in the transaction of the event, mailed after it, lost by no mail server."""

from __future__ import annotations

import io
import threading
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.models import User
from accounts.notices import delivery
from accounts.notices.kinds import KINDS, TOPICS, Kind, Mode, Topic
from accounts.notices.models import Notice, NoticePreference
from accounts.notices.services import choose, read, settle, tell
from accounts.tests.mail_servers import Down, Particular, mail_server, mail_server_down

pytestmark = pytest.mark.django_db
Mail = Notice.Mail


def person(name: str, **fields) -> User:
    return User.objects.create_user(name, f"{name}@example.vn", first_name=name, **fields)


@pytest.fixture
def lan(db) -> User:
    return person("lan")


def told(*users: User, kind: Kind = Kind.RETURNED, **said) -> list[Notice]:
    return tell(
        users=users,
        kind=kind,
        **{"subject": "Trả lại để sửa", "text": "Sửa năm.", "link": "/quan-tri/"} | said,
    )


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Tell, commit, and give back the mails that went out then."""

    def run(*users: User, **said) -> list:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            told(*users, **said)
        return mail.outbox[before:]

    return run


def states() -> set[str]:
    return set(Notice.objects.values_list("mail", flat=True))


def later(**time) -> None:
    """Let the time pass for what is pending."""
    Notice.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    if time:
        Notice.objects.update(created_at=timezone.now() - timedelta(**time))


def run(*options: str) -> list:
    before = len(mail.outbox)
    call_command("send_notices", *options, stdout=io.StringIO())
    return mail.outbox[before:]


# -- telling ------------------------------------------------------------------------------------


def test_a_mail_goes_out_after_the_commit_and_says_it_all(lan, commit) -> None:
    (one,) = commit(lan)
    assert (one.to, one.subject) == (["lan@example.vn"], "Trả lại để sửa")
    assert one.body.startswith("Kính gửi chị/anh lan,\n\nSửa năm.\n\nhttp://testserver/quan-tri/\n")
    assert one.extra_headers["Auto-Submitted"] == "auto-generated"
    assert states() == {Mail.SENT}


def test_what_is_rolled_back_was_told_to_nobody(lan, django_capture_on_commit_callbacks) -> None:
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        told(lan)
        raise ZeroDivisionError
    assert not Notice.objects.exists()
    assert mail.outbox == []


def test_nothing_is_mailed_inside_the_transaction(lan, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told(lan)
        assert mail.outbox == []
    assert len(mail.outbox) == 1


def test_a_person_is_told_once_however_often_named(lan, commit) -> None:
    assert len(commit(lan, lan, User.objects.get(pk=lan.pk))) == 1
    assert commit() == []
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("fields", [{"is_active": False}, {"email": ""}])
def test_without_an_address_or_an_active_account_there_is_the_notice_only(
    lan, commit, fields
) -> None:
    for name, value in fields.items():
        setattr(lan, name, value)
    lan.save()
    assert commit(lan, kind=Kind.TAKEDOWN) == []
    assert states() == {Mail.SKIPPED}


def test_an_account_switched_off_meanwhile_gets_no_mail(lan, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        told(lan)
        User.objects.update(is_active=False)
    assert mail.outbox == []
    assert states() == {Mail.SKIPPED}


@pytest.mark.parametrize("link", ["https://example.vn/", "//example.vn/", "quan-tri/"])
def test_a_link_leads_nowhere_but_here(lan, link) -> None:
    with pytest.raises(ValueError, match="not a path"):
        told(lan, link=link)


def test_a_line_break_in_a_subject_forges_no_header(lan, commit) -> None:
    (one,) = commit(lan, subject="Bài\nBcc: x@example.vn")
    assert one.subject == "Bài Bcc: x@example.vn"
    assert one.recipients() == ["lan@example.vn"]


# -- a mail server on a bad day -----------------------------------------------------------------


def test_a_mail_server_that_is_down_loses_nothing(lan, commit, settings) -> None:
    with mail_server_down(settings):
        assert commit(lan, person("hoa")) == []
        with pytest.raises(CommandError, match="1 thư chưa gửi được"):
            run()
    assert states() == {Mail.PENDING}
    assert "Connection refused" in set(Notice.objects.values_list("last_error", flat=True))
    later()
    assert {one.to[0] for one in run()} == {"lan@example.vn", "hoa@example.vn"}
    assert states() == {Mail.SENT}
    later()
    assert run() == []


def test_a_server_found_down_is_not_waited_for_again_and_again(lan, commit, settings) -> None:
    """Twenty texts approved at once, each in a transaction of its own, wait once."""
    with mail_server_down(settings):
        for _turn in range(20):
            commit(lan)
        assert Down.calls == 1
    assert Notice.objects.pending().count() == 20


def test_a_slow_server_keeps_a_request_for_seconds_not_minutes(
    lan, commit, settings, monkeypatch
) -> None:
    clock = iter(range(0, 1000, 6))  # each mail takes six seconds
    monkeypatch.setattr(delivery.time, "monotonic", lambda: next(clock))
    people = [person(f"p{n}") for n in range(10)]
    first = commit(*people)
    assert 0 < len(first) < 3
    assert commit(lan) == []  # nor does the next request wait for it
    monkeypatch.undo()
    assert len(run()) == 11 - len(first)
    cache.delete(delivery.DOWN)


def test_the_pause_grows_with_each_try_and_ends_after_a_week(lan, commit, settings) -> None:
    pauses = []
    with mail_server_down(settings):
        commit(lan)
        for _turn in range(12):
            notice = Notice.objects.get()
            pauses.append(round((notice.due_at - timezone.now()).total_seconds() / 60))
            assert run() == []  # not before its time
            later()
            with pytest.raises(CommandError):
                run()
        assert pauses[:4] == [5, 10, 20, 40]
        assert pauses[-1] == 6 * 60
        later(days=8)
        with pytest.raises(CommandError):
            run()
    assert states() == {Mail.FAILED}
    later()
    assert run() == []


def test_one_bad_address_does_not_keep_back_the_others(commit, settings) -> None:
    people = [person(name) for name in ("khongco", "day", "hong", "lan")]
    with mail_server(settings, Particular):
        assert [one.to for one in commit(*people)] == [["lan@example.vn"]]
    found = dict(Notice.objects.values_list("user__username", "mail"))
    assert found == {
        "khongco": Mail.FAILED,  # refused for good
        "day": Mail.PENDING,  # a full mailbox
        "hong": Mail.PENDING,
        "lan": Mail.SENT,
    }
    later()
    assert {one.to[0] for one in run()} == {"day@example.vn", "hong@example.vn"}


def test_a_run_that_dies_leaves_its_mail_to_a_later_one(lan) -> None:
    told(lan)
    later()
    assert delivery._claim(Notice.objects.all())
    assert run() == []  # in hand
    Notice.objects.update(due_at=timezone.now() - delivery.LEASE)
    assert len(run()) == 1


def test_what_was_read_meanwhile_is_not_mailed_but_a_takedown_is(lan, commit, settings) -> None:
    with mail_server_down(settings):
        commit(lan)
        commit(lan, kind=Kind.TAKEDOWN, subject="Đã gỡ bài")
    read(Notice.objects.all())
    later()
    assert [one.subject for one in run()] == ["Đã gỡ bài"]


def test_what_is_settled_counts_as_read_for_all_but_those_asked_again(lan, commit) -> None:
    hoa = person("hoa")
    commit(lan, hoa)
    commit(lan, link="/quan-tri/khac/")
    settle(kinds=[Kind.RETURNED], link="/quan-tri/", but=[hoa])
    unread = Notice.objects.unread().values_list("user__username", "link")
    assert set(unread) == {("hoa", "/quan-tri/"), ("lan", "/quan-tri/khac/")}


# -- as people chose ----------------------------------------------------------------------------


def test_every_kind_has_a_topic_but_what_is_always_mailed() -> None:
    assert set(Kind) - set(TOPICS) == {Kind.TAKEDOWN, Kind.UNAGREED, Kind.PRESS, Kind.QUESTION}
    assert set(KINDS) == set(Topic)


@pytest.mark.parametrize("topic", Topic)
def test_a_topic_switched_off_is_not_mailed_and_the_others_are(lan, commit, topic) -> None:
    choose(user=lan, modes={topic: Mode.NONE})
    mailed = {kind for kind in Kind if commit(lan, kind=kind)}
    assert mailed == set(Kind) - set(topic.kinds)
    assert lan.notices.count() == len(Kind)


@pytest.mark.parametrize("mode", [Mode.NONE, Mode.DIGEST])
def test_a_takedown_is_mailed_at_once_whatever_was_chosen(lan, commit, mode) -> None:
    choose(user=lan, modes=dict.fromkeys(Topic, mode))
    assert len(commit(lan, kind=Kind.TAKEDOWN)) == 1
    assert commit(lan, kind=Kind.RETURNED) == []


def test_the_morning_mail_tells_what_is_new_and_unread_once(lan, commit) -> None:
    choose(user=lan, modes={Topic.RETURNED: Mode.DIGEST, Topic.PUBLISHED: Mode.DIGEST})
    hoa = person("hoa")
    choose(user=hoa, modes={Topic.RETURNED: Mode.DIGEST})
    assert commit(lan, subject="Trả lại: Bài một", link="/quan-tri/mot/") == []
    commit(lan, kind=Kind.PUBLISHED, subject="Đã đăng: Bài hai")
    commit(lan, subject="Đã đọc: Bài ba")
    read(Notice.objects.filter(subject__startswith="Đã đọc"))
    assert len(commit(lan, kind=Kind.COMMENT)) == 1  # still at once
    later()
    assert run() == []  # not between the mornings
    (one,) = run("--digest")
    assert (one.to, one.subject) == (["lan@example.vn"], "2 thông báo mới")
    assert "1. Trả lại: Bài một (" in one.body
    assert "   http://testserver/quan-tri/mot/" in one.body
    assert "2. Đã đăng: Bài hai (" in one.body
    assert "Bài ba" not in one.body
    assert run("--digest") == []
    assert not Notice.objects.pending().exists()


def test_a_morning_mail_that_was_not_taken_goes_out_the_same_day(lan, commit, settings) -> None:
    choose(user=lan, modes=dict.fromkeys(Topic, Mode.DIGEST))
    commit(lan)
    commit(lan)
    later()
    with mail_server_down(settings), pytest.raises(CommandError):
        run("--digest")
    later()
    (one,) = run()
    assert one.subject == "2 thông báo mới"


def test_who_switches_mails_off_gets_none_of_what_is_still_pending(lan, commit) -> None:
    choose(user=lan, modes={Topic.RETURNED: Mode.DIGEST})
    commit(lan)
    choose(user=lan, modes={Topic.RETURNED: Mode.NONE})
    later()
    assert run("--digest") == run() == []
    assert states() == {Mail.SKIPPED}


def test_what_is_a_year_old_is_forgotten(lan, commit) -> None:
    commit(lan)
    later(days=366)
    commit(lan)
    run("--digest")
    assert Notice.objects.count() == 1


def test_sending_many_takes_no_more_queries_a_mail_than_sending_one(
    lan, django_assert_num_queries
) -> None:
    told(lan)
    later()
    with django_assert_num_queries(8):  # what to skip, what is due; late digests; five for it
        run()
    for number in range(9):
        told(person(f"p{number}"))
    later()
    with django_assert_num_queries(3 + 5 * 9):
        run()


# -- two at once --------------------------------------------------------------------------------


@pytest.mark.parametrize("digest", [False, True], ids=["at once", "digest"])
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.xdist_group("concurrency")
def test_runs_at_the_same_time_mail_once(digest, settings) -> None:
    people = [person(f"p{number}") for number in range(12)]
    for one in people:
        if digest:
            choose(user=one, modes={Topic.RETURNED: Mode.DIGEST})
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with transaction.atomic():
        notices = told(*people)
        transaction.get_connection().run_on_commit.clear()  # the command alone sends
    later()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    errors: list[Exception] = []
    start = threading.Barrier(4)

    def send() -> None:
        try:
            start.wait(10)
            delivery.send_digests() if digest else delivery.send_due()
        except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert sorted(one.to[0] for one in mail.outbox) == sorted(one.email for one in people)
    assert states() == {Mail.SENT}
    assert set(Notice.objects.values_list("attempts", flat=True)) == {1}
    assert len(notices) == len(people)


# -- from before --------------------------------------------------------------------------------


def test_what_was_switched_off_in_wagtails_profile_stays_off(lan) -> None:
    profile = UserProfile.get_for_user(lan)
    profile.submitted_notifications = profile.approved_notifications = False
    profile.save()
    UserProfile.get_for_user(person("hoa"))
    import_module("accounts.migrations.0004_notices").keep_what_was_off(apps, None)
    kept = NoticePreference.objects.values_list("user__username", "topic", "mode")
    assert set(kept) == {("lan", Topic.REVIEW, Mode.NONE), ("lan", Topic.PUBLISHED, Mode.NONE)}
