from __future__ import annotations

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _nothing_stored():
    """Tests share a process: no page of one may answer another."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
