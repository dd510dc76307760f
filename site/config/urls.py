"""The whole address space in one place."""

from __future__ import annotations

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.documents import urls as wagtaildocs_urls

from accounts.notices.views import Account, stop
from config import views
from config.bulk import bulk_actions
from media.views import stored_file
from search.views import archive
from stories.pages.editor import CreateView, EditView
from stories.press.room import home
from stories.website.views.fixed import press_room

# Wagtail's report of page types shows the latest title of each type, whoever's draft it is.
page_types = views.superusers_only(PageTypesUsageReportView)

urlpatterns = [
    # Most asked for first: what an address is compared with before its own costs each time.
    path("api/v1/", include("config.api")),
    path("luu-tru/", archive, name="archive"),
    # One door for two rooms: reporters who are signed in find theirs behind it.
    path("bao-chi/", home.or_public(press_room), name="press_home"),
    path("", include("stories.website.urls")),
    path("", include("stories.press.urls")),
    path("tep/<path:name>", stored_file, name="stored_file"),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("quan-tri/reports/page-types-usage/", page_types()),
    path("quan-tri/reports/page-types-usage/results/", page_types(results_only=True)),
    # Wagtail's own screens, but that people choose about, and are told by, our notices.
    path("quan-tri/account/", views.of_admin(Account.as_view()), name="own_account"),
    path(
        "quan-tri/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/"
        "<int:parent_page_id>/",
        views.of_admin(CreateView.as_view()),
        name="creator",
    ),
    path("quan-tri/pages/<int:page_id>/edit/", views.of_admin(EditView.as_view()), name="editor"),
    path("quan-tri/bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk_actions),
    re_path(r"^quan-tri/api/main/(?:images|documents)/", views.nowhere),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("duyet-khach/", include("stories.pages.guest.urls")),
    path("thong-bao/thoi/<str:token>/", stop, name="notices_stop"),
]
