"""The fixed pages of the site and one section for each unit that writes.

They hold introductions and give the tree its shape; what the public reads in them comes from
the ledger (see `stories.website`).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from stories.pages.permissions import FixedPagePermissionTester, SectionPermissionTester
from stories.units.models import Unit


class IntroPage(Page):
    intro = RichTextField(_("lời giới thiệu"), blank=True, features=["bold", "italic", "link"])

    content_panels = [FieldPanel("title"), FieldPanel("intro")]
    promote_panels: list = []
    settings_panels: list = []
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user) -> FixedPagePermissionTester:
        return FixedPagePermissionTester(user, self)


class HomePage(IntroPage):
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "pages.ColumnPage",
        "pages.ArchivePage",
        "pages.ExemplarIndexPage",
        "pages.UnitIndexPage",
    ]

    class Meta:
        verbose_name = _("trang chủ")
        verbose_name_plural = _("trang chủ")


class ColumnPage(IntroPage):
    max_count = 1
    parent_page_types = ["pages.HomePage"]

    class Meta:
        verbose_name = _("chuyên mục “Phụ nữ Đất Tổ”")
        verbose_name_plural = _("chuyên mục “Phụ nữ Đất Tổ”")


class ArchivePage(IntroPage):
    max_count = 1
    parent_page_types = ["pages.HomePage"]

    class Meta:
        verbose_name = _("kho lưu trữ")
        verbose_name_plural = _("kho lưu trữ")


class ExemplarIndexPage(IntroPage):
    max_count = 1
    parent_page_types = ["pages.HomePage"]

    class Meta:
        verbose_name = _("danh sách điển hình")
        verbose_name_plural = _("danh sách điển hình")


class UnitIndexPage(IntroPage):
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.UnitSectionPage"]

    class Meta:
        verbose_name = _("các đơn vị")
        verbose_name_plural = _("các đơn vị")


class UnitSectionPage(Page):
    """Where a unit's drafts, stories and exemplars live in the tree. It has no public face."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="section"
    )

    content_panels = [FieldPanel("title", read_only=True)]
    promote_panels: list = []
    settings_panels: list = []
    parent_page_types = ["pages.UnitIndexPage"]
    subpage_types = ["pages.StoryPage", "pages.ExemplarPage"]
    is_creatable = False

    class Meta:
        verbose_name = _("mục của đơn vị")
        verbose_name_plural = _("mục của đơn vị")

    def permissions_for_user(self, user) -> SectionPermissionTester:
        return SectionPermissionTester(user, self)
