"""Forms of Wagtail's page screens, with what they must not let through."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.permissions import policy_registry

from media.models import Picture
from media.people.permissions import visible
from stories.pages.permissions import choosable


class DraftCopyForm(CopyForm):
    """A copy is a draft of its own: neither published at once nor an alias of the other page."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)


class ModeratedPageForm(WagtailAdminPageForm):
    """An editor adds only pictures and exemplars that a chooser would offer, whatever is posted."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.live and not self.instance.has_unpublished_changes:
            self.initial["correction_note"] = ""  # the last correction's note is not this one's

    def clean(self) -> dict:
        data = super().clean()
        there = _pictures(self.instance.lead_picture, self.instance.body)
        added = _pictures(data.get("lead_picture"), data.get("body")) - there
        policy = policy_registry.get_by_type(Picture)
        if not all(
            policy.user_has_any_permission_for_instance(self.for_user, ["choose", "change"], one)
            for one in added
        ):
            raise forms.ValidationError(_("Có ảnh không thuộc kho ảnh của đơn vị bạn."))
        self._check_exemplars()
        self._check_people(data)
        return data

    def _check_people(self, data: dict) -> None:
        """Only people whom the user may see are added."""
        named = {data["person"]} if data.get("person") else set()
        there = {self.instance.person} if named else set()
        if "named_people" in self.formsets:
            children = [one for one in self.formsets["named_people"].forms if one.is_valid()]
            named |= {child.cleaned_data.get("person") for child in children} - {None}
            there |= {one.person for one in self.instance.named_people.all()}
        added = {person.pk for person in named - there}
        if added and visible(self.for_user).filter(pk__in=added).count() != len(added):
            raise forms.ValidationError(_("Có người không thuộc đơn vị bạn, không chọn được."))

    def _check_exemplars(self) -> None:
        if "told_exemplars" not in self.formsets:
            return
        children = [child for child in self.formsets["told_exemplars"].forms if child.is_valid()]
        told = {child.cleaned_data.get("exemplar") for child in children} - {None}
        added = told - {one.exemplar for one in self.instance.told_exemplars.all()}
        for model in {type(exemplar) for exemplar in added}:
            pks = {exemplar.pk for exemplar in added}
            offered = choosable(model.objects.filter(pk__in=pks), self.for_user)
            if len(pks) != offered.count():
                raise forms.ValidationError(
                    _("Có điển hình chưa đăng của đơn vị khác, không liên kết được.")
                )


def _pictures(lead_picture, body) -> set[Picture]:
    shown = {child.value["picture"] for child in body or () if child.block_type == "picture"}
    return (shown | {lead_picture}) - {None}
