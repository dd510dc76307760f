from __future__ import annotations

from django.urls import path

from stories.website import share_pictures, sitemaps
from stories.website.views import browse, column, exemplars, fixed, home, items

app_name = "website"

urlpatterns = [
    path("", home.home, name="home"),
    path("phu-nu-dat-to/", column.column, name="column"),
    path("phu-nu-dat-to/so/<int:year>-<int:month>/", column.edition, name="edition"),
    path("phu-nu-dat-to/<str:slug>/", items.story, name="story"),
    path("dien-hinh/", exemplars.exemplars, name="exemplars"),
    path("dien-hinh/<str:slug>/", items.exemplar, name="exemplar"),
    path("don-vi/", browse.units, name="units"),
    path("don-vi/<slug:slug>/", browse.unit, name="unit"),
    path("chu-de/", browse.subjects, name="subjects"),
    path("chu-de/noi-dung/<slug:code>/", browse.content, name="content"),
    path("chu-de/nhom/<slug:code>/", browse.group, name="group"),
    path("chu-de/the/<path:name>/", browse.tag, name="tag"),
    path("anh/<uuid:ident>/", items.picture, name="picture"),
    path("chia-se/<uuid:ident>.jpg", share_pictures.share_picture, name="share_picture"),
    path("bao-chi/", fixed.press_room, name="press_room"),
    path("gioi-thieu/", fixed.about, name="about"),
    path("phong-cach/", fixed.style_guide, name="style_guide"),
    path("id/<uuid:ident>", items.permanent, name="permanent"),
    path("id/<uuid:ident>/", items.permanent),
    path("robots.txt", sitemaps.robots),
    path("opensearch.xml", fixed.opensearch),
    path("favicon.ico", fixed.favicon),
    path("sitemap.xml", sitemaps.index),
    path("sitemap-dien-hinh.xml", sitemaps.exemplars),
    path("sitemap-tin-moi.xml", sitemaps.news),
    path("sitemap-<int:year>.xml", sitemaps.stories),
]
