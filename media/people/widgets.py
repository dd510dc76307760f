from __future__ import annotations

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
