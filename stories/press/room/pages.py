"""What every page of the room shows around its own: the person, the menu, what is to be confirmed.

A page of the room is made by `show` within a view that is `access.signed_in`.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stories.press.models import PressPerson
from stories.press.room import confirming


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, object] | None = None,
    *,
    section: str = "",
    status: int = 200,
) -> HttpResponse:
    """The template, which extends `press/room/base.html`; `section` is the menu's entry."""
    person: PressPerson = request.press_person
    around = {"person": person, "section": section, "asked": confirming.open_for(person)}
    return render(request, template, around | (context or {}), status=status)
