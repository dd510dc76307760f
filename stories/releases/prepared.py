"""What makes the hot path cheap: queries built once, and texts that stay bytes.

Building a query costs Django more than SQLite needs to answer it. So the few on the hot path are
built once, from the same manager methods as all others, and only their values change.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, Func, QuerySet

# Two values of each type: where the parameters of two builds differ, the value goes.
SAMPLES = {
    UUID: (UUID(int=1), UUID(int=2)),
    str: ("\x01", "\x02"),
    int: (2**60 + 1, 2**60 + 2),
    datetime: (datetime(2001, 1, 1, tzinfo=UTC), datetime(2002, 2, 2, tzinfo=UTC)),
}


class Utf8(Func):
    """A text column as UTF-8 bytes: what is sent as stored needn't be decoded and encoded again.

    Measured on a feed page of 100 payloads (600 kB of Vietnamese): that was two thirds of it.
    """

    function = "CONVERT_TO"
    template = "%(function)s(%(expressions)s, 'UTF8')"
    output_field = BinaryField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="CAST(%(expressions)s AS BLOB)", **context
        )


class Prepared:
    """`build(**values)` gives a `values_list` queryset; `types` tells each value's type.

    Columns come back as the database has them, so choose whole numbers, texts and bytes only.
    """

    def __init__(self, build: Callable[..., QuerySet], **types: type) -> None:
        self.build = build
        self.types = types

    def first(self, **values: object) -> tuple | None:
        """The first row, or None."""
        rows = self.all(**values)
        return rows[0] if rows else None

    def all(self, **values: object) -> list[tuple]:
        """All rows."""
        sql, params, places = self._compiled
        params = list(params)
        database = connections[DEFAULT_DB_ALIAS]  # looked up once, not at every step
        for name, value in values.items():
            for place in places[name]:
                params[place] = _adapted(value, database)
        with database.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    @cached_property
    def _compiled(self) -> tuple[str, tuple, dict[str, list[int]]]:
        samples = {name: SAMPLES[kind][0] for name, kind in self.types.items()}
        sql, params = self.build(**samples).query.sql_with_params()
        places = {}
        for name, kind in self.types.items():
            changed = self.build(**samples | {name: SAMPLES[kind][1]})
            other = changed.query.sql_with_params()[1]
            pairs = enumerate(zip(params, other, strict=True))
            places[name] = [place for place, (one, two) in pairs if one != two]
        return sql, params, places


def _adapted(value: object, database: BaseDatabaseWrapper) -> object:
    """A value as the database takes it."""
    if isinstance(value, UUID):
        return value if database.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    return value
