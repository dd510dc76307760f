from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.releases.models import Release


class WithdrawForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Hình thức"),
        widget=forms.RadioSelect,
        choices=[
            (
                Release.Kind.WITHHELD,
                _("Tạm gỡ: ẩn bài trong lúc xem xét, sau này duyệt lại thì đăng tiếp được"),
            ),
            (Release.Kind.CANCELED, _("Thu hồi hẳn: bài không bao giờ đăng lại được")),
        ],
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Báo chí đã lấy bài sẽ nhận được lời này. Không nhắc lại nội dung bị thu hồi."),
    )
