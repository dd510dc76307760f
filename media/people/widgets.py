from __future__ import annotations

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import BaseChooser

from media.people.models import Person


class PersonChooser(BaseChooser):
    """A button that opens the list of those people whom the user may see."""

    model = Person
    icon = "user"
    choose_one_text = _("Chọn người")
    choose_another_text = _("Chọn người khác")
    clear_choice_text = _("Bỏ chọn")
    link_to_chosen_text = _("Xem người này")
    chooser_modal_url_name = "person_chooser:choose"


class PeopleInPicture(forms.CheckboxSelectMultiple):
    """A box to tick for each person, and her place from the left as a number beside it.

    A number says that she is in the picture, ticked or not. `orders` are the places known so far,
    by id; what was typed is `typed`.
    """

    def __init__(self, attrs=None, choices=()) -> None:
        super().__init__(attrs, choices)
        self.orders: dict[int, int | None] = {}

    def render(self, name, value, attrs=None, renderer=None) -> str:
        context = self.get_context(name, value, attrs)["widget"]
        options = [one for _group, found, _index in context["optgroups"] for one in found]
        rows = format_html_join("", self._row(), (self._of(name, one) for one in options))
        heads = format_html(
            '<div class="people-heads" aria-hidden="true"><span>{}</span><span>{}</span></div>',
            _t("Họ tên"),
            _t("Thứ mấy từ trái"),
        )
        known = {key: attrs[key] for key in ("id", "aria-describedby") if key in (attrs or {})}
        return format_html(
            '<div class="people-in-picture"{}>{}{}</div>', flatatt(known), heads, rows
        )

    def _row(self) -> str:
        return (
            '<div><label for="{}"><input type="checkbox" name="{}" value="{}" id="{}"{}> {}</label>'
            '<input type="number" name="{}" value="{}" min="1" max="99" inputmode="numeric" '
            'aria-label="{}"></div>'
        )

    def _of(self, name: str, option: dict) -> tuple:
        ident, key = option["attrs"]["id"], str(option["value"])
        checked = mark_safe(" checked") if option["selected"] else ""
        order = self.orders.get(int(key))
        says = _t("%(name)s: thứ mấy từ trái sang") % {"name": option["label"]}
        box = (ident, name, key, ident, checked, option["label"])
        return (*box, f"{name}-order-{key}", "" if order is None else order, says)

    def typed(self, data, name: str) -> dict[int, str]:
        """What is in the boxes of numbers, by the person's id."""
        start = f"{name}-order-"
        return {
            int(key.removeprefix(start)): data[key].strip()
            for key in data
            if key.startswith(start) and key.removeprefix(start).isdecimal()
        }

    def value_from_datadict(self, data, files, name):
        ticked = super().value_from_datadict(data, files, name) or []
        typed = self.typed(data, name)
        self.orders = {**self.orders, **typed}  # not in place: copies of a widget share it
        placed = [str(pk) for pk, said in typed.items() if said]
        return [*dict.fromkeys([*ticked, *placed])]
