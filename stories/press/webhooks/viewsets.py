"""The admin's screens of hooks: registered, tried, and what they were called for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from stories.press.models import PressHook, PressHookEvent
from stories.press.outgoing import addresses
from stories.press.screens import LocalInspectView
from stories.press.webhooks import services


class PressHookForm(forms.ModelForm):
    url = forms.URLField(
        label=_("Địa chỉ nhận"),
        help_text=PressHook._meta.get_field("url").help_text,
        max_length=PressHook._meta.get_field("url").max_length,
        assume_scheme="https",
    )

    class Meta:
        model = PressHook
        fields = ("client", "url")

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        try:
            addresses.checked(addresses.parse(url))
        except addresses.Refused as error:
            raise ValidationError(str(error)) from error
        return url


class PressHookEditForm(PressHookForm):
    """The client stays: its successor registers an address of its own."""

    class Meta:
        model = PressHook
        fields = ("url",)


class HookCreateView(CreateView):
    """Makes the secret and shows it in this very answer, as `KeyCreateView` does."""

    page_title = _("Đăng ký webhook")
    submit_button_label = _("Đăng ký")

    def form_valid(self, form: PressHookForm) -> HttpResponse:
        hook, secret = services.create_hook(**form.cleaned_data)
        return secret_shown(self.request, hook, secret)


class HookEditView(EditView):
    def save_instance(self) -> PressHook:
        services.change_url(hook=self.object, url=self.form.cleaned_data["url"])
        return self.object


class HookInspectView(LocalInspectView):
    template_name = "press/admin/hook.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        can_change = self.permission_policy.user_has_permission(self.request.user, "change")
        both_sign = len(self.object.secrets(timezone.now())) > 1
        return super().get_context_data(**kwargs) | {
            "can_change": can_change,
            "both_sign": both_sign,
        }


class HookIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("client")


class PressHookViewSet(ModelViewSet):
    model = PressHook
    icon = "link"
    name = "press_hooks"
    menu_label = _("Webhook")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = (
        "client",
        "url",
        "status",
        "created_at",
        "last_ok_at",
        "failing_since",
        "switched_off_at",
    )
    index_view_class = HookIndexView
    add_view_class = HookCreateView
    edit_view_class = HookEditView
    inspect_view_class = HookInspectView
    list_display = (
        "url",
        Column("client", label=_("Cơ quan")),
        Column("status", label=_("Tình trạng")),
        DateColumn("last_ok_at", label=_("Nhận được gần nhất"), sort_key="last_ok_at"),
    )
    list_filter = ("client", "is_active")

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PressHookEditForm if for_update else PressHookForm


class EventFilter(FilterSet):
    class Meta:
        model = PressHookEvent
        fields = ("hook", "state")


class EventIndexView(IndexView):
    default_ordering = "-pk"

    def get_base_queryset(self) -> Any:
        related = ("hook__client", "release__item", "advance")
        found = super().get_base_queryset().select_related(*related)
        return found.defer("release__payload", "advance__payload")


class EventInspectView(LocalInspectView):
    template_name = "press/admin/hook_event.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        may = self.request.user.has_perm("press.change_presshook")
        again = may and self.object.cause is not None and self.object.hook.is_active
        return super().get_context_data(**kwargs) | {"can_replay": again}


class PressHookEventViewSet(ModelViewSet):
    model = PressHookEvent
    icon = "history"
    name = "press_hook_events"
    menu_label = _("Lượt gọi webhook")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = (
        "hook",
        "about",
        "uuid",
        "state",
        "attempts",
        "created_at",
        "next_at",
        "sent_at",
        "last_status",
        "last_error",
    )
    index_view_class = EventIndexView
    inspect_view_class = EventInspectView
    form_fields = ("hook",)  # never shown: nothing here can be edited
    filterset_class = EventFilter
    list_display = (
        "about",
        Column("hook", label=_("Webhook")),
        Column("get_state_display", label=_("Tình trạng")),
        Column("attempts", label=_("Số lần gửi")),
        Column("last_error", label=_("Lỗi gần nhất")),
        DateColumn("created_at", label=_("Lúc"), sort_key="created_at"),
    )


def secret_shown(request: Any, hook: PressHook, secret: str) -> HttpResponse:
    """The one answer in which a secret is; Wagtail's admin answers are `no-store`."""
    context = {
        "hook": hook,
        "secret": secret,
        "page_title": _("Khóa ký webhook"),
        "header_icon": "key",
    }
    return TemplateResponse(request, "press/admin/hook_secret.html", context)


def back(hook: PressHook) -> HttpResponse:
    return redirect("press_hooks:inspect", hook.pk)
