from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document


class File(AbstractDocument):
    """A document of a unit (a consent form, a decision). Never public in itself."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("tài liệu")
        verbose_name_plural = _("tài liệu")
