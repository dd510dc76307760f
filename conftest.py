"""Fixtures of every room: the cast, ready in the test database, and a clean archive index."""

from __future__ import annotations

import json
import os
import urllib.request

import pytest


def pytest_report_header(config) -> str:
    """Which search server the tests run on, if any."""
    address = os.environ.get("TEST_ELASTICSEARCH_URL")
    if not address:
        return "search engines: embedded"
    with urllib.request.urlopen(address, timeout=10) as answer:
        about = json.load(answer)
    return f"search engines: embedded, Elasticsearch {about['version']['number']} at {address}"


def pytest_addoption(parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="only tests that touch the database (for a second run on another engine)",
    )


def pytest_collection_modifyitems(config, items) -> None:
    if not config.getoption("--database-only"):
        return
    fixtures = {"db", "transactional_db", "django_db_reset_sequences"}
    keep, drop = [], []
    for item in items:
        touches = item.get_closest_marker("django_db") or fixtures & set(item.fixturenames)
        elsewhere = item.get_closest_marker("browser") or "elasticsearch" in item.fixturenames
        (keep if touches and not elsewhere else drop).append(item)
    config.hook.pytest_deselected(items=drop)
    items[:] = keep


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The unit tree and the cast are made once; each test's transaction rolls back to them."""
    from stories import factories

    with django_db_blocker.unblock():
        factories.people()
    yield


@pytest.fixture(scope="session")
def object_server():
    """An S3-compatible server of this test process, for those who ask for it."""
    from media.tests.places import Server

    with Server() as server:
        yield server


@pytest.fixture(params=["disk", "bucket"])
def place(request, settings, tmp_path, monkeypatch):
    """Where files are kept in this test, which runs once on the disk and once with a bucket."""
    from media.tests import places

    if request.param == "disk":
        made = places.Disk(tmp_path / "media")
    else:
        monkeypatch.setattr("media.stores.bucket.PAUSE", 0.0)
        made = places.Bucket(request.getfixturevalue("object_server"))
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {"default": made.storage}
    return made


@pytest.fixture(autouse=True)
def archive_index(settings, tmp_path):
    """Each test has an index of its own."""
    settings.ARCHIVE_INDEX_PATH = tmp_path / "archive.sqlite3"


@pytest.fixture(autouse=True)
def empty_cache():
    """What a test found out (a mail server that is down) no other test goes by."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def people(db):
    """Units Lâm Thao, Việt Trì and the province in being, with their people by role."""
    from stories import factories

    return factories.cast() or factories.people()
