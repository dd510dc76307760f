"""Comments that are still open: nothing is approved over the head of whoever left them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from stories.moderation.comments import open_comments, waiting
from stories.pages.checklist.problems import RED, Problem

CODE = "comments"


def problems(page, data: dict) -> Iterator[Problem]:
    if page.pk and (count := open_comments(page).count()):
        yield Problem(
            CODE, RED, waiting(count), "comments", reverse("page_comments", args=[page.pk])
        )
