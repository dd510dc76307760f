"""The home page of the desk: Wagtail's own panels give way to ours, chosen by role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from accounts.notices import selectors as notices
from accounts.notices.models import Notice
from stories.moderation.permissions import remember_offices
from stories.pages.desk import selectors
from stories.pages.desk.selectors import Desk

MOST_NOTICES = 5


class DeskPanel(Component):
    """One part of the home page; `wanted` says whom it is for."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def wanted(self) -> bool:
        return True

    @property
    def media(self) -> Media:
        return Media(css={"all": ["pages/desk.css"]})

    def told(self) -> dict[str, Any]:
        """What the template says."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = parent_context["request"] if parent_context else None
        return {"desk": self.desk, "request": request, **self.told()}


class StartPanel(DeskPanel):
    """The big buttons: what people come to do."""

    order, template_name = 10, "pages/desk/start.html"

    @property
    def wanted(self) -> bool:
        return bool(self.desk.edits or self.desk.on_board or self.desk.stands_in)

    def told(self) -> dict[str, Any]:
        return {"sections": selectors.sections_of(self.desk)}


class WaitingPanel(DeskPanel):
    order, template_name = 20, "pages/desk/waiting.html"

    @property
    def wanted(self) -> bool:
        return self.desk.has_office

    def told(self) -> dict[str, Any]:
        return {"waiting": selectors.waiting_for(self.desk)}


class WritingPanel(DeskPanel):
    """What came back, what is under way, what isn't sent yet."""

    order, template_name = 30, "pages/desk/writing.html"

    def told(self) -> dict[str, Any]:
        return {
            "returned": selectors.returned_to(self.desk.user),
            "sent": selectors.sent_by(self.desk),
            "drafts": selectors.drafts_of(self.desk.user),
        }


class NoticesPanel(DeskPanel):
    """The newest of what is unread; how many there are is told by the side menu."""

    order, template_name = 35, "pages/desk/notices.html"

    @cached_property
    def unread(self) -> list[Notice]:
        return list(notices.of(self.desk.user).unread()[:MOST_NOTICES])

    @property
    def wanted(self) -> bool:
        return bool(self.unread)

    def told(self) -> dict[str, Any]:
        return {"unread": self.unread}


class YearPanel(DeskPanel):
    order, template_name = 40, "pages/desk/year.html"

    @property
    def wanted(self) -> bool:
        return bool(self.desk.units or self.desk.everywhere)

    def told(self) -> dict[str, Any]:
        return {"year": selectors.year_of(self.desk)}


PANELS = (StartPanel, WaitingPanel, WritingPanel, NoticesPanel, YearPanel)


def of_wagtail(part: object) -> bool:
    return type(part).__module__.partition(".")[0] == "wagtail"


def put_ours(request, panels: list) -> None:
    """Take Wagtail's panels out, put those of the person's roles in; others' stay."""
    remember_offices(request.user)
    desk = Desk.of(request.user)
    ours = [panel for kind in PANELS if (panel := kind(desk)).wanted]
    panels[:] = [panel for panel in panels if not of_wagtail(panel)] + ours
