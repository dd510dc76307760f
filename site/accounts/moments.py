"""How a moment is told to people, on every screen and in every mail."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def moment(at: datetime) -> str:
    """In local time: “07:28 28/11/2026”."""
    return date_format(timezone.localtime(at), "H:i d/m/Y")
