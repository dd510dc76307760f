"""Wrong settings are told in words, never with a password in them."""

from __future__ import annotations

import pytest

from search.checks import archive
from search.engines import get_engine
from search.engines.elastic import ElasticEngine
from search.tests.makers import IN_DATABASE


@pytest.fixture
def elasticsearch(settings):
    settings.ARCHIVE_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9200"]
    settings.ELASTICSEARCH_API_KEY = ""
    settings.ELASTICSEARCH_INDEX = "guong-sang"
    return settings


def codes() -> list[str]:
    return [error.id for error in archive(None)]


def test_the_defaults_are_right(settings, elasticsearch):
    assert codes() == []
    engine = get_engine()
    assert isinstance(engine, ElasticEngine)
    assert get_engine() is engine, "one engine, one pool of connections"
    settings.ARCHIVE_ENGINE = "embedded"
    assert codes() == []


def test_an_unknown_engine_is_named(settings):
    settings.ARCHIVE_ENGINE = "solr"
    (error,) = archive(None)

    assert error.id == "search.E001"
    assert "elasticsearch, embedded, null" in error.msg


@pytest.mark.parametrize(
    "url",
    ["127.0.0.1:9200", "ftp://a:1", "http://", "http://a:x", "http://a:9200/path", "http://[", ""],
)
def test_an_address_that_is_none_is_told(elasticsearch, url):
    elasticsearch.ELASTICSEARCH_URL = ["https://elastic:bi-mat@es:9200", url]

    (error,) = archive(None)
    assert error.id == "search.E002"


def test_a_password_is_never_shown(elasticsearch):
    elasticsearch.ELASTICSEARCH_URL = ["http://elastic:bi-mat@es:9200/archive"]

    (error,) = archive(None)
    assert "bi-mat" not in error.msg
    assert "http://es" in error.msg


def test_no_address_is_told(elasticsearch):
    elasticsearch.ELASTICSEARCH_URL = []

    assert codes() == ["search.E002"]


@pytest.mark.parametrize("name", ["", "Gương", "a b", "_a", "-a", "a*", "a,b", "A", "a" * 201])
def test_a_name_that_no_index_can_have_is_told(elasticsearch, name):
    elasticsearch.ELASTICSEARCH_INDEX = name

    assert codes() == ["search.E003"]


def test_two_ways_to_sign_in_are_one_too_many(elasticsearch):
    elasticsearch.ELASTICSEARCH_URL = ["https://elastic:bi-mat@es:9200"]
    assert codes() == []
    elasticsearch.ELASTICSEARCH_API_KEY = "key"

    assert codes() == ["search.E004"]


@pytest.mark.parametrize("chosen", ["embedded", "postgresql", "null"])
def test_only_the_postgresql_engine_needs_postgresql(settings, chosen):
    settings.ARCHIVE_ENGINE = chosen
    wrong = chosen == "postgresql" and not IN_DATABASE

    found = archive(None)

    assert [error.id for error in found] == (["search.E005"] if wrong else [])
    assert all("DATABASE_URL" in error.msg and "PostgreSQL" in error.msg for error in found)
