from __future__ import annotations

from django.urls import path

from stories.pages.desk.bundles import views

urlpatterns = [
    path("chum-bai/", views.listing, name="desk_bundles"),
    path("chum-bai/moi/", views.new, name="desk_bundle_new"),
    path("chum-bai/<int:pk>/", views.one, name="desk_bundle"),
    path("chum-bai/<int:pk>/sua/", views.edit, name="desk_bundle_edit"),
    path("chum-bai/<int:pk>/them/", views.add, name="desk_bundle_add"),
    path("chum-bai/<int:pk>/duyet/", views.approve, name="desk_bundle_approve"),
    path("chum-bai/<int:pk>/rut/<int:item_id>/", views.remove, name="desk_bundle_remove"),
    path("chum-bai/<int:pk>/mo-lai/", views.reopen, name="desk_bundle_reopen"),
    path("chum-bai/<int:pk>/huy/", views.cancel, name="desk_bundle_cancel"),
]
