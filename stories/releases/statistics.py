"""What the database's planner knows of its tables.

PostgreSQL looks by itself (autovacuum), SQLite when it is told. Untold it takes any index for as
good as another: at 100,000 stories the related ones of a story then took 60 ms instead of 1.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

ROWS = 1000  # looked at in each index: 0.1 s for a database of any size


def refresh(**_signal: Any) -> None:
    """Have SQLite look again. Connections that are open notice, since the schema changes."""
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={ROWS}")
        cursor.execute("DROP TABLE IF EXISTS sqlite_stat1")
        cursor.execute("ANALYZE")
