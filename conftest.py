"""Fixtures of every room: the cast, and a clean archive index for each test."""

from __future__ import annotations

import pytest


@pytest.fixture
def people(db):
    """Units Lâm Thao, Việt Trì and the province in being, with their people by role."""
    from stories import factories

    return factories.people()
