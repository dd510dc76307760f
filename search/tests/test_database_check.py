"""An engine that the database cannot carry is named before anything is served."""

from __future__ import annotations

import pytest

from search.database_check import engine_fits_database
from search.tests.makers import IN_DATABASE


@pytest.mark.parametrize("chosen", ["embedded", "postgresql", "null"])
def test_only_the_postgresql_engine_needs_postgresql(settings, chosen):
    settings.ARCHIVE_ENGINE = chosen
    wrong = chosen == "postgresql" and not IN_DATABASE

    found = engine_fits_database()

    assert [error.id for error in found] == (["search.E005"] if wrong else [])
    assert all("DATABASE_URL" in error.msg and "PostgreSQL" in error.msg for error in found)
