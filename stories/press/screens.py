"""What the admin's screens of the press room share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import InspectView


def moment(at: datetime) -> str:
    """A moment as people read it, in local time: “07:28 28/11/2026”."""
    return date_format(timezone.localtime(at), "H:i d/m/Y")


class MomentColumn(Column):
    """For moments to come: Wagtail's `DateColumn` calls all of them “just now”."""

    def get_value(self, instance: Any) -> str:
        at = super().get_value(instance)
        return moment(at) if at else ""


class LocalInspectView(InspectView):
    """Wagtail's shows moments as they are stored, in UTC: here in local time."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = getattr(self.object, field_name, None)
        if isinstance(value, datetime) and timezone.is_aware(value):
            return moment(value)
        return super().get_field_display_value(field_name, field)
