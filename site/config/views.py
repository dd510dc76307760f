"""Machine health, and views of Wagtail that not everyone of the staff may use."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: the database answers. 503 with the reason otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


def superusers_only(view_class: type) -> Callable[..., Callable[..., HttpResponse]]:
    """`as_view` of an admin view that answers administrators only."""

    def as_view(**initkwargs):
        view = view_class.as_view(**initkwargs)

        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_superuser:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return require_admin_access(guarded)

    return as_view
