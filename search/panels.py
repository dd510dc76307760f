"""On the desk of who looks after the search: an engine that is away. Else nothing is said."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from search.models import EngineTrouble


class EnginesPanel(Component):
    name = "search_engines"
    template_name = "search/admin/engines_panel.html"
    order = 15

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"troubles": list(EngineTrouble.objects.all())}
