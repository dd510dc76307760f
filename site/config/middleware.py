from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
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


# Wagtail's admin writes styles and scripts into its pages; the page behind a review link has the
# style of the review screen in it.
STAFF_PATHS = ("/quan-tri/", "/tai-lieu/", "/duyet-khach/")
STAFF_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' {plain}",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


def policies(get_response: Handler) -> Handler:
    """Content-Security-Policy and Permissions-Policy on every answer.

    The public site allows nothing that is written into a page but the style of the plain error
    pages, by its hash: those must show when no file can be had.
    """
    public = _policy(PUBLIC_POLICY).format(plain=_hash_of_plain_style())
    staff = _policy(STAFF_POLICY)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_staff = request.path_info.startswith(STAFF_PATHS)
        # Django's own pages for developers have their style and scripts in them.
        is_staff |= settings.DEBUG and response.status_code in (404, 500)
        # An editor's preview went through here once already, as the public page that it shows:
        # it would refuse to stand in the editor's frame.
        if is_staff and response.headers.get("Content-Security-Policy") == public:
            del response.headers["Content-Security-Policy"]
        response.headers.setdefault("Content-Security-Policy", staff if is_staff else public)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def _policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _hash_of_plain_style() -> str:
    style = re.search(
        r"<style>(.*?)</style>", render_to_string("components/plain_style.html"), re.S
    )
    digest = hashlib.sha256(style[1].encode()).digest() if style else b""
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def maintenance(get_response: Handler) -> Handler:
    """While the file `VAR_DIR/bao-tri` is there, a courteous page (503) stands in for everything.

    Machine health goes on being told. What stands in the file is shown: when it will be over.
    """
    sign = settings.VAR_DIR / "bao-tri"

    def middleware(request: HttpRequest) -> HttpResponseBase:
        # Each request asks: `Path.exists` takes five times as long.
        if not os.path.exists(sign) or request.path_info in ("/healthz", "/readyz"):
            return get_response(request)
        words = sign.read_text(encoding="utf-8", errors="replace").strip()
        page = render_to_string("maintenance.html", {"words": words})
        answer = HttpResponse(page, status=503)
        answer["Retry-After"] = "600"
        answer["Cache-Control"] = "no-store"
        return answer

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
