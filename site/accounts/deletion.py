"""What others refer to for good isn't deleted; Django would answer the click with an error."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError


def is_held(objects: Sequence[models.Model]) -> bool:
    """Whether a protecting reference keeps any of these from being deleted."""
    try:
        Collector(using=DEFAULT_DB_ALIAS).collect(objects)
    except (ProtectedError, RestrictedError):
        return True
    return False
