"""Hooks in the admin: Ban Tuyên giáo registers, tries, switches; the secret is shown once."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from stories.press.models import PressHook, PressHookEvent
from stories.press.tests import ledger
from stories.press.webhooks import reader, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(client, people):
    client.force_login(people["board"])
    return client


@pytest.fixture
def hook(newspaper, server) -> PressHook:
    return services.create_hook(client=newspaper, url=f"{server.base}/hook")[0]


def secret_in(answer) -> str:
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return re.search(r'id="hook-secret">([^<]+)<', answer.content.decode()).group(1)


def test_registered_the_secret_is_shown_once_and_never_again(board, newspaper, server):
    data = {"client": newspaper.pk, "url": f"{server.base}/hook"}
    secret = secret_in(board.post(reverse("press_hooks:add"), data))
    hook = PressHook.objects.get()
    assert hook.secret == secret
    for name, args in (("index", []), ("inspect", [hook.pk]), ("edit", [hook.pk])):
        page = board.get(reverse(f"press_hooks:{name}", args=args)).content.decode()
        assert newspaper.organisation in page or server.base in page
        assert secret not in page


def test_a_new_secret_is_shown_once_beside_the_old_one_s_end(board, hook):
    answer = board.post(reverse("press_hook_rotate", args=[hook.pk]))
    secret = secret_in(answer)
    assert "khóa cũ vẫn ký" in answer.content.decode()
    assert secret != hook.secret
    page = board.get(reverse("press_hooks:inspect", args=[hook.pk])).content.decode()
    assert "Khóa ký cũ còn ký" in page
    assert secret not in page
    assert hook.secret not in page


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://bao.example/", "https://"),
        ("https://127.0.0.1/", "mạng nội bộ"),
        ("https://user:pw@bao.example/", "tên đăng nhập"),
    ],
)
def test_an_address_that_is_not_sent_to_is_refused_in_the_form(board, newspaper, url, why):
    answer = board.post(reverse("press_hooks:add"), {"client": newspaper.pk, "url": url})
    assert why in answer.content.decode()
    assert not PressHook.objects.exists()


def test_the_same_address_twice_is_refused_in_the_form(board, newspaper, hook):
    answer = board.post(reverse("press_hooks:add"), {"client": newspaper.pk, "url": hook.url})
    assert answer.status_code == 200
    assert PressHook.objects.count() == 1


def test_the_address_can_be_changed(board, hook, server):
    path = reverse("press_hooks:edit", args=[hook.pk])
    board.post(path, {"url": f"{server.base}/moi"})
    hook.refresh_from_db()
    assert hook.url.endswith("/moi")


def test_the_trial_button_says_how_it_went(board, hook, server):
    path = reverse("press_hook_try", args=[hook.pk])
    assert "đã nhận (mã 204)" in board.post(path, follow=True).content.decode()
    server.answers(500)
    assert "chưa được: Máy chủ trả lời mã 500" in board.post(path, follow=True).content.decode()


def test_switched_off_and_on_again(board, hook):
    path = reverse("press_hook_switch", args=[hook.pk])
    assert "đã tắt" in board.post(path, follow=True).content.decode()
    assert not PressHook.objects.active().exists()
    board.post(path, {"on": "1"})
    assert PressHook.objects.active().exists()


def test_what_was_given_up_is_sent_again_by_a_button(board, hook, server):
    ledger.story(1)
    reader.catch_up()
    PressHookEvent.objects.update(state="dead", last_error="Máy chủ trả lời mã 500.")
    event = PressHookEvent.objects.get()
    page = board.get(reverse("press_hook_events:inspect", args=[event.pk])).content.decode()
    assert "Gửi lại" in page
    board.post(reverse("press_hook_replay", args=[event.pk]))
    event.refresh_from_db()
    assert (event.state, event.attempts) == ("waiting", 0)


@pytest.mark.parametrize("who", ["editor", "reviewer"])
def test_unit_people_see_and_do_nothing(client, people, who, hook):
    ledger.story(1)
    reader.catch_up()
    event = PressHookEvent.objects.get()
    before = PressHook.objects.values().get(), PressHookEvent.objects.values().get()
    client.force_login(people[who])
    for name in ("press_hooks", "press_hook_events"):
        assert client.get(reverse(f"{name}:index")).status_code in (302, 403)
    for name, pk in (
        ("press_hook_try", hook.pk),
        ("press_hook_rotate", hook.pk),
        ("press_hook_switch", hook.pk),
        ("press_hook_replay", event.pk),
    ):
        assert client.post(reverse(name, args=[pk])).status_code in (302, 403)
    assert (PressHook.objects.values().get(), PressHookEvent.objects.values().get()) == before


def test_the_list_leads_to_the_screen_with_the_buttons(board, hook):
    page = board.get(reverse("press_hooks:index")).content.decode()
    assert reverse("press_hooks:inspect", args=[hook.pk]) in page


def test_buttons_are_not_links(board, hook):
    for name in ("press_hook_try", "press_hook_rotate", "press_hook_switch"):
        assert board.get(reverse(name, args=[hook.pk])).status_code == 405


def test_the_list_of_calls_takes_few_queries(board, hook, django_assert_max_num_queries):
    for number in range(15):
        ledger.story(number)
    reader.catch_up()
    with django_assert_max_num_queries(30):
        page = board.get(reverse("press_hook_events:index")).content.decode()
    assert "Đăng, Bài viết" in page
    event = PressHookEvent.objects.latest("pk")
    assert reverse("press_hook_events:inspect", args=[event.pk]) in page
    assert "Bài số" not in page
