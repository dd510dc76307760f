"""The whole address space in one place."""

from __future__ import annotations

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.documents import urls as wagtaildocs_urls

from config import views
from config.bulk import bulk_actions
from media.views import stored_file
from search.views import archive

# Wagtail's report of page types shows the latest title of each type, whoever's draft it is.
page_types = views.superusers_only(PageTypesUsageReportView)

urlpatterns = [
    path("quan-tri/reports/page-types-usage/", page_types()),
    path("quan-tri/reports/page-types-usage/results/", page_types(results_only=True)),
    path("quan-tri/bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk_actions),
    re_path(r"^quan-tri/api/main/(?:images|documents)/", views.nowhere),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("tep/<path:name>", stored_file, name="stored_file"),
    path("duyet-khach/", include("stories.pages.guest.urls")),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("api/v1/", include("config.api")),
    path("luu-tru/", archive, name="archive"),
    path("", include("stories.press.urls")),
    path("", include("stories.website.urls")),
]
