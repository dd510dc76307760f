"""Bundles for tests: texts at the board's step, what the approver ticks, bundles that wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from stories import factories
from stories.moderation import bundles
from stories.moderation.choices import Choice
from stories.moderation.models import Bundle


def soon(hours: int = 2) -> datetime:
    return (timezone.now() + timedelta(hours=hours)).replace(second=0, microsecond=0)


def at_board(people, title: str = "Bài trong chùm", **fields):
    """A story of Lâm Thao's editor that waits for Ban Tuyên giáo."""
    return to_board(factories.story(people["editor"], title=title, **fields), people)


def exemplar_at_board(people, title: str = "Nguyễn Thị Lan", **fields):
    return to_board(factories.exemplar(people["editor"], title=title, **fields), people)


def to_board(page, people):
    return factories.act(factories.submit(page, people["editor"]), people["reviewer"])


def choice(page, **other) -> Choice:
    """All that the screen shows of the page, ticked."""
    page = type(page).objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    values = {
        "state_id": state.pk,
        "revision_id": str(state.revision_id),
        "sha256": state.revision.as_object().content_sha256(),
        "accepted": factories.ambers(page),
    }
    return Choice(**values | other)


def bundle(people, *pages, release_at: datetime | None = None, title: str = "Chùm 8/3") -> Bundle:
    told = {"title": title, "release_at": release_at, "pages": pages}
    return bundles.create(user=people["board"], **told)


def approve(made: Bundle, user, *pages, chosen=None) -> Bundle:
    chosen = [choice(page) for page in pages] if chosen is None else chosen
    bundles.approve(bundle=made, user=user, chosen=chosen, release_at=made.release_at)
    return reload(made)


def scheduled(people, *pages, title: str = "Chùm 8/3", hours: int = 2) -> Bundle:
    """An approved bundle that comes out in so many hours."""
    made = bundle(people, *pages, release_at=soon(hours), title=title)
    return approve(made, people["board"], *pages)


def reload(made: Bundle) -> Bundle:
    return Bundle.objects.get(pk=made.pk)
