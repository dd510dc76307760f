"""The buttons under the editor: what an editor came to do lies open, the rest behind the arrow."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.action_menu import SaveDraftMenuItem, SubmitForModerationMenuItem


class SubmitItem(SubmitForModerationMenuItem):
    """“Gửi duyệt”, without the name of the step: a returned draft goes the whole way again."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        page = context.get("page")
        returned = page and page.current_workflow_state
        context["label"] = _("Gửi duyệt lại") if returned else _("Gửi duyệt")
        return context


class SaveAndSubmitItem(SaveDraftMenuItem):
    """“Lưu bản nháp” and “Gửi duyệt” side by side: who doesn't know the arrow finds both."""

    template_name = "pages/save_and_submit.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return context | {"submit": SubmitItem().render_html(parent_context)}


@hooks.register("construct_page_action_menu")
def plain_words(menu_items, request, context) -> None:
    """Two ways to send a draft again would be one too many; the one left says what it does."""
    shown = [item for item in menu_items if item.name != "action-restart-workflow"]
    names = {item.name for item in shown}
    if {"action-save-draft", "action-submit"} <= names:
        shown = [
            SaveAndSubmitItem(item.order) if item.name == "action-save-draft" else item
            for item in shown
            if item.name != "action-submit"
        ]
    menu_items[:] = [
        SubmitItem(order=item.order) if item.name == "action-submit" else item for item in shown
    ]
