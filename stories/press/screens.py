"""What the admin's screens of the press room share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format


class LocalTimes:
    """For Wagtail's InspectView, which shows moments as they are stored: here in local time."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = getattr(self.object, field_name, None)
        if isinstance(value, datetime) and timezone.is_aware(value):
            return date_format(timezone.localtime(value), "H:i d/m/Y")
        return super().get_field_display_value(field_name, field)
