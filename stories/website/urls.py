from __future__ import annotations

from django.urls import path

from stories.website import sitemaps, views

app_name = "website"

urlpatterns = [
    path("", views.home, name="home"),
    path("phu-nu-dat-to/", views.column, name="column"),
    path("phu-nu-dat-to/<str:slug>/", views.story, name="story"),
    path("dien-hinh/", views.exemplars, name="exemplars"),
    path("dien-hinh/<str:slug>/", views.exemplar, name="exemplar"),
    path("anh/<uuid:ident>/", views.picture, name="picture"),
    path("bao-chi/", views.press_room, name="press_room"),
    path("id/<uuid:ident>", views.permanent, name="permanent"),
    path("id/<uuid:ident>/", views.permanent),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemaps.index),
    path("sitemap-dien-hinh.xml", sitemaps.exemplars),
    path("sitemap-<int:year>.xml", sitemaps.stories),
]
