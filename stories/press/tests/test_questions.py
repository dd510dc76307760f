"""What press people ask the Union: seen by their newsroom and the board, answered, mailed."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.notices.models import Notice
from stories import factories
from stories.press import rounds
from stories.press.models import PressQuestion
from stories.press.questions import services
from stories.press.room.tests import newsrooms
from stories.press.tests import ledger
from stories.releases.models import Item

ROOM = "/bao-chi/hoi-dap/"
TEXT = "Xin số điện thoại của chị Lan?"


@pytest.fixture
def lan(db):
    return newsrooms.person(newsrooms.newsroom())


@pytest.fixture
def question(people, lan) -> PressQuestion:
    return services.ask(person=lan, text=TEXT)


def test_a_question_reaches_the_board_and_its_answer_the_asker(people, lan, client) -> None:
    ledger.story(1)
    browser = newsrooms.browser(lan)
    asked = browser.post(ROOM, {"text": TEXT, "item": "", "address": ledger.nth(1)}, follow=True)
    assert TEXT in asked.content.decode()
    question = PressQuestion.objects.get()
    assert (question.client, question.person, str(question.item_id)) == (
        lan.client,
        lan,
        ledger.nth(1),
    )
    told = Notice.objects.filter(kind="question", link=services.link(question))
    assert {one.user for one in told} == {people["board"], people["board2"]}
    client.force_login(people["board"])
    screen = client.get(services.link(question)).content.decode()
    assert TEXT in screen
    assert "Bài số 1" in screen
    mail.outbox.clear()
    answer = reverse("press_question_answer", args=[question.pk])
    client.post(answer, {"answer": " "})
    question.refresh_from_db()
    assert question.state == "new"
    client.post(answer, {"answer": "Mời gọi Hội LHPN xã."})
    rounds.run("questions")
    rounds.run("questions")
    (letter,) = [one for one in mail.outbox if one.to == [lan.email]]
    assert "Mời gọi Hội LHPN xã." in letter.body
    assert not Notice.objects.unread().filter(link=services.link(question)).exists()
    assert "Mời gọi Hội LHPN xã." in browser.get(ROOM).content.decode()
    question.refresh_from_db()
    assert (question.state, question.mail, question.answered_by) == (
        "answered",
        "sent",
        people["board"],
    )
    actions = AuditEntry.objects.filter(target=f"press_question:{question.pk}")
    assert [one.action for one in actions.order_by("seq")] == [
        "question_asked",
        "question_answered",
    ]
    assert not [one for one in actions if TEXT in one.data]


def test_a_changed_answer_is_mailed_again_and_a_closed_question_stays_closed(
    question, people, lan
) -> None:
    mail.outbox.clear()
    for text in ("Một", "Hai", "Hai"):
        services.answer(question=question, text=text, user=people["board"])
        rounds.run("questions")
    letters = [one for one in mail.outbox if one.to == [lan.email]]
    assert len(letters) == 2
    services.close(question=question, user=people["board"])
    services.answer(question=question, text="Ba", user=people["board"])
    question.refresh_from_db()
    assert (question.state, question.answer) == ("closed", "Hai")


def test_a_mail_that_fails_is_tried_again(question, people, monkeypatch) -> None:
    services.answer(question=question, text="Một", user=people["board"])

    def down(*args, **kwargs):
        raise ConnectionRefusedError("từ chối")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.message.EmailMessage.send", down)
        done = rounds.run("questions")
    assert (done.sent, done.failed, done.broken) == (0, 1, [])
    question.refresh_from_db()
    assert (question.mail, question.mail_error) == ("pending", "từ chối")
    assert question.mail_at > timezone.now()
    PressQuestion.objects.update(mail_at=timezone.now())
    assert rounds.run("questions").sent == 1


def test_another_newsroom_and_units_see_nothing_of_it(question, people, client) -> None:
    hoa = newsrooms.person(newsrooms.newsroom("dai-ptth", "broadcaster"), "hoa@dai.example")
    assert TEXT not in newsrooms.browser(hoa).get(ROOM).content.decode()
    colleague = newsrooms.person(question.client, "minh@bao.example")
    assert TEXT in newsrooms.browser(colleague).get(ROOM).content.decode()
    assert Client().get(ROOM).status_code == 302
    client.force_login(people["editor"])
    assert client.get(services.link(question)).status_code == 302
    for name in ("answer", "close"):
        assert client.post(reverse(f"press_question_{name}", args=[question.pk])).status_code != 200
    question.refresh_from_db()
    assert question.state == "new"


def test_no_item_that_the_client_may_not_have_can_be_named_or_seen(people, lan) -> None:
    ledger.story(1, purposes=["radio_tv"], title="Chỉ cho đài")
    draft = factories.story(people["editor"], title="Bản nháp bí mật")
    browser = newsrooms.browser(lan)
    said = set()
    for about in (ledger.nth(1), str(draft.uuid), ledger.nth(99)):
        answer = browser.post(ROOM, {"text": TEXT, "address": about})
        said.add(str(answer.context["form"].errors["address"]))
        by_hand = browser.post(ROOM, {"text": TEXT, "item": about})
        assert "item" in by_hand.context["form"].errors
        shown = browser.get(f"{ROOM}?bai={about}").content.decode()
        assert "Chỉ cho đài" not in shown + answer.content.decode() + by_hand.content.decode()
        assert "Bản nháp bí mật" not in shown + answer.content.decode()
    assert len(said) == 1  # what isn't hers sounds like what isn't there
    with pytest.raises(ValueError, match="not for"):
        services.ask(person=lan, text=TEXT, item=Item.objects.get(pk=ledger.nth(1)))
    assert not PressQuestion.objects.exists()


def test_a_newsroom_can_t_heap_up_questions(question, lan, monkeypatch) -> None:
    monkeypatch.setattr(services, "MOST_OPEN", 1)
    answer = newsrooms.browser(lan).post(ROOM, {"text": "Nữa?"})
    assert "chờ trả lời" in answer.content.decode()
    assert PressQuestion.objects.count() == 1
