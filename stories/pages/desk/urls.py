from __future__ import annotations

from django.urls import path

from stories.pages.desk import views
from stories.pages.desk.bundles import urls as bundles

urlpatterns = [
    path("hang-cho/", views.queue_view, name="desk_queue"),
    path("hang-cho/duyet/", views.bulk_view, name="desk_bulk"),
    path("hang-cho/ket-qua/", views.results_view, name="desk_results"),
    path("hang-cho/<int:state_id>/nhan/", views.claim, name="desk_claim"),
    path("hang-cho/<int:state_id>/thoi-nhan/", views.unclaim, name="desk_unclaim"),
    path("uy-quyen/", views.deputies_view, name="desk_deputies"),
    path("uy-quyen/<int:deputy_id>/thoi/", views.revoke_view, name="desk_revoke"),
    *bundles.urlpatterns,
]
