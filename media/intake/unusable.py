from __future__ import annotations

from django.core.exceptions import ValidationError


class Unusable(ValidationError):
    """A file that is not taken in; the message says why and what to do, `code` names the reason.

    Forms show it beside the file; whoever stores without a form gets it as an exception.
    """
