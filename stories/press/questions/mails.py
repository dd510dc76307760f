"""The answer by mail, one a question; a mail that can't be sent is tried again, later each time."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import retrying
from stories.press.models import PressQuestion

Mail = PressQuestion.Mail
LEASE = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=6)
GIVE_UP = timedelta(days=7)

logger = logging.getLogger(__name__)


def send_due() -> tuple[int, int]:
    """Mail the answers that wait; how many went out, how many didn't."""
    connection, sent, failed = get_connection(), 0, 0
    for pk in list(PressQuestion.objects.to_mail(timezone.now()).values_list("pk", flat=True)):
        if (question := _claim(pk)) is None:
            continue
        try:
            connection.open()
            message = compose(question)
            message.connection = connection
            message.send()
        except SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            _put_back(question, error, for_good=min(codes, default=500) >= 500)
            failed += 1
        except OSError as error:  # SMTP's own exceptions are OSErrors; the server is down for all
            _put_back(question, error)
            failed += 1
            break
        except Exception as error:  # noqa: BLE001 - one bad mail must not keep back the others
            _put_back(question, error, for_good=isinstance(error, ValueError))
            failed += 1
        else:
            # Not where the answer was changed meanwhile: that one is still to be sent.
            _same(question).update(mail=Mail.SENT, mail_error="")
            sent += 1
    with suppress(OSError):
        connection.close()
    return sent, failed


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


def _put_back(question: PressQuestion, error: Exception, *, for_good: bool = False) -> None:
    told = (str(error) or type(error).__name__)[:300]
    logger.error("Không gửi được thư trả lời số %s: %s", question.pk, told)
    over = for_good or timezone.now() - question.answered_at > GIVE_UP
    wait = retrying.pause(question.mail_attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    _same(question).update(
        mail=Mail.FAILED if over else Mail.PENDING,
        mail_error=told,
        mail_at=timezone.now() + wait,
    )


def _same(question: PressQuestion):
    """Its row, while the answer is the one in hand."""
    return PressQuestion.objects.filter(pk=question.pk, answered_at=question.answered_at)
