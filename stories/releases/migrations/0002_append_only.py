"""The ledger is append-only in the database itself: no code path can rewrite a release.

A later migration that rebuilds the table on SQLite drops its triggers and must run this again (a
test looks).
"""

from __future__ import annotations

from django.db import migrations

MESSAGE = "releases_release is append-only"
SQLITE = f"""
CREATE TRIGGER release_append_only BEFORE UPDATE ON releases_release
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION release_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER release_append_only BEFORE UPDATE OR DELETE ON releases_release
FOR EACH ROW EXECUTE FUNCTION release_append_only();
"""


def create(apps, schema_editor) -> None:
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def remove(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER release_append_only")
    else:
        schema_editor.execute("DROP TRIGGER release_append_only ON releases_release")
        schema_editor.execute("DROP FUNCTION release_append_only()")


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
