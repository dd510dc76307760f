"""The bare peer: what Django alone needs for the same bytes from the same database file.

One module is the whole project: no middleware, no apps, plain models over the ledger's own table.
- `/row/<seq>`: one stored JSON row by its primary key, with an ETag; 304 when it matches. This is
  the yardstick of `make bench`.
- `/rows/<seq>`: a keyset page of the 100 stored payloads after that key.
- `/cached/<name>`: our own page as our server sent it, out of Django's page cache (`cache_page`,
  local memory, two workers with a cache each, as ours).
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from config import env

FOLDER = Path(os.environ.get("BENCH_FOLDER", "."))

if not settings.configured:
    settings.configure(
        SECRET_KEY=os.environ["SECRET_KEY"],
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={
            "default": env.database(f"sqlite:///{FOLDER / 'var' / 'guong-sang.sqlite3'}"),
        },
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        LOGGING_CONFIG=None,
    )

import django  # noqa: E402

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import models  # noqa: E402
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.cache import get_conditional_response  # noqa: E402
from django.views.decorators.cache import cache_page  # noqa: E402

PAGE = 100


class Row(models.Model):
    """The ledger's table, of which only three columns are read."""

    seq = models.BigIntegerField(primary_key=True)
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        app_label = "bare"
        managed = False
        db_table = "releases_release"

    def __str__(self) -> str:
        return str(self.seq)


def row(request: HttpRequest, seq: int) -> HttpResponseBase | None:
    try:
        found = Row.objects.get(pk=seq)
    except Row.DoesNotExist as error:
        raise Http404 from error
    etag = f'"{found.sha256}"'
    response = HttpResponse(found.payload, content_type="application/json")
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def rows(request: HttpRequest, seq: int) -> HttpResponse:
    found = Row.objects.filter(pk__gt=seq).order_by("pk").values_list("payload", flat=True)
    text = f'{{"items":[{",".join(found[:PAGE])}]}}'
    return HttpResponse(text, content_type="application/json")


@cache_page(3600)
def cached(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse((FOLDER / f"{name}.html").read_bytes())


def ready(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("ready", ready),
    path("row/<int:seq>", row),
    path("rows/<int:seq>", rows),
    path("cached/<slug:name>", cached),
]
application = WSGIHandler()
