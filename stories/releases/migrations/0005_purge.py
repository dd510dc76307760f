"""The ledger stays append-only, but for one change: the content of what was withdrawn for good.

Allowed is an update of `payload` alone, to the one notice, of a release that a cancelation of the
same item follows. A canceled item never becomes public again, so that is what it is now.

A later migration that rebuilds the table on SQLite drops its trigger and must run this again.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

append_only = import_module("stories.releases.migrations.0002_append_only")
MESSAGE = append_only.MESSAGE
PURGED = (
    '{"body":[],"lead":"Nội dung đã được xóa sau khi thu hồi.","pictures":[],"purged":true,'
    '"text":"Nội dung đã được xóa sau khi thu hồi.","title":"ĐÃ XÓA NỘI DUNG"}'
)
CANCELED_LATER = (
    "EXISTS (SELECT 1 FROM releases_release AS later WHERE later.item_id = OLD.item_id"
    " AND later.kind = 'canceled' AND later.seq > OLD.seq)"
)
SQLITE = """
CREATE TRIGGER release_append_only BEFORE UPDATE ON releases_release
WHEN NOT (NEW.payload = '{purged}' AND {same} AND {canceled})
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION release_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.payload = '{purged}'
    AND to_jsonb(NEW) - 'payload' = to_jsonb(OLD) - 'payload' AND {canceled}
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation';
END $$;
"""
STRICT = """
CREATE OR REPLACE FUNCTION release_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$;
"""


def create(apps, schema_editor) -> None:
    words = {"purged": PURGED, "canceled": CANCELED_LATER, "message": MESSAGE}
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute(POSTGRESQL.format(**words))
        return
    schema_editor.execute("DROP TRIGGER IF EXISTS release_append_only")
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _columns(schema_editor))
    schema_editor.execute(SQLITE.format(same=same, **words))


def _columns(schema_editor) -> list[str]:
    """All but the payload's."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, "releases_release")
    return [column.name for column in found if column.name != "payload"]


def remove(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        append_only.remove(apps, schema_editor)
        append_only.create(apps, schema_editor)
    else:
        schema_editor.execute(STRICT.format(message=MESSAGE))


class Migration(migrations.Migration):
    dependencies = [("releases", "0004_takedowns")]
    operations = [migrations.RunPython(create, remove)]
