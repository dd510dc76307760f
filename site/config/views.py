"""Machine health, and views of Wagtail that not everyone of the staff may use."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404

from media.stores.base import StorageDown
from search.engines import kept_engines
from search.engines.base import Engine, EngineError
from stories.releases import selectors


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: the database answers; how far each archive index is behind the ledger is told.

    503 when the database is down. A lagging index is no reason, since a search catches up by
    itself; nor is a storage that is down, since pages are read without their pictures.
    """
    try:
        head = selectors.head()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    offsets = {engine.name: _offset(engine) for engine in kept_engines()}
    answer = {"status": "ok", "database": "ok", "storage": _storage(), "ledger": head}
    return JsonResponse(answer | {"archive_index": offsets})


def _offset(engine: Engine) -> int | None:
    try:
        return engine.offset()
    except EngineError:
        return None


def _storage() -> str:
    try:
        default_storage.probe()
    except StorageDown:
        return "down"
    return "ok"


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


def of_admin(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that stands in for one of Wagtail's admin, guarded as Wagtail guards its own."""
    return never_cache(display_custom_404(require_admin_access(view)))


def nowhere(request: HttpRequest) -> HttpResponse:
    """Wagtail's admin API of pictures and documents lists every unit's: nobody here needs it."""
    raise Http404
