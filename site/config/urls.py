"""The whole address space in one place."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import views
from media.views import stored_file

urlpatterns = [
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("tep/<path:name>", stored_file, name="stored_file"),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
]
