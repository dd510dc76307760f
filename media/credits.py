"""How a picture's credit is told, wherever it stands."""

from __future__ import annotations

from django.utils.translation import gettext as _


def credit_line(credit: str) -> str:
    """“Ảnh: Thu Hà”, unless the editor wrote what it is already (“Ảnh: …”, “Minh họa: …”)."""
    if not credit or ":" in credit or credit.casefold().startswith(_("Ảnh").casefold()):
        return credit
    return _("Ảnh: %(credit)s") % {"credit": credit}
