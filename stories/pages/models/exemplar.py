from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.models import Orderable

from media.models import Person
from stories.pages import panels
from stories.pages.models.choices import ExemplarKind, Stage
from stories.pages.models.moderated import ModeratedPage


class Tag(TagBase):
    """A word under which stories and exemplars are gathered."""

    free_tagging = True

    class Meta:
        verbose_name = _("thẻ")
        verbose_name_plural = _("thẻ")


class ExemplarTag(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="exemplar_items")
    content_object = ParentalKey(
        "pages.ExemplarPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ExemplarPage(ModeratedPage):
    """Profile of an exemplar: who they are, where, what they did, what it changed."""

    kind = models.CharField(
        _("loại điển hình"), max_length=12, choices=ExemplarKind.choices, default="individual"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("là người nào"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Với điển hình cá nhân: chọn người trong mục “Con người và sự đồng ý”."),
    )
    role = models.CharField(
        _("là ai"),
        max_length=200,
        blank=True,
        help_text=_("Một dòng, ví dụ: Chi hội trưởng phụ nữ khu 5, xã Lâm Thao."),
    )
    direct_labour = models.BooleanField(_("người lao động trực tiếp"), default=False)
    stage = models.CharField(_("khâu"), max_length=12, choices=Stage.choices, default=Stage.FOUND)
    tags = ClusterTaggableManager(
        through=ExemplarTag,
        verbose_name=_("thẻ"),
        blank=True,
        help_text=_("Vài từ để tìm, cách nhau bằng dấu phẩy."),
    )

    item_type = "exemplar"
    page_description = _("Hồ sơ một cá nhân, tập thể, mô hình hoặc cách làm hay.")
    content_panels = panels.exemplar()

    class Meta:
        verbose_name = _("hồ sơ điển hình")
        verbose_name_plural = _("hồ sơ điển hình")

    def own_content(self) -> dict:
        return {
            "role": self.role,
            "direct_labour": self.direct_labour,
            "stage": {"code": self.stage, "name": str(self.get_stage_display())},
            "awards": [award.as_payload() for award in self.awards.all()],
        }


class Award(Orderable):
    page = ParentalKey(ExemplarPage, on_delete=models.CASCADE, related_name="awards")
    title = models.CharField(_("danh hiệu, hình thức khen thưởng"), max_length=200)
    year = models.PositiveSmallIntegerField(
        _("năm"), validators=[MinValueValidator(1930), MaxValueValidator(2100)]
    )
    decision_number = models.CharField(_("số quyết định"), max_length=60, blank=True)
    awarded_by = models.CharField(_("cơ quan khen"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("khen thưởng")
        verbose_name_plural = _("khen thưởng")

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    def as_payload(self) -> dict:
        return {
            "title": self.title,
            "year": self.year,
            "decision_number": self.decision_number,
            "awarded_by": self.awarded_by,
        }
