"""After all migrations the append-only tables still have their triggers: a rebuilt table lost one."""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

SQLITE = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal"
)


@pytest.mark.parametrize(
    "expected",
    [
        ("release_append_only", "releases_release"),
        ("advance_append_only", "releases_advance"),
        ("audit_append_only", "accounts_auditentry"),
    ],
)
def test_the_append_only_tables_have_their_triggers(expected) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        assert expected in cursor.fetchall()
