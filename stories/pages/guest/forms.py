from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.moderation import review_links
from stories.moderation.forms import ReturnForm
from stories.moderation.models import ReviewLink

CONSENT = gettext_lazy("Xin đánh dấu vào ô xác nhận họ tên rồi bấm lại.")


class NamedForm(forms.Form):
    """Whoever answers says that they are the one invited."""

    is_me = forms.BooleanField(error_messages={"required": CONSENT})

    def __init__(self, link: ReviewLink, data=None, **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.fields["is_me"].label = _("Tôi là %(guest)s") % {"guest": link.guest}


class ApproveForm(NamedForm):
    pass


class GuestReturnForm(NamedForm, ReturnForm):
    field_order = ["reason", "comment", "is_me"]

    def __init__(self, link: ReviewLink, data=None, **kwargs) -> None:
        super().__init__(link, data, **kwargs)
        choices = ReturnForm.base_fields["reason"].choices
        self.fields["reason"].choices = [("", _("Chọn một lý do")), *choices]


class InviteForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120)
    post = forms.CharField(
        label=gettext_lazy("Chức vụ, đơn vị"),
        max_length=160,
        help_text=gettext_lazy("Ví dụ: Phó Chủ tịch UBND xã Lâm Thao. Được ghi cùng lượt duyệt."),
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        help_text=gettext_lazy("Liên kết được gửi tới đây. Người có tài khoản thì dùng Ủy quyền."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Dùng được trong"),
        coerce=int,
        initial=review_links.DEFAULT_DAYS,
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data=None, **kwargs) -> None:
        super().__init__(data, auto_id="moi-%s", **kwargs)
        days = [(n, _("%(n)d ngày") % {"n": n}) for n in review_links.DAYS]
        self.fields["days"].choices = days

    def invite(self, *, state, user) -> ReviewLink | None:
        """Invite; what won't do is said at its field, and None returned. Raises as `invite`."""
        try:
            return review_links.invite(state=state, user=user, **self.cleaned_data)
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None
