"""The one place where the client library comes in."""

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, helpers
from elasticsearch.exceptions import SerializationError, TransportError
from elasticsearch_dsl import (
    Boolean,
    Document,
    FacetedSearch,
    Keyword,
    Long,
    MetaField,
    Search,
    TermsFacet,
    Text,
    analyzer,
)
from elasticsearch_dsl.query import Query

# Whatever goes wrong between us and a server, its own answers included.
FAILURES = (ApiError, TransportError, SerializationError, helpers.BulkIndexError)

__all__ = [
    "FAILURES",
    "ApiError",
    "BadRequestError",
    "Boolean",
    "Document",
    "Elasticsearch",
    "FacetedSearch",
    "Keyword",
    "Long",
    "MetaField",
    "NotFoundError",
    "Query",
    "Search",
    "TermsFacet",
    "Text",
    "analyzer",
    "helpers",
]
