"""Writes: asked, answered, closed."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit.actions import Action
from accounts.audit.services import record
from accounts.notices.kinds import Kind
from accounts.notices.services import settle, tell
from stories.moderation.notices import board
from stories.press import rounds
from stories.press.clippings import items
from stories.press.models import PressPerson, PressQuestion
from stories.releases.models import Item

State, Mail = PressQuestion.State, PressQuestion.Mail
MOST_OPEN = 50  # unanswered questions of one client


class TooMany(Exception):
    """So many of the client's questions still wait for an answer."""


@transaction.atomic
def ask(*, person: PressPerson, text: str, item: Item | None = None) -> PressQuestion:
    """Put a question to the board, which is told.

    Raises ValueError for an item that the client may not have (forms have refused it before), and
    TooMany.
    """
    client = person.client
    if item is not None and not items.may_name(client, item):
        raise ValueError(f"not for {client.name}: {item.pk}")
    if client.questions.filter(state=State.NEW).count() >= MOST_OPEN:
        raise TooMany(client.name)
    made = PressQuestion.objects.create(
        client=client,
        item=item,
        person=person,
        asker_name=person.name,
        asker_email=person.email,
        text=text.strip(),
    )
    _on_record(Action.QUESTION_ASKED, made, None, {"who": made.asker_name})
    tell(
        users=get_user_model().objects.filter(board()).distinct(),
        kind=Kind.QUESTION,
        subject=_("%(client)s hỏi Hội") % {"client": client},
        text=_("%(name)s (%(client)s) gửi câu hỏi và chờ trả lời:\n\n%(text)s")
        % {"name": made.asker_name, "client": client, "text": made.text},
        link=link(made),
    )
    return made


@transaction.atomic
def answer(*, question: PressQuestion, text: str, user) -> PressQuestion:
    """Answer, or change the answer; it goes to the asker by mail. A closed one stays closed."""
    question = PressQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if not question.is_open or question.answer == text.strip():
        return question
    now = timezone.now()
    question.answer, question.state = text.strip(), State.ANSWERED
    question.answered_by, question.answered_at = user, now
    question.mail = Mail.PENDING if question.asker_email else Mail.NOWHERE
    question.mail_at, question.mail_attempts, question.mail_error = now, 0, ""
    question.save()
    _on_record(Action.QUESTION_ANSWERED, question, user, {})
    settle(kinds=[Kind.QUESTION], link=link(question))
    transaction.on_commit(rounds.now, robust=True)
    return question


@transaction.atomic
def close(*, question: PressQuestion, user) -> None:
    """Nothing more to say about it; a second call changes nothing."""
    found = PressQuestion.objects.filter(pk=question.pk).exclude(state=State.CLOSED)
    if found.update(state=State.CLOSED, closed_at=timezone.now()):
        _on_record(Action.QUESTION_CLOSED, question, user, {})
        settle(kinds=[Kind.QUESTION], link=link(question))


def link(question: PressQuestion) -> str:
    return reverse("press_questions:inspect", args=[question.pk])


def _on_record(action: Action, question: PressQuestion, user, data: dict) -> None:
    data |= {"client": question.client.name}
    record(action=action, target=f"press_question:{question.pk}", actor=user, data=data)
