"""Asking, in the forms of pictures, who can be recognised in them."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from media.people import permissions, selectors, services, states
from media.people.models import Person
from media.people.widgets import PersonChooser

MOST = 200  # boxes to tick; where there are more people, they are chosen one by one


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Person) -> str:
        said = f"{obj.name} ({obj.born})" if obj.born else obj.name
        return f"{said} – {_('đã rút lại sự đồng ý')}" if states.took_back(obj) else said


class DepictedMixin(forms.ModelForm):
    """For a form of a `Picture` made with `user`: boxes to tick for the people of its unit, and on
    the picture's own page a chooser for one of another unit or a new one."""

    class Media:
        css: ClassVar = {"all": ["media/people.css"]}

    people = PeopleField(
        label=_("Người trong ảnh"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "people-in-picture"}),
        help_text=_("Đánh dấu những người nhận ra được trong ảnh."),
    )
    another_person = forms.ModelChoiceField(
        label=_("Thêm một người nữa trong ảnh"),
        queryset=Person.objects.none(),
        required=False,
        widget=PersonChooser,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        user = kwargs.get("user")
        there = set()
        if self.instance.pk:
            there = set(self.instance.depictions.values_list("person", flat=True))
            self.fields["people"].initial = list(there)
        self.fields["people"].queryset = selectors.with_state(self._offered(user, there))
        if not self.instance.pk or self.prefix or user is None:
            del self.fields["another_person"]
        else:
            self.fields["another_person"].queryset = permissions.visible(user)
        if not self.fields["people"].queryset.exists():
            del self.fields["people"]

    def _offered(self, user, there: set[int]) -> QuerySet[Person]:
        """Those in the picture, and those of its collection, or of the one it will be put into."""
        found = Person.objects.filter(pk__in=there)
        if user is None:
            return found
        if self.instance.pk:
            own = [self.instance.collection_id]
        else:
            own = list(permissions.collections_to_add_to(user).values_list("pk", flat=True)[:2])
            own = own if len(own) == 1 else []
        unit = permissions.visible(user).filter(collection__in=own)
        if unit.count() > MOST:
            return found
        return Person.objects.filter(Q(pk__in=there) | Q(pk__in=unit.values("pk")))

    def clean(self) -> dict:
        data = super().clean()
        self.shown = [*data.get("people", ())]
        if another := data.get("another_person"):
            self.shown.append(another)
        if self.shown and data.get("no_recognisable_person"):
            self.add_error(
                "no_recognisable_person",
                _("Đã chọn người trong ảnh thì không đánh dấu “không có ai nhận ra được”."),
            )
        return data

    def save(self, commit: bool = True):
        picture = super().save(commit=commit)
        if commit:
            self.save_people()
        return picture

    def save_people(self) -> None:
        """To be called after a `save(commit=False)` and the saving of the picture."""
        if "people" in self.fields or "another_person" in self.fields:
            services.set_depicted(picture=self.instance, people=self.shown)
