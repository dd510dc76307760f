"""The admin's menu “Quản lý tìm kiếm”: words that mean the same, and results put first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from search.models import Promotion, Synonym
from stories.pages.models import ExemplarPage, StoryPage


class BegunView(CreateView):
    """Begins with what the address says: the report of what is asked leads here."""

    begun_with = ""

    def get_initial(self) -> dict[str, Any]:
        given = self.request.GET.get(self.begun_with, "")[:100]
        return super().get_initial() | ({self.begun_with: given} if given else {})


class SynonymAddView(BegunView):
    begun_with = "term"


class PromotionAddView(BegunView):
    begun_with = "asked"


class SynonymViewSet(ModelViewSet):
    model = Synonym
    add_view_class = SynonymAddView
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
    add_view_class = PromotionAddView
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
    menu_label = _("Quản lý tìm kiếm")
    menu_name = "search"
    menu_icon = "search"
    menu_order = 310
