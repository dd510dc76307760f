from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.moderation import bundles
from stories.moderation.models import Bundle

FORMAT = "%Y-%m-%dT%H:%M"


class VietnamTimeField(forms.DateTimeField):
    """The browser's own calendar and clock; Viet Nam's time whatever zone the request is in."""

    def __init__(self, **options) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT)
        super().__init__(widget=widget, input_formats=[FORMAT], **options)

    def to_python(self, value) -> datetime | None:
        with timezone.override(timezone.get_default_timezone()):
            return super().to_python(value)

    def prepare_value(self, value):
        with timezone.override(timezone.get_default_timezone()):
            return super().prepare_value(value)


class BundleForm(forms.ModelForm):
    """Its fields are the arguments of `bundles.create` and `bundles.change`."""

    release_at = VietnamTimeField(
        label=_("Giờ đăng (giờ Việt Nam)"),
        required=False,
        help_text=_(
            "Bỏ trống: các bài đăng ngay khi chùm được duyệt. Chọn giờ: duyệt trước, đến giờ ấy "
            "hệ thống kiểm tra lại rồi đăng cả chùm, chậm nhất vài phút."
        ),
    )

    class Meta:
        model = Bundle
        fields = ["title", "note", "release_at", "told_to_press"]
        widgets = {"note": forms.Textarea({"rows": 3})}

    def clean_release_at(self) -> datetime | None:
        release_at = self.cleaned_data["release_at"]
        try:
            bundles.check_time(release_at)
        except bundles.Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return release_at
