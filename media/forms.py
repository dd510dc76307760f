from __future__ import annotations

import unicodedata

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from media import hints
from media.intake import documents, names, pictures
from media.metadata.reader import Told
from media.models import Picture
from media.people.depicted import DepictedMixin
from media.stores.base import refuse_when_down
from media.storing import remove

NO_FILE = {
    "required": _("Hãy chọn một tệp."),
    "empty": _("Tệp rỗng, không có nội dung."),
    "invalid": _("Tệp chưa tải lên được. Hãy thử lại."),
}


class TitleField(forms.CharField):
    """Composed (NFC), and cut where it is too long: a file's name may be its title."""

    def to_python(self, value):
        text = unicodedata.normalize("NFC", super().to_python(value))
        return " ".join(text.split())[: self.max_length]


class PictureField(WagtailImageField):
    def to_python(self, data):
        file = forms.FileField.to_python(self, data)
        if file is not None:
            refuse_when_down()
            pictures.examine(file, file.name)
        return file


class DocumentField(WagtailDocumentField):
    def to_python(self, data):
        file = forms.FileField.to_python(self, data)
        if file is not None:
            refuse_when_down()
            documents.check(file, file.name)
        return file


class UploadForm:
    """What forms of pictures and of documents share; a mixin."""

    file_field: type[forms.FileField]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            given = self.fields["title"]
            self.fields["title"] = TitleField(
                label=given.label, max_length=given.max_length, widget=given.widget, required=False
            )
            self.fields["title"].widget.is_required = True
        if "file" in self.fields:
            given = self.fields["file"]
            own = self.file_field(label=given.label, required=given.required, widget=given.widget)
            own.error_messages |= NO_FILE
            self.fields["file"] = own
        self._bound_fields_cache.clear()  # Wagtail's form has bound the old ones

    def clean(self):
        data = super().clean()
        if "title" in self.fields and not data.get("title"):
            file = self.new_file
            if not file:
                self.add_error("title", _("Hãy đặt tiêu đề."))
            else:
                data["title"] = names.title(file.name) or str(_("Không có tên"))
        return data

    @property
    def new_file(self):
        """The file that came with this form, if it is a usable one."""
        return self.cleaned_data.get("file") if "file" in self.changed_data else None

    def save(self, commit=True):
        """The row and all that belongs to it, or nothing; a replaced file goes after that."""
        old = self.original_file if "file" in self.changed_data else None
        self.original_file = None  # Wagtail would delete it before the new one is sure to stay
        with transaction.atomic():
            saved = super().save(commit)
            if commit and old:
                self.replaced()
                storage, name = old.storage, old.name
                transaction.on_commit(lambda: remove(storage, name))
        return saved

    def replaced(self) -> None:
        """What hangs on the old file goes with it."""


class PictureForm(UploadForm, DepictedMixin, BaseImageForm):
    file_field = PictureField

    class Meta(BaseImageForm.Meta):
        widgets = BaseImageForm.Meta.widgets | {"taken_on": AdminDateInput}

    def __init__(self, *args, user=None, **kwargs) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk and user and "title" in self.fields:
            self.fields["title"].help_text = hints.of(self.instance, user)

    def clean_file(self):
        if "file" in self.changed_data and self.instance.pk and self.instance.is_used:
            raise forms.ValidationError(
                _("Ảnh này đang dùng trong bài nên không thay tệp được. Hãy tải lên ảnh mới."),
                code="used",
            )
        return self.cleaned_data["file"]

    def clean(self):
        data = super().clean()
        if self.new_file:
            self._fill(pictures.examine(self.new_file, self.new_file.name).told)
        return data

    def _fill(self, told: Told) -> None:
        """What the file says of itself goes into fields that nobody has filled in.

        A title that only repeats the file's name is nobody's, and so is the usual text of terms.
        """
        data = self.cleaned_data
        name = names.stem(self.new_file.name)
        usual = Picture._meta.get_field("terms").default
        untouched = {"title": {name, names.title(name), str(_("Không có tên"))}, "terms": {usual}}
        said = {
            "title": told.headline,
            "caption": told.caption,
            "credit": told.credit,
            "terms": told.terms,
            "rights_holder": told.rights_holder,
            "place": told.place,
        }
        for field, text in said.items():
            typed = data.get(field)
            if text and field in self.fields and (not typed or typed in untouched.get(field, ())):
                data[field] = cut(text, self.fields[field].max_length)
        if "taken_on" in self.fields and not data.get("taken_on"):
            data["taken_on"] = told.taken_on
        if "tags" in self.fields and not data.get("tags"):
            data["tags"] = list(told.keywords)
            self.instance.told_keywords = told.keywords

    def replaced(self) -> None:
        self.instance.renditions.all().delete()


class DocumentForm(UploadForm, BaseDocumentForm):
    file_field = DocumentField


def cut(text: str, length: int) -> str:
    """At most `length` characters, cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
