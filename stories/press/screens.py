"""What the admin's screens of the press room share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView, InspectView

from accounts.moments import moment
from accounts.spreadsheets import harmless


class MomentColumn(Column):
    """For moments to come: Wagtail's `DateColumn` calls all of them “just now”."""

    def get_value(self, instance: Any) -> str:
        at = super().get_value(instance)
        return moment(at) if at else ""


class TakeAlongIndexView(IndexView):
    """What is exported has local times (Wagtail's are UTC), and no text that calculates."""

    export_headings = {"item_id": _("Mã"), "title": _("Tít")}

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {field: _taken_along(value) for field, value in super().to_row_dict(item).items()}


def _taken_along(value: Any) -> Any:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return harmless(value) if isinstance(value, str) else value


class LocalInspectView(InspectView):
    """Wagtail's shows moments as they are stored, in UTC: here in local time."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = getattr(self.object, field_name, None)
        if isinstance(value, datetime) and timezone.is_aware(value):
            return moment(value)
        return super().get_field_display_value(field_name, field)
