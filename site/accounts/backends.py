from __future__ import annotations

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import prefetch_related_objects

DEMO_PASSWORD = "guong-sang-2026"  # noqa: S105 - public, and worthless outside a trial


class Backend(ModelBackend):
    """Django's; the password of the demo accounts opens nothing where DEBUG is off."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if password == DEMO_PASSWORD and not settings.DEBUG:
            return None
        return super().authenticate(request, username=username, password=password, **kwargs)

    def get_user(self, user_id):
        """With her groups: a dozen questions of a page ask for them, of the same user."""
        user = super().get_user(user_id)
        if user is not None:
            prefetch_related_objects([user], "groups")
        return user
