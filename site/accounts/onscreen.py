"""Saying on screen what an act had for a consequence, from rooms that know of no request.

What is said while a request is answered is shown on that answer, or on the next screen of the same
person; outside of a request nobody looks, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase

_said: ContextVar[list[str] | None] = ContextVar("said_on_screen", default=None)


def say(text: str) -> None:
    """Tell whoever acts now, as a warning; each text once. HTML only as a `SafeString`."""
    said = _said.get()
    if said is not None and text not in said:
        said.append(text)


def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Stands inside of Django's messages."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        token = _said.set([])
        try:
            response = get_response(request)
            for text in _said.get() or ():
                messages.warning(request, text)
        finally:
            _said.reset(token)
        return response

    return answer
