"""The admin's menu “Báo chí”: clients, their keys, what they received."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from stories.press import services
from stories.press.clippings.viewsets import PressClippingViewSet
from stories.press.early import services as early
from stories.press.early.viewsets import AdvanceViewSet
from stories.press.models import PressClient, PressConfirmation, PressDelivery, PressKey
from stories.press.questions.viewsets import PressQuestionViewSet
from stories.press.room.viewsets import PressDownloadViewSet, PressPersonViewSet
from stories.press.screens import LocalInspectView, MomentColumn, TakeAlongIndexView
from stories.press.told.viewsets import PressConfirmationViewSet
from stories.press.webhooks.viewsets import PressHookEventViewSet, PressHookViewSet
from stories.press.websub.viewsets import HubSubscriptionViewSet


class ClientIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("watch")


class PressClientForm(forms.ModelForm):
    """Who may change a client sees the embargo right; Ban Tuyên giáo alone sets it."""

    def save(self, commit: bool = True) -> PressClient:
        """All but the right, which `SetsEmbargo` sets by its own way."""
        if "embargo" in self.fields:
            self.instance.embargo = self.initial.get("embargo", False)
        return super().save(commit)


class SetsEmbargo:
    def get_form(self, *args: Any, **kwargs: Any) -> forms.ModelForm:
        form = super().get_form(*args, **kwargs)
        form.fields["embargo"].disabled = not early.may_set(self.request.user)
        return form

    def save_instance(self) -> PressClient:
        client = super().save_instance()
        wanted = self.form.cleaned_data["embargo"]
        if wanted != client.embargo:
            early.set_embargo(client=client, allowed=wanted, user=self.request.user)
        return client


class ClientCreateView(SetsEmbargo, CreateView):
    pass


class ClientEditView(SetsEmbargo, EditView):
    pass


class ClientInspectView(LocalInspectView):
    template_name = "press/admin/client.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        client = self.object
        return super().get_context_data(**kwargs) | {
            "people": client.people.filter(is_active=True).count(),
            "keys": client.keys.live().count(),
            "asked": PressConfirmation.objects.open().filter(client=client).count(),
        }


class PressClientViewSet(ModelViewSet):
    model = PressClient
    index_view_class = ClientIndexView
    icon = "group"
    name = "press_clients"
    menu_label = _("Cơ quan báo chí")
    add_to_reference_index = False
    inspect_view_enabled = True
    inspect_view_class = ClientInspectView
    inspect_view_fields_exclude = ("id",)
    copy_view_enabled = False
    search_fields = ("organisation", "name", "contact_name")
    form_fields = (
        "organisation",
        "name",
        "kind",
        "contact_name",
        "contact_email",
        "contact_phone",
        "requests_per_minute",
        "silent_after_days",
        "digest",
        "embargo",
        "is_active",
    )
    add_view_class = ClientCreateView
    edit_view_class = ClientEditView
    list_display = (
        "organisation",
        "name",
        "kind",
        Column("pulling", label=_("Lấy tin tự động")),
        BooleanColumn("embargo", label=_("Nhận trước giờ công bố")),
        BooleanColumn("is_active", label=_("Hoạt động")),
    )
    list_filter = ("kind", "embargo", "is_active")

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return modelform_factory(PressClient, form=PressClientForm, fields=self.form_fields)


class PressKeyForm(forms.ModelForm):
    expires_at = forms.DateTimeField(
        label=_("Hết hạn"),
        required=False,
        help_text=_("Để trống: một năm kể từ hôm nay."),
    )

    class Meta:
        model = PressKey
        fields = ("client", "expires_at")

    def clean_client(self) -> PressClient:
        client = self.cleaned_data["client"]
        if client.keys.live().count() >= services.MAX_LIVE_KEYS:
            raise ValidationError(_("Cơ quan này đã có hai khóa đang dùng; hãy thu hồi bớt."))
        return client


class KeyCreateView(CreateView):
    """Makes the key and shows it in this very answer: it is stored nowhere, a session included."""

    submit_button_label = _("Cấp khóa")
    page_title = _("Cấp khóa")

    def form_valid(self, form: PressKeyForm) -> HttpResponse:
        try:
            key, plain = services.create_key(
                client=form.cleaned_data["client"], expires_at=form.cleaned_data["expires_at"]
            )
        except services.TooManyKeys:
            form.add_error("client", _("Cơ quan này đã có hai khóa đang dùng; hãy thu hồi bớt."))
            return self.form_invalid(form)
        context = {
            "key": key,
            "plain": plain,
            "index_url": self.get_success_url(),
            "page_title": _("Khóa mới"),
            "header_icon": "key",
        }
        # Wagtail's admin answers are `no-store`, so no cache keeps it either.
        return TemplateResponse(self.request, "press/admin/key_created.html", context)


class KeyRevokeView(DeleteView):
    """“Delete” of a key: it stays on record, and is refused from now on."""

    page_title = _("Thu hồi khóa")
    template_name = "press/admin/key_revoke.html"

    @property
    def confirmation_message(self) -> str:
        return _("Thu hồi khóa %(key)s của %(client)s? Khóa này bị từ chối ngay lập tức.") % {
            "key": self.object,
            "client": self.object.client,
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        services.revoke_key(key=self.object)
        messages.success(self.request, _("Đã thu hồi khóa %(key)s.") % {"key": self.object})
        return redirect(self.get_success_url())


class KeyIndexView(IndexView):
    default_ordering = "-created_at"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("client")


class PressKeyViewSet(ModelViewSet):
    model = PressKey
    icon = "key"
    name = "press_keys"
    menu_label = _("Khóa")
    add_to_reference_index = False
    index_view_class = KeyIndexView
    add_view_class = KeyCreateView
    delete_view_class = KeyRevokeView
    inspect_view_enabled = True
    inspect_view_class = LocalInspectView
    inspect_view_fields = (
        "client",
        "prefix",
        "status",
        "created_at",
        "expires_at",
        "revoked_at",
        "last_used_at",
    )
    copy_view_enabled = False
    list_display = (
        "__str__",
        Column("client", label=_("Cơ quan")),
        Column("status", label=_("Tình trạng")),
        DateColumn("created_at", label=_("Ngày cấp"), sort_key="created_at"),
        MomentColumn("expires_at", label=_("Hết hạn"), sort_key="expires_at"),
        DateColumn("last_used_at", label=_("Dùng gần nhất"), sort_key="last_used_at"),
    )
    list_filter = ("client",)

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PressKeyForm


class DeliveryFilter(FilterSet):
    class Meta:
        model = PressDelivery
        fields = ("client", "channel")


class DeliveryIndexView(TakeAlongIndexView):
    default_ordering = "-last_at"
    export_headings = TakeAlongIndexView.export_headings | {"get_channel_display": _("Đường nhận")}

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("client", "item__current")


class PressDeliveryViewSet(ModelViewSet):
    model = PressDelivery
    icon = "history"
    name = "press_deliveries"
    menu_label = _("Sổ lượt nhận")
    add_to_reference_index = False
    index_view_class = DeliveryIndexView
    inspect_view_enabled = True
    inspect_view_class = LocalInspectView
    inspect_view_fields_exclude = ("id",)
    copy_view_enabled = False
    form_fields = ("client",)  # never shown: nothing here can be edited
    filterset_class = DeliveryFilter
    list_display = (
        Column("title", label=_("Tít")),
        Column("version", label=_("Bản")),
        Column("client", label=_("Cơ quan")),
        Column("get_channel_display", label=_("Đường nhận")),
        Column("count", label=_("Số lần")),
        DateColumn("first_at", label=_("Lần đầu"), sort_key="first_at"),
        DateColumn("last_at", label=_("Gần nhất"), sort_key="last_at"),
    )
    list_export = (
        "client",
        "item_id",
        "title",
        "version",
        "get_channel_display",
        "first_at",
        "last_at",
        "count",
    )
    export_filename = "so-luot-nhan"


class PressGroup(ModelViewSetGroup):
    items = (
        PressClientViewSet,
        PressPersonViewSet,
        PressKeyViewSet,
        PressDeliveryViewSet,
        PressDownloadViewSet,
        AdvanceViewSet,
        PressConfirmationViewSet,
        PressClippingViewSet,
        PressQuestionViewSet,
        PressHookViewSet,
        PressHookEventViewSet,
        HubSubscriptionViewSet,
    )
    menu_label = _("Báo chí")
    menu_name = "press"
    menu_icon = "openquote"
    menu_order = 300
