from __future__ import annotations

import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.cache import cache_page
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.urls import api as v3
from wagtail.documents import urls as wagtaildocs_urls

FOLDER = Path(os.environ.get("BENCH_FOLDER", "."))

v2 = WagtailAPIRouter("wagtailapi")
v2.register_endpoint("pages", PagesAPIViewSet)


def cached(request: HttpRequest, name: str) -> HttpResponse:
    """Our own page as our server sent it."""
    return HttpResponse((FOLDER / f"{name}.html").read_bytes())


urlpatterns = [
    path("cached/<slug:name>", cache_page(3600)(cached)),
    path("ready", lambda request: HttpResponse("ok")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", v2.urls),
    path("api/v3/", v3.urls),
    path("", include(wagtail_urls)),
]
