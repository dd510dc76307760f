"""The answer by mail, one a question; a mail that can't be sent is tried again, later each time."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.press.models import PressQuestion
from stories.press.room.post import LEASE, MOST_ATTEMPTS, Outcome, Post, later

Mail = PressQuestion.Mail


def send_due() -> tuple[int, int]:
    """Mail the answers that wait; how many went out, how many didn't."""
    post = Post()
    due = PressQuestion.objects.to_mail(timezone.now()).order_by("mail_at")
    for pk in list(due.values_list("pk", flat=True)):
        if not post.is_down and (question := _claim(pk)):
            outcome = post.send(lambda question=question: compose(question))
            _note(question, outcome, post.error)
    post.close()
    return post.sent, post.failed


def compose(question: PressQuestion) -> EmailMessage:
    base = settings.PUBLIC_BASE_URL
    host = urlsplit(base).hostname or "localhost"
    number = f"{question.pk}-{int(question.answered_at.timestamp())}"
    context = {"question": question, "base_url": base}
    return EmailMessage(
        _("Trả lời câu hỏi của quý cơ quan – Hội LHPN tỉnh Phú Thọ"),
        render_to_string("press/mails/answer.txt", context).strip() + "\n",
        to=[question.asker_email],
        # The same when a mail is tried again, so that a mailbox can drop a second copy.
        headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<hoi-dap-{number}@{host}>"},
    )


def _claim(pk: int) -> PressQuestion | None:
    """Take it in hand; another run finds it again only after a while."""
    now = timezone.now()
    due = PressQuestion.objects.to_mail(now).filter(pk=pk)
    if not due.update(mail_at=now + LEASE, mail_attempts=F("mail_attempts") + 1):
        return None
    return PressQuestion.objects.select_related("client").get(pk=pk)


def _note(question: PressQuestion, outcome: Outcome, error: str) -> None:
    # Not where the answer was changed meanwhile: that one is still to be sent.
    mine = PressQuestion.objects.filter(pk=question.pk, answered_at=question.answered_at)
    if outcome is Outcome.SENT:
        mine.update(mail=Mail.SENT, mail_error="")
    elif outcome is Outcome.NEVER or question.mail_attempts >= MOST_ATTEMPTS:
        mine.update(mail=Mail.FAILED, mail_error=error)
    else:
        mine.update(mail_error=error, mail_at=later(question.mail_attempts))
