from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from stories.units.models import Unit
from stories.units.signals import tree_changed


class TellsOfTheTree:
    """An administrator changed a unit: what follows from the tree follows at once."""

    def save_instance(self):
        unit = super().save_instance()
        tree_changed.send(sender=Unit)
        return unit


class UnitCreateView(TellsOfTheTree, generic.CreateView):
    pass


class UnitEditView(TellsOfTheTree, generic.EditView):
    pass


class UnitViewSet(ModelViewSet):
    model = Unit
    add_view_class = UnitCreateView
    edit_view_class = UnitEditView
    icon = "group"
    menu_label = _("Đơn vị")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "type", "parent", "valid_from", "valid_to", "code"]
    list_filter = ["level", "writes"]
    search_fields = ["name", "short", "code"]
    search_backend_name = None
    list_per_page = 50
    panels = [
        FieldPanel("name"),
        FieldPanel("short"),
        FieldPanel("type"),
        FieldPanel("level"),
        FieldPanel("parent"),
        MultiFieldPanel(
            [FieldPanel("valid_from"), FieldPanel("valid_to"), FieldPanel("successors")],
            heading=_("Thời gian và kế tục"),
        ),
        FieldPanel("code"),
        FieldPanel("official_code"),
        FieldPanel("slug"),
        FieldPanel("writes"),
    ]


@hooks.register("register_admin_viewset")
def units() -> UnitViewSet:
    return UnitViewSet("units")
