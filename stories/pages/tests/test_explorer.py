"""Wagtail's listing of a unit's section, with the rows that this desk has in it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories import factories
from stories.pages.models import UnitSectionPage

pytestmark = pytest.mark.django_db


def queries(client, section) -> int:
    with CaptureQueriesContext(
        connection,
    ) as sent:
        assert client.get(f"/quan-tri/pages/{section.pk}/").status_code == 200
    return len(sent)


def fill(people, first: int, count: int) -> None:
    """`count` drafts, as many that wait for the unit, for the board, and that are public."""
    for number in range(first, first + count):
        draft, sent, passed, public = (
            factories.story(people["editor"], title=f"Bài {number} {state}") for state in "abcd"
        )
        factories.submit(sent, people["editor"])
        factories.act(factories.submit(passed, people["editor"]), people["reviewer"])
        factories.publish(public, people)
        assert not draft.live


@pytest.mark.parametrize("role", ["editor", "reviewer", "board", "admin"])
def test_more_rows_take_no_more_queries(client, people, role) -> None:
    section = UnitSectionPage.objects.get(unit__code=factories.LAM_THAO)
    client.force_login(people[role])
    fill(people, 0, 1)
    queries(client, section)
    few = queries(client, section)
    fill(people, 1, 5)
    assert queries(client, section) == few
