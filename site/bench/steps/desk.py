"""Ours: approving and releasing, screens of the admin; in one process."""

from __future__ import annotations

import sys

import django

from bench.steps import Times, answer, visits
from bench.stories import story as made_up


def drafts(cast: dict, first: int, count: int) -> list:
    """Stories that the unit has approved and Ban Tuyên giáo has not."""
    from stories import factories

    waiting = []
    for number in range(first, first + count):
        row = made_up(number)
        body = [("paragraph", f"<p>{text}</p>") for text in row["body"].split("\n\n")]
        values = {name: row[name] for name in ("title", "lead", "byline", "kind", "tags", "date")}
        page = factories.story(cast["editor"], body=body, **values)
        page = factories.submit(page, cast["editor"])
        waiting.append(factories.act(page, cast["reviewer"]))
    return waiting


def release(cast: dict, page, taken: Times) -> None:
    """From Ban Tuyên giáo's click, all ambers ticked, to the released page, index included."""
    from stories import factories

    ticked = factories.ambers(page)
    state = page.current_workflow_task_state
    task = state.task.specific
    taken.of(lambda: task.on_action(state, cast["board"], "approve", accepted=ticked))
    page.refresh_from_db()
    if not page.live:
        raise ValueError("the approved story is not live")


def main(first: int, releases: int, looks: int) -> None:
    from stories import factories
    from stories.pages.models import UnitIndexPage, UnitSectionPage

    cast = factories.cast()
    waiting = drafts(cast, first, releases + 1)
    taken = Times()
    release(cast, waiting[0], Times())
    for page in waiting[1:]:
        release(cast, page, taken)
    fullest = UnitSectionPage.objects.order_by("-numchild")[0]
    explorer = f"/quan-tri/pages/{fullest.pk}/"
    paths = {"dashboard": "/quan-tri/", "explorer": explorer}
    index = {"sections": f"/quan-tri/pages/{UnitIndexPage.objects.get().pk}/"}
    answer(
        release=taken.figures(),
        admin=visits(cast["admin"], paths | index, looks),
        board=visits(cast["board"], paths, looks),
    )


if __name__ == "__main__":
    django.setup()
    main(*map(int, sys.argv[1:4]))
