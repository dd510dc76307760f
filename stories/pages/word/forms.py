from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from media.stores.base import refuse_when_down
from stories.pages.word import package

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordFileForm(forms.Form):
    """One `.docx`. What is inside is judged where it is read."""

    file = forms.FileField(
        label=_("Tệp Word"),
        help_text=_("Tệp .docx, không quá 20 MB."),
        widget=forms.FileInput(attrs={"accept": f".docx,{WORD_TYPE}"}),
        error_messages={
            "required": _("Hãy chọn một tệp Word."),
            "missing": _("Hãy chọn một tệp Word."),
            "empty": package.EMPTY,
            "invalid": _("Tệp chưa tải lên được. Hãy thử lại."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > package.MAX_FILE:
            raise forms.ValidationError(package.TOO_BIG)
        if file.name.lower().endswith((".docm", ".dotm")):
            raise forms.ValidationError(package.MACRO)
        refuse_when_down()
        return file
