"""The plan's vocabulary as data: movements, contents, groups and campaigns change by term."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Term(models.Model):
    code = models.SlugField(
        _("mã"), max_length=60, unique=True, help_text=_("Không đổi sau khi đã dùng.")
    )
    name = models.CharField(_("tên"), max_length=200)
    description = models.TextField(_("diễn giải"), blank=True)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_active = models.BooleanField(
        _("đang dùng"), default=True, help_text=_("Bỏ chọn để không hiện cho bài mới.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        FieldPanel("description"),
        FieldPanel("sort_order"),
        FieldPanel("is_active"),
    ]

    class Meta:
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    def as_term(self) -> dict[str, str]:
        """`{"code", "name"}`, as a payload carries it."""
        return {"code": self.code, "name": self.name}


class Movement(Term):
    starts = models.PositiveSmallIntegerField(_("từ năm"), null=True, blank=True)
    ends = models.PositiveSmallIntegerField(_("đến năm"), null=True, blank=True)

    panels = [*Term.panels, FieldPanel("starts"), FieldPanel("ends")]

    class Meta(Term.Meta):
        verbose_name = _("phong trào thi đua")
        verbose_name_plural = _("phong trào thi đua")


class Content(Term):
    movement = models.ForeignKey(
        Movement,
        verbose_name=_("phong trào"),
        on_delete=models.PROTECT,
        related_name="contents",
    )

    panels = [FieldPanel("movement"), *Term.panels]

    class Meta(Term.Meta):
        verbose_name = _("nội dung thi đua")
        verbose_name_plural = _("nội dung thi đua")


class TargetGroup(Term):
    class Meta(Term.Meta):
        verbose_name = _("nhóm đối tượng")
        verbose_name_plural = _("nhóm đối tượng")


class Campaign(Term):
    class Meta(Term.Meta):
        verbose_name = _("cuộc vận động")
        verbose_name_plural = _("cuộc vận động")
