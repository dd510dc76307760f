from __future__ import annotations

import re

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import BOARD
from stories.moderation import deputies
from stories.moderation.models import Deputy
from stories.units.models import Unit


class PersonField(forms.ModelChoiceField):
    """People by name, with what they do: names alone are often alike."""

    def label_from_instance(self, person) -> str:
        groups = (re.sub(r" \[[^\]]*\]$", "", group.name) for group in person.groups.all())
        return f"{person} ({'; '.join(groups) or person.username})"


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DeputyForm(forms.Form):
    office = forms.ChoiceField(label=_("Ủy quyền duyệt bài của"))
    person = PersonField(
        get_user_model().objects.none(),
        label=_("Cho ai"),
        empty_label=_("Chọn một người"),
        help_text=_("Người này được duyệt thay trong những ngày dưới đây, trừ bài do họ viết."),
    )
    starts = forms.DateField(label=_("Từ ngày"), widget=DayInput, initial=timezone.localdate)
    ends = forms.DateField(label=_("Đến hết ngày"), widget=DayInput)

    def __init__(self, holder, data=None) -> None:
        super().__init__(data)
        self.holder = holder
        self.offices: dict[str, Unit | None] = {
            unit.code if unit else "board": unit for unit in deputies.offices_of(holder)
        }
        self.fields["office"].choices = [
            (code, unit.union_name if unit else BOARD) for code, unit in self.offices.items()
        ]
        people = deputies.candidates(holder).prefetch_related("groups")
        self.fields["person"].queryset = people

    def save(self) -> Deputy | None:
        """Name the deputy; what won't do is said at its field, and None returned."""
        data = self.cleaned_data
        try:
            return deputies.name_deputy(
                holder=self.holder,
                person=data["person"],
                unit=self.offices[data["office"]],
                starts=data["starts"],
                ends=data["ends"],
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None
