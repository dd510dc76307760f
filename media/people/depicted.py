"""Asking, in the forms of pictures, who can be recognised in them."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from media.people import permissions, selectors, services, states
from media.people.models import Person
from media.people.widgets import PeopleInPicture, PersonChooser

LAST = 99  # place in a picture
MOST = 200  # boxes to tick; where there are more people, they are chosen one by one


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Person) -> str:
        said = f"{obj.name} ({obj.born})" if obj.born else obj.name
        return f"{said} – {_('đã rút lại sự đồng ý')}" if states.took_back(obj) else said


class DepictedMixin(forms.ModelForm):
    """For a form of a `Picture` made with `user`: boxes to tick for the people of its unit, and on
    the picture's own page a chooser for one of another unit or a new one."""

    people = PeopleField(
        label=_("Người trong ảnh"),
        queryset=Person.objects.none(),
        required=False,
        widget=PeopleInPicture,
        help_text=_(
            "Đánh dấu những người nhận ra được trong ảnh. Ảnh nhiều người: ghi số bên cạnh tên, "
            "đếm từ trái sang phải, hết hàng trước rồi đến hàng sau."
        ),
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
            orders = dict(self.instance.depictions.values_list("person", "order"))
            there = set(orders)
            self.fields["people"].widget.orders = orders
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
        self.orders = self._orders()
        if self.shown and data.get("no_recognisable_person"):
            self.add_error(
                "no_recognisable_person",
                _("Đã chọn người trong ảnh thì không đánh dấu “không có ai nhận ra được”."),
            )
        return data

    def _orders(self) -> dict[int, int | None]:
        """Places by the person's id; beside the field what is no place, or two people's."""
        if "people" not in self.fields:
            return {}
        typed = self.fields["people"].widget.typed(self.data, self.add_prefix("people"))
        orders = {
            pk: int(said) if said.isdecimal() and 1 <= int(said) <= LAST else None
            for pk, said in typed.items()
        }
        if any(said and orders[pk] is None for pk, said in typed.items()):
            self.add_error("people", _("Thứ tự là một số từ 1 đến 99."))
        places = [order for order in orders.values() if order is not None]
        if len(places) != len(set(places)):
            self.add_error("people", _("Hai người đang có cùng một số thứ tự."))
        return orders

    def save(self, commit: bool = True):
        picture = super().save(commit=commit)
        if commit:
            self.save_people()
        return picture

    def save_people(self) -> None:
        """To be called after a `save(commit=False)` and the saving of the picture."""
        if "people" in self.fields or "another_person" in self.fields:
            services.set_depicted(picture=self.instance, people=self.shown, orders=self.orders)
