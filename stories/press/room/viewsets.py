"""The admin's screens of the press room: whose people may come in, and what they took."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_filters import FilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from stories.press import rounds
from stories.press.models import PressDownload, PressPerson
from stories.press.room import people, taking
from stories.press.screens import LocalInspectView, TakeAlongIndexView


class PressPersonForm(forms.ModelForm):
    class Meta:
        model = PressPerson
        fields = ("client", "name", "email", "phone", "is_admin")


class PressPersonEditForm(forms.ModelForm):
    """The client stays: what she took stands in its books."""

    class Meta:
        model = PressPerson
        fields = ("name", "email", "phone", "is_admin", "is_active")


class PersonCreateView(CreateView):
    page_title = _("Mời người của báo chí")
    submit_button_label = _("Thêm và gửi thư mời")

    def save_instance(self) -> PressPerson:
        person = people.invite(person=self.form.save(commit=False), actor=self.request.user)
        rounds.at_once()
        return person

    def get_success_message(self, instance: PressPerson) -> str:
        said = _("Đã thêm %(name)s; thư mời đang được gửi tới %(email)s.")
        return said % {"name": instance.name, "email": instance.email}


class PersonEditView(EditView):
    def save_instance(self) -> PressPerson:
        person = self.form.save(commit=False)
        people.change(person=person, actor=self.request.user)
        rounds.at_once()
        return person


class PersonInspectView(LocalInspectView):
    template_name = "press/admin/person.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        may = self.permission_policy.user_has_permission(self.request.user, "change")
        can_invite = may and self.object.is_active and self.object.client.is_active
        return super().get_context_data(**kwargs) | {"can_invite": can_invite}


class PersonFilter(FilterSet):
    class Meta:
        model = PressPerson
        fields = ("client", "is_active", "is_admin")


class PersonIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("client")


class PressPersonViewSet(ModelViewSet):
    model = PressPerson
    icon = "user"
    name = "press_people"
    menu_label = _("Người của báo chí")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = (
        "client",
        "name",
        "email",
        "phone",
        "is_admin",
        "status",
        "created_at",
        "last_login",
        "link_sent_at",
        "link_error",
    )
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    inspect_view_class = PersonInspectView
    filterset_class = PersonFilter
    search_fields = ("name", "email")
    list_display = (
        "name",
        Column("client", label=_("Cơ quan")),
        Column("email", label=_("Thư điện tử")),
        BooleanColumn("is_admin", label=_("Quản lý")),
        Column("status", label=_("Tình trạng")),
        DateColumn("last_login", label=_("Đăng nhập gần nhất"), sort_key="last_login"),
    )

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PressPersonEditForm if for_update else PressPersonForm


class DownloadFilter(FilterSet):
    class Meta:
        model = PressDownload
        fields = ("client",)


class DownloadIndexView(TakeAlongIndexView):
    default_ordering = "-pk"
    export_headings = TakeAlongIndexView.export_headings | {"format": _("Dạng")}

    def to_row_dict(self, item: PressDownload) -> dict[str, Any]:
        return super().to_row_dict(item) | {"format": str(taking.NAMES.get(item.format, ""))}

    def get_base_queryset(self) -> Any:
        related = ("client", "person", "item__current")
        return super().get_base_queryset().select_related(*related)


class PressDownloadViewSet(ModelViewSet):
    model = PressDownload
    icon = "download"
    name = "press_downloads"
    menu_label = _("Ai đã đọc, lấy bài")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = DownloadIndexView
    form_fields = ("client",)  # never shown: nothing here can be edited
    filterset_class = DownloadFilter
    list_display = (
        Column("title", label=_("Tít")),
        Column("version", label=_("Bản")),
        Column("client", label=_("Cơ quan")),
        Column("person", label=_("Người lấy")),
        Column("form", label=_("Dạng"), accessor=lambda row: taking.NAMES.get(row.format)),
        DateColumn("at", label=_("Lúc"), sort_key="at"),
    )
    list_export = ("client", "person", "item_id", "title", "version", "format", "at")
    export_filename = "ai-da-lay-bai"


@require_POST
def send_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/bao-chi/nguoi/<pk>/moi/`: one more mail with a link to set the password."""
    if not request.user.has_perm("press.change_pressperson"):
        raise PermissionDenied
    person = get_object_or_404(PressPerson.objects.active(), pk=pk)
    people.send_link(person=person, link=PressPerson.Link.INVITATION, actor=request.user)
    rounds.at_once()
    messages.success(request, _("Đang gửi thư mời tới %(email)s.") % {"email": person.email})
    return redirect("press_people:inspect", person.pk)
