"""The part of the editor's form that its script works with, and what the form has told."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.admin.utils import get_user_display_name

from stories.pages.editing.approvals import in_force, people, token


class DraftPanel(Panel):
    """Hidden fields `told` (see `approvals.token`), `writer` (an id) and `copy` (see `saved`)."""

    @property
    def clean_name(self) -> str:
        return super().clean_name or "draft"

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/editing/draft.html"

        @property
        def media(self) -> forms.Media:
            script = forms.Script("pages/draft.js", defer=True)
            return forms.Media(js=[script], css={"all": ["pages/draft.css"]})

        def show_panel_furniture(self) -> bool:
            return False

        def get_context_data(self, parent_context=None) -> dict:
            page, user = self.instance, self.request.user
            approvals = in_force(page)
            return super().get_context_data(parent_context) | {
                "writer": user.pk,
                "name": get_user_display_name(user),
                "told": token(approvals),
                "people": people(approvals),
                "in_review": bool(page.pk and page.current_workflow_task_state),
                "copy": self.form.data.get("copy", ""),
                "signed_in": reverse("still_signed_in"),
            }
