"""Webhooks: clients are woken up, signed, again when they were away, and given up in the end."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.notices.models import Notice
from stories.press import rounds
from stories.press.models import PressClient, PressHook, PressHookEvent
from stories.press.tests import ledger, payloads, servers
from stories.press.webhooks import delivery, reader, services

pytestmark = pytest.mark.django_db
State = PressHookEvent.State


@pytest.fixture
def hook(newspaper, server) -> PressHook:
    return services.create_hook(client=newspaper, url=f"{server.base}/hook")[0]


def due_now() -> None:
    PressHookEvent.objects.update(next_at=timezone.now())


def older(by: timedelta) -> None:
    """Time passes for events and hooks alike."""
    for event in PressHookEvent.objects.all():
        PressHookEvent.objects.filter(pk=event.pk).update(
            since=event.since - by, next_at=event.next_at - by
        )
    for hook in PressHook.objects.exclude(failing_since=None):
        PressHook.objects.filter(pk=hook.pk).update(failing_since=hook.failing_since - by)


def go() -> rounds.Round:
    done = rounds.run("webhooks")
    assert done.broken == []
    return done


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As a receiver checks it, by the words of the Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mine = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    theirs = [one.partition(",") for one in headers["webhook-signature"].split(" ")]
    return any(version == "v1" and code == mine for version, _comma, code in theirs)


def test_a_release_wakes_the_client_without_a_word_of_it(hook, server):
    release = ledger.story(1, title="Chị Lan giữ nghề nón lá")
    assert go().sent == 1
    ((method, path, headers, body),) = server.requests
    event = PressHookEvent.objects.get()
    stamp = release.released_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (method, path, headers["content-type"]) == ("POST", "/hook", "application/json")
    assert json.loads(body) == {
        "id": event.message_id,
        "type": "release",
        "timestamp": stamp,
        "data": {
            "uuid": ledger.nth(1),
            "type": "story",
            "version": 1,
            "kind": "usable",
            "released_at": stamp,
            "href": f"http://testserver/api/v1/press/items/{ledger.nth(1)}/",
        },
    }
    assert headers["webhook-id"] == event.message_id
    assert verified(hook.secret, headers, body)
    assert not verified("whsec_" + base64.b64encode(b"another").decode(), headers, body)
    assert not verified(hook.secret, headers, body + b" ")
    assert (event.state, event.attempts, event.last_status) == (State.SENT, 1, 204)


def test_the_address_in_the_message_answers_with_the_release(hook, server, pull):
    ledger.story(1)
    go()
    href = json.loads(server.bodies[0])["data"]["href"].removeprefix("http://testserver")
    assert pull(href).json()["uuid"] == ledger.nth(1)


def test_each_release_once_however_often_the_rounds_go(hook, server):
    for number in range(3):
        ledger.story(number)
    go()
    due_now()
    ledger.story(3)
    go()
    go()
    assert [json.loads(body)["data"]["uuid"] for body in server.bodies] == [
        ledger.nth(number) for number in range(4)
    ]


def test_what_was_released_before_the_hook_or_while_it_was_off_is_not_told(newspaper, server):
    ledger.story(1)
    hook = services.create_hook(client=newspaper, url=server.base)[0]
    services.switch_off(hook=hook)
    ledger.story(2)
    go()
    services.switch_on(hook=hook)
    ledger.story(3)
    go()
    assert [json.loads(body)["data"]["uuid"] for body in server.bodies] == [ledger.nth(3)]


def test_old_stories_are_no_news_but_their_withdrawal_is(hook, server):
    ledger.story(1, is_news=False)
    ledger.withdraw(ledger.nth(1))
    go()
    assert [json.loads(body)["data"]["kind"] for body in server.bodies] == ["canceled"]


def test_a_picture_comes_with_its_story_and_goes_by_itself(hook, server):
    ledger.publish(payloads.picture())
    ledger.withdraw(payloads.PICTURE)
    go()
    assert [json.loads(body)["data"]["kind"] for body in server.bodies] == ["canceled"]


def test_a_client_that_is_switched_off_is_not_called(hook, server, newspaper):
    ledger.story(1)
    reader.catch_up()
    PressClient.objects.update(is_active=False)
    ledger.story(2)
    go()
    assert server.requests == []


def test_while_a_client_changes_over_either_secret_verifies(hook, server):
    old = hook.secret
    new = services.rotate(hook=hook)
    ledger.story(1)
    go()
    PressHook.objects.update(previous_until=timezone.now())
    ledger.story(2)
    go()
    (_m, _p, both, first), (_m, _p, one, second) = server.requests
    assert verified(old, both, first)
    assert verified(new, both, first)
    assert verified(new, one, second)
    assert not verified(old, one, second)


def test_what_fails_is_tried_again_later_each_time(hook, server):
    server.answers(500)
    ledger.story(1)
    for minutes in (1, 3, 9, 27):
        due_now()
        before = timezone.now()
        assert go().failed == 1
        event = PressHookEvent.objects.get()
        assert event.state == State.FAILED
        assert event.last_error == "Máy chủ trả lời mã 500."
        assert before + timedelta(minutes=minutes) <= event.next_at
        assert event.next_at <= timezone.now() + timedelta(minutes=minutes)
        assert go().failed == 0  # not yet
    server.answers(204)
    due_now()
    go()
    assert PressHookEvent.objects.get().state == State.SENT
    hook.refresh_from_db()
    assert hook.failing_since is None
    assert len({headers["webhook-id"] for _m, _p, headers, _b in server.requests}) == 1
    assert len(set(server.bodies)) == 1


def test_the_pause_ends_at_a_day():
    pauses = [delivery.pause(attempts) for attempts in range(1, 40)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=1), timedelta(days=1))


def test_a_server_that_is_down_is_knocked_at_once_a_round_and_told_all_when_it_is_back(
    hook, server
):
    server.answers(503, {"Retry-After": "600"})
    for number in range(5):
        ledger.story(number)
    go()
    assert len(server.requests) == 1
    waiting = PressHookEvent.objects.open()
    assert waiting.count() == 5
    assert waiting.order_by("next_at").first().next_at > timezone.now() + timedelta(minutes=9)
    server.answers(204)
    PressHookEvent.objects.filter(attempts=1).update(next_at=timezone.now())
    go()
    go()
    assert not PressHookEvent.objects.open().exists()
    assert len(server.requests) == 6


def test_a_refused_message_does_not_keep_back_the_next(hook, server):
    server.answers(400)
    for number in range(3):
        ledger.story(number)
    assert go().failed == 3


def test_one_client_s_dead_server_does_not_keep_back_another_s(hook, newspaper, here):
    with servers.receiver() as gone:
        address = gone.base
    other = PressClient.objects.create(name="dai", organisation="Đài")
    PressHook.objects.filter(pk=hook.pk).update(client=other)
    services.create_hook(client=newspaper, url=address)
    ledger.story(1)
    done = go()
    assert (done.sent, done.failed) == (1, 1)


def test_after_three_days_of_silence_it_is_switched_off_and_the_board_told(hook, server, people):
    server.answers(500)
    ledger.story(1)
    go()
    older(timedelta(days=2, hours=23))
    ledger.story(2)
    due_now()
    go()
    hook.refresh_from_db()
    assert hook.is_active
    assert not Notice.objects.exists()
    older(timedelta(hours=2))
    due_now()
    go()
    hook.refresh_from_db()
    assert not hook.is_active
    assert set(PressHookEvent.objects.values_list("state", flat=True)) == {State.DEAD}
    told = Notice.objects.filter(kind="press")
    assert {notice.user for notice in told} == {people["board"], people["board2"]}
    assert "Báo Phú Thọ" in told[0].subject
    assert told[0].link == f"/quan-tri/press_hooks/inspect/{hook.pk}/"
    entry = AuditEntry.objects.get(action="hook_off")
    assert json.loads(entry.data)["reason"] == "silent"
    assert go().failed == 0


def test_one_that_says_gone_is_switched_off_at_once(hook, server, people):
    server.answers(410)
    ledger.story(1)
    go()
    hook.refresh_from_db()
    assert not hook.is_active
    assert Notice.objects.filter(kind="press", user=people["board"]).count() == 1


def test_a_trial_that_fails_does_not_start_the_three_days(hook, server):
    server.answers(500)
    assert services.try_out(hook=hook).state == State.DEAD
    hook.refresh_from_db()
    assert hook.failing_since is None


def test_a_trial_says_how_it_went(hook, server):
    assert services.try_out(hook=hook).state == State.SENT
    assert json.loads(server.bodies[0])["type"] == "test"
    assert "data" not in json.loads(server.bodies[0])


def test_sent_again_by_hand_it_is_the_same_message(hook, server):
    ledger.story(1)
    go()
    services.replay(event=PressHookEvent.objects.get())
    go()
    assert len(server.bodies) == 2
    assert len(set(server.bodies)) == 1


def test_of_two_runs_at_once_one_sends(hook, server, monkeypatch):
    ledger.story(1)
    reader.catch_up()
    real = delivery.sender.send

    def while_another_runs(*args, **kwargs):
        monkeypatch.setattr(delivery.sender, "send", real)
        delivery.send_due()
        return real(*args, **kwargs)

    monkeypatch.setattr(delivery.sender, "send", while_another_runs)
    delivery.send_due()
    assert len(server.requests) == 1


def test_what_a_dead_run_had_in_hand_is_sent_by_a_later_one(hook, server):
    ledger.story(1)
    reader.catch_up()
    assert delivery._claim(PressHookEvent.objects.get().pk) is not None
    assert go().sent == 0
    older(delivery.LEASE)
    assert go().sent == 1


def test_registering_and_changing_is_on_record_without_secret_or_path(newspaper, here):
    before = AuditEntry.objects.count()
    hook, secret = services.create_hook(client=newspaper, url="https://bao.example/k/t0ken")
    services.change_url(hook=hook, url="https://bao.example/k/t0ken2")
    services.rotate(hook=hook)
    services.switch_off(hook=hook)
    services.switch_on(hook=hook)
    services.switch_on(hook=hook)
    found = AuditEntry.objects.order_by("seq")[before:]
    assert [entry.action for entry in found] == [
        *("hook_created", "hook_changed", "hook_secret", "hook_off", "hook_on"),
    ]
    assert {entry.target for entry in found} == {f"press_hook:{hook.pk}"}
    assert not any(secret in entry.data or "t0ken" in entry.data for entry in found)


def test_the_command_goes_one_round(hook, server, capsys):
    ledger.story(1)
    call_command("send_webhooks")
    assert len(server.requests) == 1
    assert "Đã báo 1" in capsys.readouterr().out


def test_the_command_says_which_part_broke(monkeypatch):
    def broken(done):
        raise RuntimeError

    monkeypatch.setitem(rounds.PARTS, "webhooks", broken)
    with pytest.raises(CommandError, match="webhooks"):
        call_command("send_webhooks")


def test_old_events_are_forgotten_and_open_ones_kept(hook, server):
    ledger.story(1)
    go()
    server.answers(500)
    ledger.story(2)
    go()
    PressHookEvent.objects.update(created_at=timezone.now() - delivery.KEPT - timedelta(days=1))
    delivery.forget_old()
    assert [event.state for event in PressHookEvent.objects.all()] == [State.FAILED]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_release_wakes_them_by_itself_after_its_commit(newspaper, server, settings):
    settings.PRESS_TOLD_AT_ONCE = True
    services.create_hook(client=newspaper, url=server.base)
    ledger.story(1)
    ledger.story(2)
    rounds.worker.wait()
    assert len(server.requests) == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_release_does_not_wait_for_a_client_s_server(newspaper, server, settings, monkeypatch):
    settings.PRESS_TOLD_AT_ONCE = True
    import threading

    released = threading.Event()

    def slow(method, path):
        assert released.wait(30)
        return 204, {}, b""

    server.reply = slow
    services.create_hook(client=newspaper, url=server.base)
    ledger.story(1)  # would never come back if it waited for the answer
    released.set()
    rounds.worker.wait()
    assert PressHookEvent.objects.get().state == State.SENT


def test_without_hooks_a_release_starts_no_thread(settings, monkeypatch, db):
    settings.PRESS_TOLD_AT_ONCE = True
    monkeypatch.setattr(rounds.worker, "wake", lambda: pytest.fail("woken"))
    rounds.on_released(None, seq=1)
