from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from stories.moderation.permissions import on_board, remember_offices


def for_board(view: Callable) -> Callable:
    """Only Ban Tuyên giáo, and who stands in for them; Wagtail sends others to their home page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        remember_offices(request.user)
        if not on_board(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
