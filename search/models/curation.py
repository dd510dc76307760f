"""What the archive's people teach it: words that mean the same, and results put first."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from search.text import tidy, tokenise


class Synonym(models.Model):
    """`term` also finds `meaning`, and the other way round if `both_ways`."""

    term = models.CharField(
        _("chữ viết tắt hoặc từ"), max_length=100, help_text=_("Ví dụ: HTX, hoặc: lợn")
    )
    meaning = models.CharField(
        _("cũng là"), max_length=200, help_text=_("Ví dụ: hợp tác xã, hoặc: heo")
    )
    both_ways = models.BooleanField(
        _("hiểu cả hai chiều"),
        default=True,
        help_text=_("Tắt đi nếu tìm từ thứ hai thì không nên ra từ thứ nhất."),
    )
    rule = models.CharField(max_length=310, unique=True, editable=False)  # both, folded

    class Meta:
        verbose_name = _("từ đồng nghĩa, viết tắt")
        verbose_name_plural = _("Từ đồng nghĩa, viết tắt")
        ordering = ["term", "meaning"]

    def __str__(self) -> str:
        return (
            f"{self.term} = {self.meaning}" if self.both_ways else f"{self.term} → {self.meaning}"
        )

    def save(self, *args, **kwargs) -> None:
        self.rule = self._rule()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.term, self.meaning = tidy(self.term).strip(), tidy(self.meaning).strip()
        said, meant = tokenise(self.term), tokenise(self.meaning)
        for field, words in (("term", said), ("meaning", meant)):
            if not words:
                raise ValidationError({field: _t("Hãy ghi ít nhất một chữ hoặc số.")})
            if len(words) > 8:
                raise ValidationError({field: _t("Nhiều nhất tám tiếng.")})
        if said == meant:
            raise ValidationError(
                {"meaning": _t("Hai bên giống nhau: tìm kiếm vốn không phân biệt dấu và chữ hoa.")}
            )
        if Synonym.objects.filter(rule=self._rule()).exclude(pk=self.pk).exists():
            raise ValidationError({"meaning": _t("Cặp từ này đã có rồi.")})

    def _rule(self) -> str:
        return f"{' '.join(tokenise(self.term))}={' '.join(tokenise(self.meaning))}"


class Promotion(models.Model):
    """A story or exemplar that comes first when exactly these words are asked for.

    Shown only while it is public; `item` is its uuid in the ledger.
    """

    asked = models.CharField(
        _("khi người đọc tìm"),
        max_length=100,
        help_text=_("Ví dụ: 20/10. Có dấu hay không, chữ hoa hay thường đều như nhau."),
    )
    page = models.ForeignKey(
        Page, models.CASCADE, verbose_name=_("thì hiện trước tiên"), related_name="+"
    )
    place = models.PositiveSmallIntegerField(
        _("thứ tự"), default=1, help_text=_("1 là đầu tiên, nếu ghim nhiều bài cho cùng một từ.")
    )
    words = models.CharField(max_length=200, editable=False, db_index=True)
    item = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("kết quả ghim lên đầu")
        verbose_name_plural = _("Kết quả ghim lên đầu")
        ordering = ["asked", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["words", "page"], name="search_promotion_once")
        ]

    def __str__(self) -> str:
        return f"{self.asked} → {self.page.title}"

    def save(self, *args, **kwargs) -> None:
        self.words = asked_words(self.asked)
        self.item = self.page.specific.uuid
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.asked = tidy(self.asked).strip()
        if not tokenise(self.asked):
            raise ValidationError({"asked": _t("Hãy ghi ít nhất một chữ hoặc số.")})
        if self.page_id is None:
            return
        if not hasattr(self.page.specific, "uuid"):
            raise ValidationError({"page": _t("Hãy chọn một bài viết hoặc một điển hình.")})
        if self.pk is None and not self.page.live:
            message = _t("Bài này chưa đăng hoặc đã gỡ, người đọc không thấy. Hãy chọn bài khác.")
            raise ValidationError({"page": message})
        same = Promotion.objects.filter(words=asked_words(self.asked), page=self.page_id)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"page": _t("Bài này đã được ghim cho từ đó rồi.")})


def asked_words(q: str) -> str:
    """The form in which two questions are the same one."""
    return " ".join(tokenise(q))


class CurationVersion(models.Model):
    """One row: changes with every change of the rules above, so that processes read them anew."""

    version = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.version)

    @classmethod
    def current(cls) -> uuid.UUID | None:
        return cls.objects.filter(pk=1).values_list("version", flat=True).first()

    @classmethod
    def move_on(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"version": uuid.uuid4()})
