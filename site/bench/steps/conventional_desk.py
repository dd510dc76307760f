"""The conventional peer: the same acts as in `bench.steps.desk`, by Wagtail's own means.

- publish: `revision.publish()` of a draft with the same text, no workflow, no guard.
- approve: the last step of Wagtail's own workflow (“Moderators approval”), which publishes.
- admin: Wagtail's dashboard, and its plain listing of the section that holds every story.
"""

from __future__ import annotations

import sys

import django

from bench.steps import Times, answer, visits
from bench.steps.conventional_fill import page_of
from bench.stories import story as made_up


def draft(number: int, parent, user):
    row = made_up(number)
    page = page_of(row | {"id": f"draft-{number}"})
    page.live = False
    parent.add_child(instance=page)
    page.tags.add(*row["tags"])
    page.save()
    return page.specific, page.save_revision(user=user)


def publish(number: int, parent, user, taken: Times) -> None:
    _page, revision = draft(number, parent, user)
    taken.of(lambda: revision.publish(user=user))


def approve(number: int, parent, user, taken: Times) -> None:
    page, _revision = draft(number, parent, user)
    page.get_workflow().start(page, user)
    page = type(page).objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    task = state.task.specific
    taken.of(lambda: task.on_action(state, user, "approve"))
    page.refresh_from_db()
    if not page.live:
        raise ValueError("the approved page is not live")


def main(first: int, releases: int, looks: int) -> None:
    from django.contrib.auth import get_user_model

    from bench.peers.conventional.models import StoryIndexPage

    parent = StoryIndexPage.objects.get()
    user = get_user_model().objects.get(username="admin")
    numbers = range(first, first + releases + 1)
    published, approved = Times(), Times()
    for number in numbers:
        warming = number == first
        publish(number, parent, user, Times() if warming else published)
        parent = StoryIndexPage.objects.get()
        approve(number + len(numbers), parent, user, Times() if warming else approved)
        parent = StoryIndexPage.objects.get()
    paths = {"dashboard": "/admin/", "explorer": f"/admin/pages/{parent.pk}/"}
    answer(
        publish=published.figures(),
        approve=approved.figures(),
        admin=visits(user, paths, looks),
    )


if __name__ == "__main__":
    django.setup()
    main(*map(int, sys.argv[1:4]))
