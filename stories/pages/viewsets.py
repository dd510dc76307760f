from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from stories.pages.models import Campaign, Content, Movement, TargetGroup


class TermViewSet(SnippetViewSet):
    list_display = ["name", "code", BooleanColumn("is_active", label=_("Đang dùng"))]
    ordering = ["sort_order", "name"]
    copy_view_enabled = False


class MovementViewSet(TermViewSet):
    model = Movement
    icon = "flag"


class ContentViewSet(TermViewSet):
    model = Content
    icon = "list-ul"


class TargetGroupViewSet(TermViewSet):
    model = TargetGroup
    icon = "group"


class CampaignViewSet(TermViewSet):
    model = Campaign
    icon = "pick"


class TermsGroup(SnippetViewSetGroup):
    items = (MovementViewSet, ContentViewSet, TargetGroupViewSet, CampaignViewSet)
    menu_label = _("Danh mục")
    menu_icon = "list-ul"
    menu_order = 260
