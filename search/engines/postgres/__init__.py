"""The PostgreSQL engine: the archive's index in the main database, where that is PostgreSQL."""

from search.engines.postgres.engine import PostgresEngine

__all__ = ["PostgresEngine"]
