"""Forms of the press room about people and passwords."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.press.models import PressPerson
from stories.press.room.attempts import WINDOW


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def wrong(self) -> None:
        """One answer for every reason: it tells a guesser nothing."""
        said = _("Thư điện tử hoặc mật khẩu không đúng, hoặc tài khoản đã ngừng.")
        self.add_error(None, said)

    def too_many(self) -> None:
        said = _(
            "Đã thử quá nhiều lần. Mời chị/anh chờ %(n)d phút rồi thử lại, hoặc đặt mật khẩu mới "
            "bằng mục “Quên mật khẩu”."
        )
        self.add_error(None, said % {"n": WINDOW // 60})


class ForgotForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "username"}),
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu mới"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Gõ lại mật khẩu mới"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args, person: PressPerson | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.rules = password_validators_help_texts()

    def clean(self) -> dict:
        data = super().clean()
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", _("Hai lần gõ chưa giống nhau."))
        elif password:
            try:
                validate_password(password, self.person)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class ColleagueForm(forms.ModelForm):
    """A colleague whom the administrator of a newsroom invites into it."""

    class Meta:
        model = PressPerson
        fields = ("name", "email", "phone")

    def __init__(self, *args, client, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.client = client
        self.fields["name"].widget.attrs["autocomplete"] = "off"
