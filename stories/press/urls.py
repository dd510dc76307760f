"""Addresses of the open feeds; the API's are in `config.api`."""

from __future__ import annotations

from django.urls import include, path

from stories.press import feeds
from stories.press.guide import pages
from stories.press.told import views as told
from stories.press.websub import views as websub

urlpatterns = [
    path("phu-nu-dat-to/atom.xml", feeds.column_atom, name="column_atom"),
    path("phu-nu-dat-to/rss.xml", feeds.column_rss, name="column_rss"),
    path("phu-nu-dat-to/feed.json", feeds.column_json, name="column_json"),
    path("bao-chi/huong-dan/", pages.guide, name="press_guide"),
    path("bao-chi/huong-dan/<str:name>", pages.client, name="press_guide_client"),
    path("bao-chi/xac-nhan/<str:token>/", told.by_link, name="press_confirm"),
    path("bao-chi/", include("stories.press.room.urls")),
    path("websub/", websub.hub, name="websub"),
]
