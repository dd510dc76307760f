"""The door of the room, `/bao-chi/`: what is new for people of the press, else a public page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.press import catalogue
from stories.press.early import selectors as early
from stories.press.room import access, newest, pages, topics
from stories.press.room.asking import TYPES, Question, choices
from stories.releases import finding

View = Callable[[HttpRequest], HttpResponseBase]
AFTER = "sau"

logger = logging.getLogger(__name__)


def or_public(public: View) -> View:
    """The room's home for people of the press, the other view for everyone else."""

    def view(request: HttpRequest) -> HttpResponseBase:
        return (home if access.person_of(request) else public)(request)

    return view


@require_safe
@access.signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    """What the newsroom may have, newest first; `q` and the filters of `Question` narrow it, `sau`
    pages on. 503 where words or filters can't be answered just now."""
    person = request.press_person
    question, after = Question.of(request.GET), _uuid(request.GET.get(AFTER, ""))
    context: dict[str, object] = {"question": question, "choices": choices(), "after": after}
    context["types"] = [
        (label, question.of_type(name), name == question.type) for name, label in TYPES.items()
    ]
    context |= topics.offered(person, question)
    if not question.params and not after:
        context["upcoming"] = early.upcoming(person.client)
    status = 200
    try:
        found = newest.listing(person.client, question, after=after)
        context["listing"] = found
        if found.after:
            more = question.params | {"q": found.meant or question.q, AFTER: found.after}
            context["more"] = f"?{urlencode({k: v for k, v in more.items() if v})}"
    except (finding.Away, catalogue.NotReady):
        logger.exception("Press room can't search")
        context["error"] = _("Tạm thời chưa tìm được. Mời chị/anh thử lại sau ít phút.")
        status = 503
    return pages.show(request, "press/room/home.html", context, section="home", status=status)


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
