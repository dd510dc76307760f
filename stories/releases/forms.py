from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.releases.models import Release

Reason = Release.Reason
OF_CONSENT = _("Nhân vật rút lại sự đồng ý.")


class WithdrawForm(forms.Form):
    reason_code = forms.ChoiceField(
        label=_("Vì sao gỡ bài"),
        widget=forms.RadioSelect,
        choices=[
            (
                Reason.CONSENT,
                _(
                    "Nhân vật rút lại sự đồng ý: gỡ ngay, không cần ai duyệt thêm; "
                    "bài không bao giờ đăng lại được"
                ),
            ),
            (Reason.ERROR, _("Bài có sai sót: thu hồi hẳn, bài không bao giờ đăng lại được")),
            (
                Reason.SUSPENSION,
                _("Cần xem xét: tạm gỡ, sau này duyệt lại thì đăng tiếp được"),
            ),
            (Reason.END, _("Hết thời gian đăng: kết thúc, bài không bao giờ đăng lại được")),
        ],
    )
    reason = forms.CharField(
        label=_("Lời gửi báo chí"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Báo chí đã lấy bài sẽ nhận được lời này; trang công khai không hiện. Không nhắc lại "
            "nội dung bị gỡ. Khi nhân vật rút lại sự đồng ý thì không bắt buộc."
        ),
    )

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("reason") and not self.has_error("reason"):
            if data.get("reason_code") == Reason.CONSENT:
                data["reason"] = str(OF_CONSENT)
            else:
                self.add_error("reason", _("Hãy viết vài lời để báo chí biết vì sao."))
        return data
