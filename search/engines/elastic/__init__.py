"""The archive on Elasticsearch 8, for installations that have one."""

from search.engines.elastic.engine import ElasticEngine
from search.engines.elastic.server import Server

__all__ = ["ElasticEngine", "Server"]
