"""Addresses of the press room below `/bao-chi/`; the room's door itself is in `config.urls`."""

from __future__ import annotations

from django.urls import path

from stories.press.clippings import pages as clippings
from stories.press.questions import pages as questions
from stories.press.room import bundles, colleagues, confirming, signing_in, taken, topics, views

urlpatterns = [
    path("bai-da-dang/", clippings.listing, name="press_clippings_room"),
    path("bai-da-dang/<int:pk>/", clippings.one, name="press_clipping_room"),
    path("bai-da-dang/<int:pk>/kiem-tra/", clippings.check, name="press_clipping_check_room"),
    path("bai-da-dang/<int:pk>/ban-chup/", clippings.scan, name="press_clipping_scan_room"),
    path("hoi-dap/", questions.listing, name="press_questions_room"),
    path("dang-nhap/", signing_in.sign_in, name="press_sign_in"),
    path("thoat/", signing_in.sign_out, name="press_sign_out"),
    path("quen-mat-khau/", signing_in.forgot, name="press_forgot"),
    path("mat-khau/<str:name>/<str:token>/", signing_in.set_password, name="press_set_password"),
    path("dong-nghiep/", colleagues.listing, name="press_colleagues"),
    path("dong-nghiep/<int:pk>/", colleagues.switch, name="press_colleague_switch"),
    path("dong-nghiep/<int:pk>/moi/", colleagues.invite_again, name="press_colleague_invite"),
    path("bai/<uuid:uuid>/", views.item, name="press_room_item"),
    path("bai/<uuid:uuid>/chep/", views.copy, name="press_room_copy"),
    path("bai/<uuid:uuid>/tai/anh.jpg", views.jpeg, name="press_room_jpeg"),
    path("bai/<uuid:uuid>/tai/<str:name>/", views.download, name="press_room_download"),
    path("goi/<uuid:uuid>.zip", views.kit, name="press_room_kit"),
    path("da-lay/", taken.listing, name="press_room_taken"),
    path("lich/", bundles.listing, name="press_room_bundles"),
    path("chu-de/", topics.listing, name="press_topics"),
    path("chu-de/luu/", topics.save, name="press_topic_save"),
    path("chu-de/<int:pk>/", topics.change, name="press_topic_change"),
    path("chu-de/thoi/<str:token>/", topics.stop, name="press_topics_stop"),
    path("da-lam/", confirming.confirm_all, name="press_room_confirm_all"),
    path("da-lam/<int:pk>/", confirming.confirm, name="press_room_confirm"),
]
