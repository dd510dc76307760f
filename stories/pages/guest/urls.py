from __future__ import annotations

from django.urls import path

from stories.pages.guest import views

urlpatterns = [
    path("<str:token>/", views.review, name="guest_review"),
    path("<str:token>/anh/<path:name>", views.picture, name="guest_picture"),
]
