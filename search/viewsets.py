"""The admin's menu “Tìm kiếm”: words that mean the same, and results put first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from search.models import Promotion, Synonym
from stories.pages.models import ExemplarPage, StoryPage


class SynonymViewSet(ModelViewSet):
    model = Synonym
    icon = "openquote"
    name = "search_synonyms"
    menu_label = _("Từ đồng nghĩa, viết tắt")
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = ("term", "meaning")
    form_fields = ("term", "meaning", "both_ways")
    list_per_page = 100
    list_display = (
        "term",
        Column("meaning", label=_("Cũng là"), sort_key="meaning"),
        BooleanColumn("both_ways", label=_("Cả hai chiều")),
    )


class PromotionIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related("page")


class PromotionViewSet(ModelViewSet):
    model = Promotion
    icon = "pick"
    name = "search_promotions"
    menu_label = _("Kết quả ghim lên đầu")
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = ("asked", "words")
    index_view_class = PromotionIndexView
    panels = (
        FieldPanel("asked"),
        PageChooserPanel("page", [StoryPage, ExemplarPage]),
        FieldPanel("place"),
    )
    list_display = (
        "asked",
        Column("page", label=_("Hiện trước tiên")),
        Column("place", label=_("Thứ tự"), sort_key="place"),
    )


class SearchGroup(ModelViewSetGroup):
    items = (SynonymViewSet, PromotionViewSet)
    menu_label = _("Tìm kiếm")
    menu_name = "search"
    menu_icon = "search"
    menu_order = 310
