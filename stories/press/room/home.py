"""The door of the room, `/bao-chi/`: what is new for people of the press, else a public page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from stories.press.room import access, pages

View = Callable[[HttpRequest], HttpResponseBase]


def or_public(public: View) -> View:
    """The room's home for people of the press, the other view for everyone else."""

    def view(request: HttpRequest) -> HttpResponseBase:
        return (home if access.person_of(request) else public)(request)

    return view


@access.signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    return pages.show(request, "press/room/home.html", section="home")
