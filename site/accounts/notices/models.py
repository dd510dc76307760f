from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.notices.kinds import TOPICS, Kind, Mode, Topic


class NoticePreference(models.Model):
    """How one person wants the mails of one topic; without a row, at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người nhận"),
        on_delete=models.CASCADE,
        related_name="notice_preferences",
    )
    topic = models.CharField(_("việc"), max_length=12, choices=Topic.choices)
    mode = models.CharField(_("cách gửi"), max_length=8, choices=Mode.choices)

    class Meta:
        verbose_name = _("cách nhận thư")
        verbose_name_plural = _("cách nhận thư")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="notice_preference_one")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.topic} {self.mode}"


class NoticeQuerySet(models.QuerySet):
    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def pending(self) -> NoticeQuerySet:
        """Whose mail is still to be sent, now or later."""
        return self.filter(mail=Notice.Mail.PENDING)

    def due(self) -> NoticeQuerySet:
        return self.pending().filter(due_at__lte=timezone.now())

    def with_mode(self) -> NoticeQuerySet:
        """Each with `mode`: how its person wants it mailed (at once what is of no topic)."""
        topic = Case(
            *[When(kind=kind, then=Value(str(topic))) for kind, topic in TOPICS.items()],
            default=Value(""),
        )
        chosen = NoticePreference.objects.filter(user=OuterRef("user"), topic=OuterRef("topic"))
        return self.annotate(topic=topic).annotate(
            mode=Coalesce(Subquery(chosen.values("mode")[:1]), Value(str(Mode.AT_ONCE)))
        )


class Notice(models.Model):
    """One event told to one person. `text` is plain, `link` a path of the admin or empty.

    `due_at` is when the mail may be tried next; while a run has it in hand, when the next run may.
    """

    class Mail(models.TextChoices):
        PENDING = "pending", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        SKIPPED = "skipped", _("không gửi thư")
        FAILED = "failed", _("không gửi được")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người nhận"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    kind = models.CharField(_("loại"), max_length=15, choices=Kind.choices)
    subject = models.CharField(_("tiêu đề"), max_length=300)
    text = models.TextField(_("nội dung"))
    link = models.CharField(_("đường dẫn"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("lúc"), default=timezone.now)
    read_at = models.DateTimeField(_("đọc lúc"), null=True, blank=True)
    mail = models.CharField(_("thư"), max_length=8, choices=Mail.choices, default=Mail.PENDING)
    attempts = models.PositiveSmallIntegerField(_("số lần gửi"), default=0)
    last_error = models.CharField(_("lỗi lần gửi trước"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("gửi từ lúc"), default=timezone.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_of_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["due_at"], condition=Q(mail="pending"), name="notice_due"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.subject}"
