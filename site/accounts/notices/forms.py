from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.notices import selectors, services
from accounts.notices.kinds import Mode, Topic


class PreferencesForm(forms.Form):
    """A choice for each topic. `instance` is the user, as the account page passes it."""

    def __init__(self, *args, instance, **kwargs) -> None:
        self.user = instance
        super().__init__(*args, initial=selectors.modes(instance), **kwargs)
        for topic in Topic:
            self.fields[topic] = forms.ChoiceField(
                label=topic.label, choices=Mode.choices, widget=forms.RadioSelect
            )

    def save(self) -> None:
        modes = {Topic(name): Mode(mode) for name, mode in self.cleaned_data.items()}
        services.choose(user=self.user, modes=modes)


ABOUT = _(
    "Thông báo luôn hiện ở mục Thông báo khi chị/anh vào đây; dưới đây là chọn cách gửi thư. "
    "Riêng khi có bài bị gỡ khỏi trang công khai, thư luôn được gửi ngay, không tắt được."
)
