"""The admin's list “Hỏi – đáp”."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from stories.press.clippings import items
from stories.press.models import PressQuestion
from stories.press.questions.forms import AnswerForm
from stories.press.screens import LocalInspectView


class QuestionFilter(django_filters.FilterSet):
    class Meta:
        model = PressQuestion
        fields = ("state", "client")


class QuestionIndexView(IndexView):
    default_ordering = "-pk"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("client", "answered_by")


class QuestionInspectView(LocalInspectView):
    template_name = "press/admin/question.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        may = self.request.user.has_perm("press.change_pressquestion") and self.object.is_open
        item = self.object.item
        return super().get_context_data(**kwargs) | {
            "form": AnswerForm(initial={"answer": self.object.answer}) if may else None,
            "about": items.titled(self.object.client, [item])[0] if item else None,
        }


class PressQuestionViewSet(ModelViewSet):
    model = PressQuestion
    icon = "help"
    name = "press_questions"
    menu_label = _("Hỏi – đáp")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = (
        "client",
        "asker_name",
        "asker_email",
        "asked_at",
        "state",
        "answered_by",
        "answered_at",
        "mail",
        "mail_error",
    )
    index_view_class = QuestionIndexView
    inspect_view_class = QuestionInspectView
    form_fields = ("client",)  # never shown: nothing here can be edited
    filterset_class = QuestionFilter
    list_display = (
        "beginning",
        Column("client", label=_("Cơ quan")),
        Column("asker_name", label=_("Người hỏi")),
        Column("get_state_display", label=_("Tình trạng")),
        DateColumn("asked_at", label=_("Hỏi lúc"), sort_key="asked_at"),
        DateColumn("answered_at", label=_("Trả lời lúc"), sort_key="answered_at"),
    )
