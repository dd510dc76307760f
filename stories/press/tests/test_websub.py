"""The hub: readers of the column's feed subscribe, prove that they meant it, and are sent it."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.audit.models import AuditEntry
from stories.press import rounds
from stories.press.faces.atom import ATOM
from stories.press.models import HubSubscription, HubWish
from stories.press.tests import ledger
from stories.press.websub import hub, services

pytestmark = pytest.mark.django_db
FEED = "/phu-nu-dat-to/atom.xml"
TOPIC = f"http://testserver{FEED}"


def ask(client, callback: str, mode: str = "subscribe", **more: str):
    data = {"hub.mode": mode, "hub.topic": TOPIC, "hub.callback": callback}
    return client.post("/websub/", data | {f"hub.{name}": value for name, value in more.items()})


def echo(server) -> None:
    """The reader means it, and takes what it is sent."""

    def reply(method, path):
        asked = parse_qs(urlsplit(path).query)
        return 200, {}, asked.get("hub.challenge", [""])[0].encode()

    server.reply = reply


def go() -> rounds.Round:
    done = rounds.run("websub")
    assert done.broken == []
    return done


@pytest.fixture
def reader(client, server):
    """A server that has subscribed, with a secret; nothing is on its list of requests yet."""
    echo(server)
    assert ask(client, f"{server.base}/in?who=1", secret="bí mật").status_code == 202
    go()
    server.requests.clear()
    return server


def test_the_feed_says_where_the_hub_is(client):
    feed = ET.fromstring(client.get(FEED).content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{{{ATOM}}}link")}
    assert links["hub"] == "http://testserver/websub/"
    assert links["self"] == TOPIC


def test_a_subscription_holds_once_the_callback_says_that_it_was_meant(client, server):
    echo(server)
    answer = ask(client, f"{server.base}/in?who=1", lease_seconds="86400")
    assert (answer.status_code, answer.content) == (202, b"")
    assert server.requests == []  # by the next round
    assert not HubSubscription.objects.exists()
    go()
    ((method, path, _headers, _body),) = server.requests
    asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    assert method == "GET"
    assert len(asked.pop("hub.challenge")) > 20
    assert asked == {
        "who": "1",
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.lease_seconds": "86400",
    }
    one = HubSubscription.objects.get()
    left = one.lease_until - timezone.now()
    assert timedelta(hours=23) < left <= timedelta(days=1)
    assert not HubWish.objects.exists()


@pytest.mark.parametrize(
    "reply", [(200, {}, b"yes"), (404, {}, b""), (204, {}, b""), (302, {"Location": "/x"}, b"")]
)
def test_who_did_not_mean_it_is_never_asked_again(client, server, reply):
    server.reply = lambda method, path: reply
    ask(client, server.base)
    go()
    go()
    assert len(server.requests) == 1
    assert not HubSubscription.objects.exists()
    assert not HubWish.objects.exists()


def test_a_callback_that_is_down_is_asked_three_times(client, server):
    server.answers(500)
    ask(client, server.base)
    for _round in range(5):
        go()
        HubWish.objects.update(next_at=timezone.now())
    assert len(server.requests) == 3
    assert not HubWish.objects.exists()


def test_the_feed_is_sent_signed_when_the_column_changes(client, reader):
    go()
    assert reader.requests == []
    ledger.story(1, title="Chị Lan giữ nghề nón lá")
    ledger.story(2)
    assert go().sent == 1
    ((method, path, headers, body),) = reader.requests
    assert (method, path) == ("POST", "/in?who=1")
    assert headers["content-type"] == "application/atom+xml"
    assert '<http://testserver/websub/>; rel="hub"' in headers["link"]
    assert f'<{TOPIC}>; rel="self"' in headers["link"]
    mine = "sha256=" + hmac.new("bí mật".encode(), body, hashlib.sha256).hexdigest()
    assert headers["x-hub-signature-256"] == headers["x-hub-signature"] == mine
    assert body == client.get(FEED).content
    assert "Chị Lan giữ nghề nón lá" in body.decode()
    go()
    assert len(reader.requests) == 1


def test_without_a_secret_nothing_is_signed(client, server):
    echo(server)
    ask(client, server.base)
    go()
    ledger.story(1)
    go()
    assert "x-hub-signature" not in server.requests[-1][2]


def test_what_is_no_news_of_the_column_is_not_sent(reader):
    ledger.story(1, is_news=False)
    ledger.exemplar()
    go()
    assert reader.requests == []


def test_a_late_try_never_sends_what_was_withdrawn_meanwhile(reader):
    reader.answers(500)
    ledger.story(1, title="Chị Lan giữ nghề nón lá")
    assert go().failed == 1
    ledger.withdraw(ledger.nth(1))
    echo(reader)
    HubSubscription.objects.update(next_at=timezone.now())
    go()
    assert "Chị Lan" in reader.bodies[0].decode()
    assert "Chị Lan" not in reader.bodies[1].decode()
    assert "THU HỒI" in reader.bodies[1].decode()


def test_who_is_down_is_tried_later_each_time_and_given_up_after_three_days(reader):
    reader.answers(503)
    ledger.story(1)
    for minutes in (1, 3, 9):
        before = timezone.now()
        go()
        go()
        one = HubSubscription.objects.get()
        assert before + timedelta(minutes=minutes) <= one.next_at
        HubSubscription.objects.update(next_at=timezone.now())
    assert len(reader.requests) == 3
    HubSubscription.objects.update(failing_since=timezone.now() - timedelta(days=3))
    go()
    assert not HubSubscription.objects.exists()


def test_who_says_gone_is_given_up_at_once(reader):
    reader.answers(410)
    ledger.story(1)
    go()
    assert not HubSubscription.objects.exists()


def test_a_lease_ends(reader):
    HubSubscription.objects.update(lease_until=timezone.now())
    ledger.story(1)
    go()
    assert reader.requests == []
    assert not HubSubscription.objects.exists()


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("", 864000), ("abc", 864000), ("-1", 864000), ("1", 3600), ("9" * 30, 2592000)],
)
def test_a_lease_has_bounds(client, here, asked, seconds):
    ask(client, "http://127.0.0.1:9/", lease_seconds=asked)
    assert HubWish.objects.get().lease_seconds == seconds


def test_renewed_it_keeps_its_place_and_takes_the_new_secret(client, reader):
    ledger.story(1)
    before = HubSubscription.objects.get()
    ask(client, f"{reader.base}/in?who=1", secret="mới")
    assert HubSubscription.objects.get().secret == "bí mật"
    go()
    after = HubSubscription.objects.get()
    assert (after.pk, after.secret) == (before.pk, "mới")
    assert len(reader.bodies) == 2  # asked, then sent the story


def test_it_ends_when_the_callback_says_so(client, reader):
    ask(client, f"{reader.base}/in?who=1", mode="unsubscribe")
    assert HubSubscription.objects.exists()
    go()
    assert not HubSubscription.objects.exists()
    assert "hub.lease_seconds" not in reader.requests[0][1]


def test_nobody_ends_another_s_subscription(client, reader):
    reader.answers(404)
    ask(client, f"{reader.base}/in?who=1", mode="unsubscribe")
    go()
    assert HubSubscription.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"hub.mode": "publish"},
        {"hub.mode": ""},
        {"hub.topic": "http://testserver/api/v1/press/feed/"},
        {"hub.topic": "https://elsewhere.example/phu-nu-dat-to/atom.xml"},
        {"hub.topic": FEED},
        {"hub.topic": f"{TOPIC}?x=1"},
        {"hub.callback": ""},
        {"hub.callback": "http://reader.example/"},
        {"hub.callback": "https://user:pw@reader.example/"},
        {"hub.callback": f"https://reader.example/{'a' * 500}"},
        {"hub.secret": "x" * 200},
        {"hub.secret": "ế" * 100},
        {"hub.secret": "a\x00b"},
    ],
)
def test_another_request_is_refused_with_a_reason(client, change):
    good = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": "https://r.example/"}
    answer = client.post("/websub/", good | change)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content
    assert not HubWish.objects.exists()


def test_an_inner_address_is_never_asked(client, server, settings):
    ask(client, server.base)
    settings.WEBHOOK_PRIVATE_ADDRESSES = False
    go()
    assert server.requests == []
    assert not HubSubscription.objects.exists()


def test_of_one_host_there_are_only_so_many(client):
    for number in range(services.MOST_OF_HOST):
        assert ask(client, f"https://r.example/{number}").status_code == 202
    cache.clear()
    answer = ask(client, "https://r.example/one-more")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert ask(client, "https://r.example/0").status_code == 202  # there already
    assert ask(client, "https://other.example/").status_code == 202


def test_in_all_there_are_only_so_many(client, monkeypatch):
    monkeypatch.setattr(services, "MOST", 2)
    answers = [ask(client, f"https://r{n}.example/").status_code for n in range(3)]
    assert answers == [202, 202, 429]


def test_a_stranger_s_server_is_not_asked_about_again_and_again(client):
    answers = [ask(client, "https://victim.example/").status_code for _time in range(12)]
    assert answers == [202] * services.OF_HOST_A_MINUTE + [429] * 2
    assert HubWish.objects.count() == 1


def test_only_posts_are_taken(client):
    assert client.get("/websub/").status_code == 405


def test_of_two_rounds_at_once_one_sends(reader, monkeypatch):
    ledger.story(1)
    real = hub.sender.send

    def while_another_runs(*args, **kwargs):
        monkeypatch.setattr(hub.sender, "send", real)
        hub.distribute()
        return real(*args, **kwargs)

    monkeypatch.setattr(hub.sender, "send", while_another_runs)
    hub.distribute()
    assert len(reader.requests) == 1


def test_the_board_sees_subscriptions_and_removes_one(client, people, reader):
    client.force_login(people["board"])
    one = HubSubscription.objects.get()
    assert "127.0.0.1" in client.get(reverse("press_hub:index")).content.decode()
    page = client.get(reverse("press_hub:inspect", args=[one.pk])).content.decode()
    assert "bí mật" not in page
    client.post(reverse("press_hub:delete", args=[one.pk]))
    assert not HubSubscription.objects.exists()
    assert AuditEntry.objects.filter(action="hub_removed").count() == 1
