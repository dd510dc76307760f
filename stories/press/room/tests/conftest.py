from __future__ import annotations

import pytest

from stories.press.models import PressClient, PressPerson
from stories.press.room.tests import newsrooms


@pytest.fixture
def paper(db) -> PressClient:
    return newsrooms.newsroom()


@pytest.fixture
def lan(paper) -> PressPerson:
    """A reporter of the paper."""
    return newsrooms.person(paper)


@pytest.fixture
def chief(paper) -> PressPerson:
    """Who looks after the paper's people."""
    return newsrooms.person(paper, "truong@bao.example", is_admin=True)


@pytest.fixture
def radio(db) -> PressClient:
    return newsrooms.newsroom("dai-ptth", "broadcaster")


@pytest.fixture
def hoa(radio) -> PressPerson:
    """A reporter of another newsroom."""
    return newsrooms.person(radio, "hoa@dai.example")
