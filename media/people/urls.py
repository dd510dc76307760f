from __future__ import annotations

from django.urls import path

from media.people.views import consents, merging, people

urlpatterns = [
    path("con-nguoi/", people.people_list, name="people"),
    path("con-nguoi/them/", people.add, name="person_add"),
    path("con-nguoi/<int:pk>/", people.person, name="person"),
    path("con-nguoi/<int:pk>/sua/", people.edit, name="person_edit"),
    path("con-nguoi/<int:pk>/gop/", merging.merge, name="person_merge"),
    path("con-nguoi/<int:pk>/xoa/", merging.delete, name="person_delete"),
    path("con-nguoi/<int:pk>/phieu.<str:kind>", consents.print_form, name="consent_print"),
    path("con-nguoi/<int:pk>/ghi-nhan/", consents.record, name="consent_record"),
    path("con-nguoi/<int:pk>/rut-lai/", consents.withdraw, name="consent_withdraw"),
    path("con-nguoi/phieu/<str:code>/", consents.by_code, name="consent_by_code"),
    path("con-nguoi/dong-y/<int:pk>/phieu/", consents.signed_form, name="consent_form"),
    path("con-nguoi/dong-y/<int:pk>/phieu/them/", consents.attach, name="consent_attach"),
]
