from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from media.people.depicted import DepictedMixin


class PictureField(WagtailImageField):
    """Wagtail's field, and the picture is decoded to its end: a truncated file is refused here."""

    def to_python(self, data):
        try:
            file = super().to_python(data)
            if file is not None:
                file.seek(0)
                with Image.open(file) as image:
                    image.draft("RGB", (image.width // 8, image.height // 8))  # JPEG: an eighth
                    image.load()
                file.seek(0)
        except (OSError, SyntaxError, Image.DecompressionBombError) as error:
            raise forms.ValidationError(
                _("Ảnh bị hỏng hoặc chưa tải hết. Hãy chọn lại tệp ảnh gốc."), code="broken"
            ) from error
        return file


class PictureForm(DepictedMixin, BaseImageForm):
    file = PictureField(label=_("Tệp ảnh"), widget=BaseImageForm.Meta.widgets["file"])

    def clean_file(self):
        if "file" in self.changed_data and self.instance.pk and self.instance.is_used:
            raise forms.ValidationError(
                _("Ảnh này đang dùng trong bài nên không thay tệp được. Hãy tải lên ảnh mới."),
                code="used",
            )
        return self.cleaned_data["file"]
