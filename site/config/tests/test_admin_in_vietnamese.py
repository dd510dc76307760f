"""The admin speaks Vietnamese: every screen, of every role, is walked and read."""

from __future__ import annotations

import pytest

from config.tests.walk.routes import NO_SCREEN, routes
from config.tests.walk.samples import World
from config.tests.walk.walker import Walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick(monkeypatch) -> None:
    """Django's test client copies the context of every template; nobody looks at it here."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *a, **k: None)


def test_no_screen_of_any_role_has_a_word_of_english(people, quick) -> None:
    walk = Walk(World(people)).as_everyone()
    print(f"{walk.requests} requests, {len(walk.seen)} screens")
    assert walk.crashes == []
    assert {text: sorted(where)[:3] for text, where in walk.leftovers.items()} == {}
    silent = {route.name for route in set(routes()) - walk.seen}
    assert silent == set().union(*NO_SCREEN.values())
