"""Choosing a person in the editors' forms: only those whom the user may see, or a new one."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from media.people import permissions, selectors, services, states
from media.people.forms import NewPersonForm
from media.people.models import Person
from media.people.widgets import PersonChooser


class FilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Tìm"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": _("Họ tên hoặc mã phiếu")}),
    )

    def filter(self, objects):
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q", "").strip()
        if self.search_query:
            self.is_searching = True
            objects = objects.found(self.search_query)
        return objects


def _unit_and_year(person: Person) -> str:
    return f"{person.unit_name}, {person.born}" if person.born else person.unit_name


class _OwnPeople:
    filter_form_class = FilterForm

    def get_object_list(self):
        found = permissions.visible(self.request.user).select_related("collection")
        return selectors.with_state(found)

    @property
    def columns(self) -> list[Column]:
        unit = Column("unit", label=_("Đơn vị, năm sinh"), accessor=_unit_and_year)
        state = Column("state", label=_("Sự đồng ý"), accessor=states.in_a_word)
        return [*super().columns, unit, state]

    def get_creation_form_kwargs(self) -> dict:
        return super().get_creation_form_kwargs() | {"user": self.request.user}


class ChooseView(_OwnPeople, views.ChooseView):
    pass


class ChooseResultsView(_OwnPeople, views.ChooseResultsView):
    pass


class ChosenView(views.ChosenView):
    def get_object(self, pk: str) -> Person:
        try:
            return permissions.visible(self.request.user).get(pk=pk)
        except ValueError as error:
            raise ObjectDoesNotExist from error


class ChosenMultipleView(views.ChosenMultipleView):
    def get_objects(self, pks):
        return permissions.visible(self.request.user).filter(
            pk__in=[pk for pk in pks if pk.isdecimal()]
        )


class CreateView(views.CreateView):
    def get_creation_form_kwargs(self) -> dict:
        return super().get_creation_form_kwargs() | {"user": self.request.user}

    def save_form(self, form) -> Person:
        return services.save_person(person=form.instance, user=self.request.user)


class PersonChooserViewSet(ChooserViewSet):
    model = Person
    icon = "user"
    choose_one_text = PersonChooser.choose_one_text
    widget_class = PersonChooser
    create_action_label = _("Ghi tên mới")
    creation_form_class = NewPersonForm
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    create_view_class = CreateView


class PersonURLFinder(ModelAdminURLFinder):
    """Wagtail's “edit” of a person leads to her page."""

    edit_url_name = "person"


viewset = PersonChooserViewSet("person_chooser", url_prefix="chon-nguoi")
