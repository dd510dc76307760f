"""Addresses of the admin's buttons of “Báo chí”, below `/quan-tri/`."""

from __future__ import annotations

from django.urls import path

from stories.press.clippings import views as clippings
from stories.press.early.viewsets import take_back
from stories.press.questions import views as questions
from stories.press.reports import menu as reports
from stories.press.room import viewsets as room
from stories.press.told import views as told
from stories.press.webhooks import views as hooks

urlpatterns = [
    path("bao-chi/xac-nhan/<int:pk>/", told.by_staff, name="press_confirm_by_staff"),
    path("bao-chi/bai-da-dang/<int:pk>/ban-chup/", clippings.scan, name="press_clipping_scan"),
    path("bao-chi/bai-da-dang/<int:pk>/kiem-tra/", clippings.check, name="press_clipping_check"),
    path("bao-chi/hoi-dap/<int:pk>/tra-loi/", questions.answer, name="press_question_answer"),
    path("bao-chi/hoi-dap/<int:pk>/dong/", questions.close, name="press_question_close"),
    path("bao-chi/nguoi/<int:pk>/moi/", room.send_invitation, name="press_person_invite"),
    path("bao-chi/gui-truoc/<int:pk>/thu-lai/", take_back, name="press_advance_take_back"),
    path("bao-chi/webhook/<int:pk>/gui-thu/", hooks.try_out, name="press_hook_try"),
    path("bao-chi/webhook/<int:pk>/doi-khoa/", hooks.rotate, name="press_hook_rotate"),
    path("bao-chi/webhook/<int:pk>/bat-tat/", hooks.switch, name="press_hook_switch"),
    path("bao-chi/webhook/luot/<int:pk>/gui-lai/", hooks.replay, name="press_hook_replay"),
    *reports.urlpatterns,
]
