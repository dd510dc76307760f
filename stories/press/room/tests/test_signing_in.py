"""Who gets into the press room, how, and when she is out again."""

from __future__ import annotations

import logging

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.audit.models import AuditEntry
from accounts.tests.mail_servers import mail_server_down
from stories.press.models import PressPerson
from stories.press.room import attempts, links, people
from stories.press.room.tests.newsrooms import (
    PASSWORD,
    ROOM,
    SIGN_IN,
    browser,
    link,
    mailed,
    person,
)

pytestmark = pytest.mark.django_db
NEW = "vanh-non-khau-30"


def is_in(client: Client) -> bool:
    """Whether the door leads into the room."""
    return "Đăng xuất" in client.get(ROOM).content.decode()


def actions() -> list[str]:
    entries = AuditEntry.objects.filter(action__startswith="press_").order_by("seq")
    return list(entries.values_list("action", flat=True))


def test_with_address_and_password_one_is_in(lan):
    client = browser()
    answer = client.get(ROOM)
    assert "Dành cho báo chí" in answer.content.decode()
    assert SIGN_IN in answer.content.decode()
    said = client.post(SIGN_IN, {"email": " LAN@bao.example", "password": PASSWORD})
    assert said.headers["Location"] == ROOM
    inside = client.get(ROOM)
    assert lan.client.organisation in inside.content.decode()
    assert inside.headers["Cache-Control"] == "private, no-store"
    assert "Đăng xuất" not in browser().get(ROOM).content.decode()
    assert actions()[-1] == "press_signed_in"
    client.post("/bao-chi/thoat/")
    assert not is_in(client)


@pytest.mark.parametrize("there", ["//xau.example/", "https://xau.example/", "/quan-tri/"])
def test_nobody_is_led_out_of_the_room_by_an_address(lan, there):
    data = {"email": lan.email, "password": PASSWORD, "tiep": there}
    assert Client().post(SIGN_IN, data).headers["Location"] == ROOM
    data["tiep"] = "/bao-chi/dong-nghiep/"
    assert Client().post(SIGN_IN, data).headers["Location"] == data["tiep"]


def test_wrong_ones_get_one_answer_and_no_more_than_ten_tries(lan, settings):
    out = person(lan.client, "nghi@bao.example", is_active=False)
    wrong = [(lan.email, "sai"), ("ai@bao.example", PASSWORD), (out.email, PASSWORD)]
    pages = [Client().post(SIGN_IN, {"email": e, "password": p}) for e, p in wrong]
    assert {page.status_code for page in pages} == {200}
    failed = AuditEntry.objects.filter(action="press_sign_in_failed").order_by("seq")
    assert [entry.target for entry in failed] == [
        f"press_person:{lan.pk}",
        "press_person:?",
        f"press_person:{out.pk}",
    ]
    assert all("không đúng, hoặc tài khoản đã ngừng" in p.content.decode() for p in pages)
    for _ in range(attempts.MOST - 1):
        Client().post(SIGN_IN, {"email": lan.email.upper(), "password": "sai"})
    right = {"email": lan.email, "password": PASSWORD}
    assert Client().post(SIGN_IN, right).status_code == 429
    assert is_in(browser(person(lan.client, "khac@bao.example")))
    people.forgot(lan.email)
    (message,) = mailed()
    client = Client()
    client.post(link(message), {"password": NEW, "again": NEW})
    assert is_in(client)
    assert is_in_with(lan, NEW)


def is_in_with(who: PressPerson, password: str) -> bool:
    client = Client()
    client.post(SIGN_IN, {"email": who.email, "password": password})
    return is_in(client)


def test_the_password_of_demo_accounts_opens_nothing_in_earnest(lan, settings):
    lan.set_password("guong-sang-2026")
    lan.save()
    assert not is_in_with(lan, "guong-sang-2026")
    settings.DEBUG = True
    assert is_in_with(lan, "guong-sang-2026")


@pytest.mark.parametrize("what", ["person", "client", "password"])
def test_who_is_shut_out_is_out_at_the_next_request(lan, what):
    client, other = browser(lan), browser(lan)
    assert is_in(client)
    if what == "person":
        PressPerson.objects.update(is_active=False)
    elif what == "client":
        lan.client.is_active = False
        lan.client.save()
    else:
        people.set_password(person=PressPerson.objects.get(), password=NEW)
    for one in (client, other):
        assert not is_in(one)
        assert SIGN_IN in one.get("/bao-chi/dong-nghiep/").headers["Location"]


def test_staff_and_press_do_not_open_each_others_doors(lan, people):
    client = Client()
    client.force_login(people["admin"])
    assert not is_in(client)
    client.post(SIGN_IN, {"email": lan.email, "password": PASSWORD})
    assert is_in(client)
    client.post("/bao-chi/thoat/")
    assert not is_in(client)
    assert client.get("/quan-tri/").status_code == 200
    reporter = browser(lan)
    assert "/login/" in reporter.get("/quan-tri/").headers["Location"]
    staff_login = {"username": lan.email, "password": PASSWORD}
    assert Client().post("/quan-tri/login/", staff_login).status_code == 200


def test_signing_in_changes_the_sessions_key(lan):
    client = Client()
    client.get(SIGN_IN)
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post(SIGN_IN, {"email": lan.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    stranger = Client()
    stranger.cookies["sessionid"] = before
    assert not is_in(stranger)


def test_an_invitation_sets_the_password_once(paper):
    made = PressPerson(client=paper, name="Hà", email="ha@bao.example")
    people.invite(person=made)
    assert actions() == ["press_person_added", "press_person_invited"]
    (message,) = mailed()
    assert message.to == ["ha@bao.example"]
    assert "mời" in message.body
    assert not mailed()
    path = link(message)
    assert not PressPerson.objects.get().has_usable_password()
    client = Client()
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "strict-origin"
    short = client.post(path, {"password": "ngan", "again": "ngan"})
    assert "quá ngắn" in short.content.decode()
    unlike = client.post(path, {"password": NEW, "again": NEW + "x"})
    assert "chưa giống nhau" in unlike.content.decode()
    assert client.post(path, {"password": NEW, "again": NEW}).headers["Location"] == ROOM
    assert is_in(client)
    assert Client().get(path).status_code == 404
    other = "khac-han-7788"
    assert Client().post(path, {"password": other, "again": other}).status_code == 404
    assert is_in_with(made, NEW)


def test_a_link_holds_for_its_person_only(lan, chief):
    path = links.path(lan)
    name, token = path.split("/")[-3:-1]
    other = links.path(chief).split("/")[-3]
    assert Client().get(path).status_code == 200
    for bad in (path.replace(token, token + "x"), path.replace(name, other), path[:-3] + "/"):
        assert Client().get(bad).status_code == 404
    PressPerson.objects.update(is_active=False)
    assert Client().get(path).status_code == 404


def test_forgetting_tells_nobody_who_is_known(lan):
    known, unknown = (
        Client().post("/bao-chi/quen-mat-khau/", {"email": email}).content
        for email in (lan.email, "la@bao.example")
    )
    assert known == unknown
    Client().post("/bao-chi/quen-mat-khau/", {"email": lan.email})
    (message,) = mailed()
    assert message.to == [lan.email]
    assert "mật khẩu cũ vẫn dùng được" in message.body


def test_a_mail_that_is_not_taken_is_sent_later(lan, settings):
    people.forgot(lan.email)
    with mail_server_down(settings):
        mailed()
    lan.refresh_from_db()
    assert lan.link_error
    assert lan.link_at > lan.created_at
    assert not mailed()
    PressPerson.objects.update(link_at=lan.created_at)
    assert len(mailed()) == 1
    assert len(mail.outbox) == 1


def test_addresses_are_one_in_whatever_letters(paper, lan, client, people):
    client.force_login(people["board"])
    data = {"client": paper.pk, "name": "Lan hai", "email": "LAN@Bao.example"}
    page = client.post(reverse("press_people:add"), data)
    assert "đã có tài khoản" in page.content.decode()
    assert PressPerson.objects.count() == 1


def test_no_log_line_keeps_a_link_that_opens_something(lan):
    from config.logs import WithoutKeys

    for path in (links.path(lan), "/bao-chi/chu-de/thoi/12.abcdef/"):
        record = logging.LogRecord("x", logging.INFO, "", 0, '"GET %s HTTP/1.1" 200', (path,), None)
        WithoutKeys().filter(record)
        token = path.rstrip("/").rpartition("/")[2]
        assert token not in record.getMessage()
        assert "…/" in record.getMessage()
