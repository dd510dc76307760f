"""One text read and answered by a named person without an account, in the office of who asked them.

```mermaid
stateDiagram-v2
    [*] --> open: someone who may act on the review invites a guest
    open --> approved: the guest, by the step's own rules, in the inviter's name
    open --> returned: the guest, with a coded reason
    open --> revoked: the inviter, or anyone in the office of the step
    open --> closed: expired, text changed, step over, inviter no longer in office
```
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ReviewLinkQuerySet(models.QuerySet):
    def open(self) -> ReviewLinkQuerySet:
        """Neither answered, revoked nor run out; the review itself may be over all the same."""
        return self.filter(answered_at=None, revoked_at=None, expires_at__gt=timezone.now())


class ReviewLink(models.Model):
    """`sha256` is the hash of the text that the inviter was shown: the guest answers that or none.

    Its address isn't stored: that is signed anew from `pk` and `expires_at` (see `guest_mail`).
    """

    class Answer(models.TextChoices):
        APPROVED = "approved", gettext_lazy("Đồng ý duyệt")
        RETURNED = "returned", gettext_lazy("Trả lại")

    state = models.ForeignKey(
        "moderation.ReviewState",
        verbose_name=gettext_lazy("lượt duyệt"),
        null=True,
        on_delete=models.SET_NULL,  # the page is gone; who was invited stays on record
        related_name="links",
    )
    item = models.UUIDField(gettext_lazy("bài"), db_index=True)
    sha256 = models.CharField(gettext_lazy("mã băm nội dung"), max_length=64)
    name = models.CharField(gettext_lazy("họ và tên"), max_length=120)
    post = models.CharField(gettext_lazy("chức vụ, đơn vị"), max_length=160)
    email = models.EmailField(gettext_lazy("thư điện tử"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("người mời"),
        on_delete=models.PROTECT,
        related_name="review_links",
    )
    created_at = models.DateTimeField(gettext_lazy("mời lúc"), default=timezone.now)
    expires_at = models.DateTimeField(gettext_lazy("hết hạn lúc"))
    revoked_at = models.DateTimeField(gettext_lazy("thu hồi lúc"), null=True)
    answered_at = models.DateTimeField(gettext_lazy("trả lời lúc"), null=True)
    answer = models.CharField(
        gettext_lazy("trả lời"), max_length=10, choices=Answer.choices, blank=True
    )
    comment = models.TextField(gettext_lazy("lời nhắn"), blank=True)

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("liên kết đọc duyệt")
        verbose_name_plural = gettext_lazy("liên kết đọc duyệt")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="review_link_dates"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="review_link_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guest} ← {self.invited_by}"

    @property
    def guest(self) -> str:
        return f"{self.name}, {self.post}"

    @property
    def signature(self) -> str:
        """What an approval and a review keep of the guest."""
        return _("Qua liên kết: %(guest)s") % {"guest": self.guest}

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.revoked_at is None and not self.is_expired

    def is_for(self, state, user) -> bool:
        """Whether this link may answer that review in that user's name now."""
        return self.is_open and self.state_id == state.pk and self.invited_by_id == user.pk


class ReviewLinkVisit(models.Model):
    """One use of a link, as far as the request tells who it was."""

    class What(models.TextChoices):
        OPENED = "opened", gettext_lazy("Mở đọc")
        APPROVED = "approved", gettext_lazy("Đồng ý duyệt")
        RETURNED = "returned", gettext_lazy("Trả lại")
        REFUSED = "refused", gettext_lazy("Không dùng được")

    link = models.ForeignKey(
        ReviewLink,
        verbose_name=gettext_lazy("liên kết"),
        on_delete=models.CASCADE,
        related_name="visits",
    )
    at = models.DateTimeField(gettext_lazy("lúc"), auto_now_add=True)
    address = models.GenericIPAddressField(gettext_lazy("địa chỉ mạng"), null=True)
    agent = models.CharField(gettext_lazy("trình duyệt"), max_length=160, blank=True)
    what = models.CharField(gettext_lazy("việc"), max_length=10, choices=What.choices)

    class Meta:
        verbose_name = gettext_lazy("lượt dùng liên kết")
        verbose_name_plural = gettext_lazy("lượt dùng liên kết")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}: {self.link_id}"
