from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from media.models import Person


class NamedPerson(Orderable):
    """Someone whom a story or a profile names, or tells of so that she can be known."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="named_people")
    person = models.ForeignKey(
        Person, verbose_name=_("người"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("người được nêu trong bài")
        verbose_name_plural = _("người được nêu trong bài")

    def __str__(self) -> str:
        return str(self.person)
