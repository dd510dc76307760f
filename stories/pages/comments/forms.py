from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2000


class WordsForm(forms.Form):
    """The words of a comment or of an answer to one."""

    text = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Hãy viết góp ý trước khi gửi."),
            "max_length": _("Góp ý dài quá %(limit_value)d chữ. Hãy chia làm hai."),
        },
    )
