"""Pages that hold no story: the press room, about this site, the style guide, small files."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from stories.website import page_cache, samples, sections, structured
from stories.website.page_cache import Content


@require_safe
def press_room(request: HttpRequest) -> HttpResponseBase:
    path = "/bao-chi/"
    told = sections.press_room()
    share = structured.for_page(path, told.title, told.intro)
    contact = settings.CONSENT_CONTACT
    content = Content("website/press_room.html", {"share": share, "contact": contact})
    return page_cache.respond(request, path, lambda: content)


@require_safe
def about(request: HttpRequest) -> HttpResponseBase:
    path = "/gioi-thieu/"
    share = structured.for_page(
        path,
        _("Về trang này"),
        _("Ai làm trang Gương sáng Đất Tổ, bài được duyệt ra sao, đính chính và thu hồi thế nào."),
    )
    content = Content("website/about.html", {"share": share, "contact": settings.CONSENT_CONTACT})
    return page_cache.respond(request, path, lambda: content)


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every part of the design, living: for the staff, and for all where DEBUG is on."""
    user = getattr(request, "user", None)
    if not (settings.DEBUG or (user and user.has_perm("wagtailadmin.access_admin"))):
        raise Http404
    return render(request, "website/style_guide.html", samples.context())


@require_safe
@cache_control(public=True, max_age=86400)
def opensearch(request: HttpRequest) -> HttpResponse:
    """https://github.com/dewitt/opensearch: the archive as a browser's search engine."""
    return render(
        request,
        "website/opensearch.xml",
        {"base": settings.PUBLIC_BASE_URL},
        content_type="application/opensearchdescription+xml",
    )


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Asked for at the root by whatever reads no `<link>`."""
    path = settings.BASE_DIR / "stories/website/static/website/favicon.ico"
    return HttpResponse(path.read_bytes(), content_type="image/x-icon")
