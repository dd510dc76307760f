"""The tree of Union units over time: a unit has a validity and successors, and is never deleted.

On 1 July 2025 Phú Thọ's district level was abolished and its communes were merged. No code may
count on a number of levels.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class UnitQuerySet(models.QuerySet):
    def active(self, on: date | None = None) -> UnitQuerySet:
        """Units in being on that day (today in Viet Nam when none is given)."""
        on = on or timezone.localdate()
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
        )

    def writing(self) -> UnitQuerySet:
        """Active units that write stories: those with a section, a collection and groups."""
        return self.active().filter(writes=True)


def labelled(name: str, valid_to: date | None, today: date) -> str:
    """A unit's name for people: one that is no more says until when it was."""
    if valid_to is None or valid_to >= today:
        return name
    until = {"name": name, "month": valid_to.month, "year": valid_to.year}
    return gettext("%(name)s (đến %(month)s/%(year)s)") % until


class Unit(models.Model):
    class Level(models.TextChoices):
        PROVINCE = "province", _("Tỉnh")
        DISTRICT = "district", _("Cấp huyện")
        COMMUNE = "commune", _("Cấp xã")
        AFFILIATE = "affiliate", _("Đơn vị trực thuộc")
        BRANCH = "branch", _("Chi hội")

    code = models.CharField(
        _("mã"),
        max_length=20,
        unique=True,
        help_text=_("Mã hành chính; xã cũ trùng mã xã mới thì thêm năm kết thúc."),
    )
    official_code = models.CharField(_("mã hành chính"), max_length=20, db_index=True)
    name = models.CharField(_("tên"), max_length=120)
    short = models.CharField(_("tên gọn"), max_length=120)
    type = models.CharField(_("loại"), max_length=40, blank=True)
    level = models.CharField(_("cấp"), max_length=12, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("đơn vị cấp trên"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    valid_from = models.DateField(_("có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        verbose_name=_("đơn vị kế tục"),
        symmetrical=False,
        blank=True,
        related_name="predecessors",
    )
    aliases = models.JSONField(_("tên khác"), default=list, blank=True)
    slug = models.SlugField(_("tên trên đường dẫn"), max_length=140, unique=True)
    writes = models.BooleanField(_("có viết bài"), default=True)
    editors = models.OneToOneField(
        Group,
        verbose_name=_("nhóm biên tập"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="edits_for",
    )
    reviewers = models.OneToOneField(
        Group,
        verbose_name=_("nhóm duyệt"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="reviews_for",
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return labelled(self.name, self.valid_to, timezone.localdate())

    @property
    def union_name(self) -> str:
        """“Hội LHPN xã Lâm Thao”: what the Union's organisation of this place calls itself."""
        if self.type and self.name.startswith(self.type):
            return f"Hội LHPN {self.type.lower()}{self.name[len(self.type) :]}"
        return self.name
