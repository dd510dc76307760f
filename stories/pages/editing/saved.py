"""Which copies of unsaved words, kept by a browser, have been saved since: it may forget those.

A browser names each copy itself (`copy` in the form); the session remembers the last names saved.
"""

from __future__ import annotations

import re

from django.http import HttpRequest

KEY, LAST = "saved_copies", 20
NAME = re.compile(r"[a-z0-9]{8,40}")


def remember(request: HttpRequest) -> None:
    """The next page of the admin tells the browser (see `wagtailadmin/admin_base.html`)."""
    name = request.POST.get("copy", "")
    if NAME.fullmatch(name):
        request.session[KEY] = [*request.session.get(KEY, []), name][-LAST:]
