"""The form in which a publication is written down, in the press room and in the admin."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.intake import scans
from media.people.forms import FORM_ACCEPT, FORM_SIZE, DayInput
from media.stores.base import refuse_when_down
from stories.press.clippings import items
from stories.press.models import PressClient, PressClipping
from stories.press.outgoing import addresses
from stories.releases.models import Item, Release


class ClippingForm(forms.ModelForm):
    """`values()` and `scan()` are what the services take. Which item is meant, says a subclass."""

    url = forms.URLField(
        label=_("Địa chỉ trang đã đăng"),
        required=False,
        max_length=PressClipping._meta.get_field("url").max_length,
        assume_scheme="https",
        help_text=_("Chép từ ô địa chỉ của trình duyệt, ví dụ https://baophutho.vn/…"),
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )
    scan = forms.FileField(
        label=_("Bản chụp, bản quét"),
        required=False,
        help_text=_(
            "Ảnh chụp trang báo (JPEG, PNG, HEIC của điện thoại) hoặc tệp PDF, nhiều nhất 15 MB. "
            "Chỉ cơ quan báo chí này và Ban Tuyên giáo xem được."
        ),
        widget=forms.FileInput(attrs={"accept": FORM_ACCEPT}),
        error_messages={"empty": _("Tệp rỗng. Hãy chụp hoặc quét lại.")},
    )

    class Meta:
        model = PressClipping
        fields = (
            "medium",
            "published_on",
            "url",
            "place",
            "source_credit",
            "picture_credit",
            "note",
        )
        widgets = {"published_on": DayInput(), "note": forms.Textarea(attrs={"rows": 3})}

    def clean_published_on(self) -> date:
        day = self.cleaned_data["published_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Ngày đăng không được ở tương lai."))
        return day

    def clean_url(self) -> str:
        """Its form only: nothing is looked up or opened here."""
        url = self.cleaned_data["url"]
        if url:
            try:
                addresses.parse(url.partition("#")[0], plain=True)
            except addresses.Refused as error:
                raise ValidationError(str(error)) from error
        return url

    def clean_scan(self) -> File | None:
        file = self.cleaned_data.get("scan")
        if not file:
            return None
        if file.size > FORM_SIZE:
            raise ValidationError(_("Tệp lớn hơn 15 MB. Hãy chụp lại ở cỡ nhỏ hơn."))
        refuse_when_down()
        return scans.taken_in(file)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on_the_web = data.get("medium") in PressClipping.ON_THE_WEB
        if on_the_web and not data.get("url") and "url" not in self.errors:
            self.add_error("url", _("Hãy ghi địa chỉ trang đã đăng."))
        has_scan = data.get("scan") or self.instance.scan
        if not self.errors and not (data.get("url") or has_scan or data.get("place")):
            self.add_error(
                "place",
                _("Hãy ghi trang báo hoặc chương trình, hoặc kèm địa chỉ trang hay bản chụp."),
            )
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def scan_taken(self) -> File | None:
        return self.cleaned_data.get("scan")


class StaffClippingForm(ClippingForm):
    """Ban Tuyên giáo's: any client, any item that was ever released."""

    about = forms.CharField(
        label=_("Bài, ảnh của Hội"),
        max_length=1000,
        help_text=_(
            "Dán địa chỉ bài trên trang của Hội (https://…/phu-nu-dat-to/…) hoặc mã bài, mã ảnh."
        ),
    )
    version = forms.IntegerField(
        label=_("Phiên bản đã dùng"),
        required=False,
        min_value=1,
        help_text=_("Để trống: phiên bản mới nhất mà cơ quan này đã nhận."),
    )
    field_order = ["client", "about", "version"]

    class Meta(ClippingForm.Meta):
        fields = ("client", *ClippingForm.Meta.fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["client"]  # another client's is another clipping
            self.fields["about"].initial = str(self.instance.item_id)
            self.fields["version"].initial = self.instance.version

    def clean_about(self) -> Item:
        item = items.found(self.cleaned_data["about"])
        if item is None:
            raise ValidationError(_("Không thấy bài hay ảnh nào đã phát hành ở địa chỉ, mã này."))
        return item

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        item, version = data.get("about"), data.get("version")
        if item and version:
            public = Release.objects.filter(item=item, kind__in=Release.PUBLIC)
            if not public.filter(version=version).exists():
                self.add_error("version", _("Bài này không có phiên bản đó."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        version = data["version"] or items.version_used(self.client(), data["about"])
        own = {name: data[name] for name in ClippingForm.Meta.fields}
        return own | {"item": data["about"], "version": version}

    def client(self) -> PressClient:
        return self.cleaned_data.get("client") or self.instance.client
