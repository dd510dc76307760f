"""What a client's people ask the Union, and what Ban Tuyên giáo answers.

```mermaid
stateDiagram-v2
    [*] --> new: asked; the board is told
    new --> answered: the asker gets the answer by mail
    answered --> answered: the answer was changed, and is mailed again
    new --> closed: settled without an answer
    answered --> closed
```
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from stories.press.models.client import PressClient
from stories.press.models.person import PressPerson

LONGEST = 3000  # characters of a question, and of an answer


class QuestionQuerySet(models.QuerySet["PressQuestion"]):
    def to_mail(self, now: datetime) -> QuestionQuerySet:
        return self.filter(mail=PressQuestion.Mail.PENDING, mail_at__lte=now)


class PressQuestion(models.Model):
    """Seen by the client's own people and the board. `mail` is of the answer, to `asker_email`."""

    class State(models.TextChoices):
        NEW = "new", _("Mới")
        ANSWERED = "answered", _("Đã trả lời")
        CLOSED = "closed", _("Đã đóng")

    class Mail(models.TextChoices):
        NONE = "", _("chưa có gì để gửi")
        PENDING = "pending", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        NOWHERE = "nowhere", _("không có địa chỉ")
        FAILED = "failed", _("không gửi được")

    client = models.ForeignKey(
        PressClient, on_delete=models.PROTECT, related_name="questions", verbose_name=_("cơ quan")
    )
    item = models.ForeignKey(
        "releases.Item",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("hỏi về bài"),
    )
    person = models.ForeignKey(
        PressPerson,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("tài khoản người hỏi"),
    )
    asker_name = models.CharField(_("người hỏi"), max_length=200)
    asker_email = models.EmailField(_("thư điện tử"), blank=True)
    text = models.TextField(_("câu hỏi"), max_length=LONGEST)
    asked_at = models.DateTimeField(_("hỏi lúc"), default=timezone.now)
    state = models.CharField(
        _("tình trạng"), max_length=8, choices=State.choices, default=State.NEW, db_index=True
    )
    answer = models.TextField(_("trả lời"), max_length=LONGEST, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("người trả lời"),
    )
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True)
    closed_at = models.DateTimeField(_("đóng lúc"), null=True)
    mail = models.CharField(_("thư"), max_length=8, choices=Mail.choices, blank=True, default="")
    mail_at = models.DateTimeField(_("gửi thư từ lúc"), default=timezone.now)
    mail_attempts = models.PositiveSmallIntegerField(_("số lần gửi thư"), default=0)
    mail_error = models.CharField(_("lỗi gửi thư"), max_length=300, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu hỏi của báo chí")
        verbose_name_plural = _("câu hỏi của báo chí")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.client}: {self.beginning()}"

    @admin.display(description=_("câu hỏi"))
    def beginning(self) -> str:
        return Truncator(" ".join(self.text.split())).chars(80)

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CLOSED
