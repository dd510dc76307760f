from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from media.storing import SafeFileField


class File(AbstractDocument):
    """A document of a unit (a consent form, a decision). Never public in itself."""

    file = SafeFileField(_("tệp"), upload_to="documents")

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("tài liệu")
        verbose_name_plural = _("tài liệu")

    def clean(self) -> None:
        """As Wagtail's, which finds fault with the name of a file that was refused already."""
        if self.file:
            super().clean()

    def save(self, *args, **kwargs) -> None:
        """As Wagtail's; a new file doesn't stay when the row doesn't."""
        with transaction.atomic():
            super().save(*args, **kwargs)
