"""Ours: the desk with many texts waiting, from every unit that writes."""

from __future__ import annotations

import sys

import django

from bench.steps import answer, visits
from bench.stories import story as made_up


def fill(cast: dict, count: int) -> int:
    """Let at least `count` stories wait for Ban Tuyên giáo; how many units they are from."""
    from stories import factories
    from stories.pages.desk.queue import waiting
    from stories.pages.models import UnitSectionPage

    sections = list(UnitSectionPage.objects.select_related("unit").order_by("pk"))
    for number in range(waiting().count(), count):
        row = made_up(10**9 + number)
        body = [("paragraph", f"<p>{text}</p>") for text in row["body"].split("\n\n")]
        values = {name: row[name] for name in ("title", "lead", "byline", "kind", "tags", "date")}
        unit = sections[number % len(sections)].unit
        page = factories.story(cast["editor"], unit.code, body=body, **values)
        factories.act(factories.submit(page, cast["editor"]), cast["province_reviewer"])
    return len(sections)


def main(waiting: int, looks: int) -> None:
    from stories import factories

    cast = factories.cast()
    units = fill(cast, waiting)
    paths = {
        "queue": "/quan-tri/hang-cho/",
        "queue, filtered": "/quan-tri/hang-cho/?checks=amber",
        "dashboard": "/quan-tri/",
    }
    dashboard = {"dashboard": "/quan-tri/"}
    answer(
        units=units,
        board=visits(cast["board"], paths, looks),
        reviewer=visits(cast["province_reviewer"], dashboard, looks),
        editor=visits(cast["editor"], dashboard, looks),
    )


if __name__ == "__main__":
    django.setup()
    main(*map(int, sys.argv[1:3]))
