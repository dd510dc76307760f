"""The audit trail: every act is in it, nothing in it can be changed unnoticed, no gap under load."""

from __future__ import annotations

import io
import json
import threading

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.audit import services
from accounts.audit.models import AuditEntry, AuditHead
from accounts.models import User
from accounts.roles import BOARD

pytestmark = pytest.mark.django_db


def since(seq: int) -> list[tuple[str, str, str]]:
    """(actor, action, target) of what was recorded after that number."""
    found = AuditEntry.objects.filter(seq__gt=seq)
    return list(found.values_list("actor", "action", "target"))


def head() -> int:
    return services.verify().count


def acts(count: int) -> int:
    """Record that many; returns the number of the first."""
    first = head() + 1
    services.record_all([services.Act("released", f"item:{n}") for n in range(count)])
    return first


def tampered(sql: str, *params: object) -> None:
    """As someone with the database's own rights would do it: first the trigger, then the row."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_append_only")
        else:
            cursor.execute("DROP TRIGGER audit_append_only ON accounts_auditentry")
        cursor.execute(sql, params)


def test_the_chain_of_what_was_recorded_verifies() -> None:
    before = head()
    services.record(action="released", target="item:1", data={"số": 1})
    acts(20)
    checked = services.verify()
    assert (checked.count, checked.broken) == (before + 21, None)
    assert checked.sha256 == AuditHead.objects.get().sha256


@pytest.mark.parametrize("field", ["actor", "action", "target", "data", "sha256", "previous"])
def test_a_changed_entry_is_found_and_named(field) -> None:
    seq = acts(5) + 2
    tampered(f"UPDATE accounts_auditentry SET {field} = 'x' WHERE seq = %s", seq)
    assert services.verify().broken == seq


def test_a_changed_time_or_account_is_found_and_named() -> None:
    seq = acts(3) + 1
    tampered("UPDATE accounts_auditentry SET actor_id = 4711 WHERE seq = %s", seq)
    assert services.verify().broken == seq


@pytest.mark.parametrize("place", [0, 2, 4], ids=["first", "middle", "last"])
def test_a_removed_entry_is_found_and_named(place) -> None:
    seq = acts(5) + place
    tampered("DELETE FROM accounts_auditentry WHERE seq = %s", seq)
    assert services.verify().broken == seq


def test_an_inserted_entry_is_found_and_named() -> None:
    last = acts(3) + 2
    tampered(
        "INSERT INTO accounts_auditentry"
        " (seq, at, actor, action, target, data, previous, sha256)"
        " SELECT seq + 1, at, actor, action, target, data, sha256, sha256"
        " FROM accounts_auditentry WHERE seq = %s",
        last,
    )
    assert services.verify().broken == last + 1


def test_an_entry_put_in_with_a_good_hash_is_found_by_the_head() -> None:
    last = acts(2) + 1
    before = AuditEntry.objects.get(seq=last)
    forged = AuditEntry(
        seq=last + 1, at=before.at, action="released", target="x", data="{}", previous=before.sha256
    )
    forged.sha256 = forged.computed()
    forged.save()
    assert services.verify().broken == last + 1


def test_the_trail_cannot_be_rewritten() -> None:
    acts(2)
    for attempt in (
        lambda: AuditEntry.objects.update(actor="khác"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.last().delete(),
        lambda: AuditEntry.objects.last().save(),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_auditentry SET actor = 'khác'")


def test_an_act_that_is_undone_is_not_on_record() -> None:
    before = head()
    with pytest.raises(ValueError, match="hỏng"), transaction.atomic():
        services.record(action="released", target="item:1")
        raise ValueError("hỏng")
    assert head() == before


def test_commands_verify_and_export(tmp_path) -> None:
    seq, out, path = acts(3), io.StringIO(), tmp_path / "nhat-ky.jsonl"
    call_command("audit", "verify", stdout=out)
    assert "nguyên vẹn" in out.getvalue()
    call_command("audit", "export", str(path), stdout=out)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, seq + 3))
    assert [line["previous"] for line in lines[1:]] == [line["sha256"] for line in lines[:-1]]
    with pytest.raises(CommandError):  # what was handed out before isn't overwritten
        call_command("audit", "export", str(path), stdout=out)
    tampered("UPDATE accounts_auditentry SET target = 'x' WHERE seq = %s", seq + 1)
    with pytest.raises(CommandError, match=f"số {seq + 1}:") as broken:
        call_command("audit", "verify")
    assert broken.value.returncode == 1


def test_sign_ins_and_failed_ones_are_on_record_without_passwords(client, people) -> None:
    people["board"].set_password("mot-cau-dai-de-nho")
    people["board"].save()
    before = head()
    url = reverse("wagtailadmin_login")
    client.post(url, {"username": "tuyengiao", "password": "sai-mat-khau"})
    client.post(url, {"username": "mat-khau-go-nham", "password": "sai-mat-khau"})
    client.post(url, {"username": "tuyengiao", "password": "mot-cau-dai-de-nho"})
    assert since(before) == [
        ("", "sign_in_failed", "user:tuyengiao"),
        ("", "sign_in_failed", "user:?"),
        ("tuyengiao", "signed_in", "user:tuyengiao"),
    ]
    written = "".join(AuditEntry.objects.filter(seq__gt=before).values_list("data", flat=True))
    assert "mat-khau" not in written
    assert "127.0.0.1" in written
    assert authenticate(username="tuyengiao", password="sai") is None  # without a request, too


def test_accounts_groups_and_rights_are_on_record(people) -> None:
    before = head()
    board = Group.objects.get(name=BOARD)
    user = User.objects.create_user("moi", "moi@example.vn", "bi-mat-lam-2026")
    user.groups.add(board)
    board.user_set.remove(user)
    user.groups.set([board])
    user.groups.clear()
    user.is_active, user.is_superuser = False, True
    user.save()
    user.set_password("khac-han-2026")
    user.save()
    user.save()
    user.delete()
    assert [(action, target) for _actor, action, target in since(before)] == [
        ("user_created", "user:moi"),
        ("groups_added", "user:moi"),
        ("groups_removed", "user:moi"),
        ("groups_added", "user:moi"),
        ("groups_removed", "user:moi"),
        ("user_changed", "user:moi"),
        ("user_changed", "user:moi"),
        ("user_deleted", "user:moi"),
    ]
    told = [e.details for e in AuditEntry.objects.filter(seq__gt=before, action="user_changed")]
    assert told == [{"is_active": [True, False], "is_superuser": [False, True]}, {"password": True}]
    assert AuditEntry.objects.get(seq=before + 2).details == {"groups": [BOARD]}
    assert AuditEntry.objects.get(seq=before + 2).told == f"nhóm: {BOARD}"


def test_what_is_done_in_the_admin_has_its_actor(client, people) -> None:
    client.force_login(people["admin"])
    before = head()
    user = people["editor"]
    client.post(
        reverse("wagtailusers_users:edit", args=[user.pk]),
        {
            "username": user.username,
            "email": user.email,
            "first_name": "Lan",
            "last_name": "Nguyễn",
            "groups": [Group.objects.get(name=BOARD).pk],
            "is_active": "on",
        },
    )
    found = since(before)
    assert ("quantri", "groups_added", f"user:{user.username}") in found
    assert {actor for actor, _action, _target in found} == {"quantri"}


READERS = {
    "editor": False,
    "reviewer": False,
    "province_reviewer": False,
    "board": True,
    "admin": True,
}


@pytest.mark.parametrize(("who", "may"), READERS.items())
def test_who_reads_the_trail(client, people, who, may) -> None:
    client.force_login(people[who])
    answers = [client.get(reverse(name)) for name in ("audit_report", "audit_report_results")]
    answers.append(client.get(reverse("audit_report"), {"export": "csv"}))
    assert [answer.status_code == 200 for answer in answers] == [may] * 3
    assert (reverse("audit_report") in client.get(reverse("wagtailadmin_home")).text) == may


def test_the_report_is_filtered_and_taken_along_as_csv(client, people) -> None:
    client.force_login(people["board"])
    services.record(action="released", target="story:mot", actor=people["board"])
    services.record(action="withdrawn", target="story:hai", actor=people["board2"])
    url = reverse("audit_report")
    page = client.get(url, {"actor": "tuyengiao2", "action": "withdrawn"}).text
    assert "bài viết: hai" in page
    assert "bài viết: mot" not in page
    assert "bài viết: hai" not in client.get(url, {"until": "2020-01-01"}).text
    assert "bài viết: hai" in client.get(url, {"since": "2020-01-01"}).text
    csv = client.get(url, {"export": "csv", "action": "withdrawn"})
    lines = b"".join(csv.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "Gỡ khỏi trang công khai,story:hai" in lines[1]


def test_the_report_takes_as_many_queries_for_many_entries(
    client, people, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    client.force_login(people["board"])
    acts(1)
    url = reverse("audit_report_results")
    client.get(url)
    with django_assert_max_num_queries(30) as few:
        client.get(url)
    acts(40)
    with django_assert_num_queries(len(few)):
        client.get(url)


THREADS, EACH = 8, 25


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.xdist_group("concurrency")
def test_eight_recording_at_once_leave_no_gap() -> None:
    errors: list[Exception] = []

    def write(number: int) -> None:
        try:
            for turn in range(EACH):
                if turn % 2:
                    services.record(action="released", target=f"item:{number}-{turn}")
                    continue
                with transaction.atomic():
                    services.record(action="submitted", target=f"item:{number}-{turn}")
                    services.record(action="released", target=f"item:{number}-{turn}")
        except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
            errors.append(error)
        finally:
            connection.close()

    before = head()
    threads = [threading.Thread(target=write, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    checked = services.verify()
    assert (checked.broken, checked.count) == (None, before + THREADS * (EACH + EACH // 2 + 1))
