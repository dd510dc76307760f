"""Where a client published an item, and what its page said each time someone had it looked at.

```mermaid
stateDiagram-v2
    [*] --> running: a person pressed the button
    running --> there: the item's words are on the page
    running --> absent: they aren't, and never were seen there
    running --> gone: 404, 410, or the words that were there are no longer
    running --> failed: no answer, another kind of file, a refused address
```
Of a page figures and a hash are kept, never its words.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.storing import SafeFileField
from stories.press.models.client import PressClient
from stories.press.models.person import PressPerson


class PressClipping(models.Model):
    """One publication. `scan` is a proof for the house, served to nobody else but its client."""

    class Medium(models.TextChoices):
        PRINT = "print", _("Báo in")
        ONLINE = "online", _("Báo điện tử")
        RADIO = "radio", _("Phát thanh")
        TELEVISION = "television", _("Truyền hình")
        SOCIAL = "social", _("Mạng xã hội")

    class Credit(models.TextChoices):
        UNCHECKED = "", _("Chưa kiểm tra")
        YES = "yes", _("Có ghi")
        NO = "no", _("Không ghi")

    ON_THE_WEB = (Medium.ONLINE, Medium.SOCIAL)

    client = models.ForeignKey(
        PressClient, on_delete=models.PROTECT, related_name="clippings", verbose_name=_("cơ quan")
    )
    item = models.ForeignKey(
        "releases.Item", on_delete=models.PROTECT, related_name="+", verbose_name=_("bài, ảnh")
    )
    version = models.PositiveIntegerField(_("phiên bản đã dùng"))
    medium = models.CharField(_("loại hình"), max_length=10, choices=Medium.choices)
    published_on = models.DateField(_("ngày đăng"), db_index=True)
    place = models.CharField(
        _("trang, chương trình"),
        max_length=200,
        blank=True,
        help_text=_("Ví dụ: số 5012, trang 3; hoặc Thời sự tối 20/10, 19 giờ 45."),
    )
    url = models.URLField(_("địa chỉ trang đã đăng"), max_length=1000, blank=True)
    scan = SafeFileField(_("bản chụp, bản quét"), upload_to="clippings", blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    source_credit = models.CharField(
        _("ghi nguồn của Hội"), max_length=3, choices=Credit.choices, blank=True, default=""
    )
    picture_credit = models.CharField(
        _("ghi tên tác giả ảnh"), max_length=3, choices=Credit.choices, blank=True, default=""
    )
    note = models.TextField(_("ghi chú"), max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("cán bộ ghi"),
    )
    person = models.ForeignKey(
        PressPerson,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("người của báo chí ghi"),
    )
    recorded_name = models.CharField(_("người ghi"), max_length=200, blank=True, editable=False)
    recorded_at = models.DateTimeField(_("ghi lúc"), default=timezone.now, editable=False)
    last_check = models.ForeignKey(
        "press.ClippingCheck",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("lần kiểm tra gần nhất"),
    )

    class Meta:
        verbose_name = _("bài đã đăng")
        verbose_name_plural = _("bài đã đăng")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(scan="") | ~Q(place=""), name="press_clipping_somewhere"
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.get_medium_display()}, {self.published_on:%d/%m/%Y}"

    @property
    @admin.display(description=_("tít"))
    def title(self) -> str:
        """Of what is current now; a withdrawn item shows its notice."""
        current = self.item.current
        return current.data["title"] if current else str(self.item_id)

    @admin.display(description=_("mã bài, ảnh"))
    def code(self) -> str:
        return str(self.item_id)

    @admin.display(description=_("ngày đăng"))
    def day(self) -> str:
        return f"{self.published_on:%d/%m/%Y}"

    @property
    def is_withdrawn(self) -> bool:
        return not self.item.is_public

    @property
    def is_gone(self) -> bool:
        check = self.last_check
        return check is not None and check.outcome == ClippingCheck.Outcome.GONE

    @admin.display(description=_("trên mạng"))
    def presence(self) -> str:
        """For people: “còn đăng (14:05 20/11/2026)”, “chưa kiểm tra”, “” for what has no page."""
        if not self.url:
            return ""
        return str(self.last_check or _("chưa kiểm tra"))


class ClippingCheck(models.Model):
    """One look at a clipping's page, because `by_name` pressed the button."""

    class Outcome(models.TextChoices):
        RUNNING = "running", _("đang kiểm tra")
        THERE = "there", _("còn đăng")
        ABSENT = "absent", _("không thấy bài trên trang")
        GONE = "gone", _("đã gỡ")
        FAILED = "failed", _("không mở được trang")

    clipping = models.ForeignKey(
        PressClipping,
        on_delete=models.CASCADE,
        related_name="checks",
        verbose_name=_("bài đã đăng"),
    )
    at = models.DateTimeField(_("lúc"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("cán bộ"),
    )
    by_name = models.CharField(_("người kiểm tra"), max_length=200, blank=True)
    outcome = models.CharField(
        _("kết quả"), max_length=8, choices=Outcome.choices, default=Outcome.RUNNING
    )
    status = models.PositiveSmallIntegerField(_("mã trả lời của máy chủ"), null=True)
    error = models.CharField(_("vì sao"), max_length=300, blank=True)
    host = models.CharField(_("máy chủ"), max_length=253, blank=True)
    size = models.PositiveIntegerField(_("số byte"), null=True)
    sha256 = models.CharField(_("mã băm của trang"), max_length=64, blank=True)
    title_found = models.BooleanField(_("thấy tít"), null=True)
    overlap = models.PositiveSmallIntegerField(_("trùng chữ (%)"), null=True)
    source_found = models.BooleanField(_("thấy tên nguồn"), null=True)
    picture_credit_found = models.BooleanField(_("thấy tên tác giả ảnh"), null=True)
    dated_on = models.DateField(_("ngày ghi trên trang"), null=True)

    class Meta:
        verbose_name = _("lần kiểm tra trang")
        verbose_name_plural = _("các lần kiểm tra trang")
        ordering = ["-pk"]

    def __str__(self) -> str:
        when = timezone.localtime(self.at)
        return f"{self.get_outcome_display()} ({when:%H:%M %d/%m/%Y})"
