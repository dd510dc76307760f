from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string

Handler = Callable[[HttpRequest], HttpResponseBase]


def no_null_in_path(get_response: Handler) -> Handler:
    """404 for a path with a NUL: nothing has such a name, and PostgreSQL refuses to look for it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            if request.path_info.startswith("/api/"):
                return import_string("config.problems.of_404")(request, Http404())
            raise Http404
        return get_response(request)

    return middleware


def who_is_there(get_response: Handler) -> Handler:
    """Session, user and messages (`SIGN_IN_MIDDLEWARE`), but not for what knows no people.

    Those are the addresses of `ANONYMOUS_PATHS`, each with all below it: half of what Django adds
    to a page that is ready to send. None of these classes has a `process_view`.
    """
    with_people = get_response
    for name in reversed(settings.SIGN_IN_MIDDLEWARE):
        with_people = import_string(name)(with_people)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        anonymous = path == "/" or path.startswith(settings.ANONYMOUS_PATHS)
        return (get_response if anonymous else with_people)(request)

    return middleware
