"""The ledger stays append-only, but for the content that a purge removes.

Allowed is an update of `payload` and `note` alone: `note` to nothing or as it was, and `payload`

- of an earlier release to the one notice, when a later one of the item cancels it, or withholds it
  because someone took back her yes; or when it tells of another item that was canceled for such a
  reason, and isn't the item's newest;
- of a cancelation to itself without its address and reason.

The newest release of a public item never changes. A later migration that rebuilds the table on
SQLite drops its trigger and must run this again.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

before = import_module("stories.releases.migrations.0005_purge")
MESSAGE, PURGED = before.MESSAGE, before.PURGED
WITHOUT_REASON = "Đề nghị gỡ khỏi mọi nơi đã đăng."
NOT_THE_NEWEST = (
    "EXISTS (SELECT 1 FROM releases_release AS newer"
    " WHERE newer.item_id = OLD.item_id AND newer.seq > OLD.seq)"
)
TAKEN_BACK = (
    "EXISTS (SELECT 1 FROM releases_release AS later WHERE later.item_id = OLD.item_id"
    " AND later.seq > OLD.seq AND (later.kind = 'canceled' OR later.reason = 'consent'))"
)
TELLS_OF_ONE = (
    "EXISTS (SELECT 1 FROM releases_release AS gone WHERE gone.kind = 'canceled'"
    " AND gone.reason IN ('consent', 'error') AND {told})"
)
SQLITE = """
CREATE TRIGGER release_append_only BEFORE UPDATE ON releases_release
WHEN NOT (
  {same} AND (NEW.note = '' OR NEW.note IS OLD.note) AND (
    (NEW.payload = '{purged}' AND ({taken_back} OR ({not_the_newest} AND {tells_of_one})))
    OR (OLD.kind = 'canceled' AND NEW.payload = json_set(OLD.payload,
      '$.href', '/id/' || json_extract(OLD.payload, '$.uuid') || '/',
      '$.note', '', '$.lead', '{without_reason}', '$.text', '{without_reason}'))
  )
)
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION release_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND to_jsonb(NEW) - 'payload' - 'note' = to_jsonb(OLD) - 'payload' - 'note'
    AND (NEW.note = '' OR NEW.note = OLD.note) AND (
      (NEW.payload = '{purged}' AND ({taken_back} OR ({not_the_newest} AND {tells_of_one})))
      OR (OLD.kind = 'canceled' AND NEW.payload::jsonb = OLD.payload::jsonb || jsonb_build_object(
        'href', '/id/' || (OLD.payload::jsonb ->> 'uuid') || '/',
        'note', '', 'lead', '{without_reason}', 'text', '{without_reason}'))
    )
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation';
END $$;
"""
TOLD = {
    "sqlite": "instr(OLD.payload, json_extract(gone.payload, '$.uuid')) > 0",
    "postgresql": "position(gone.item_id::text IN OLD.payload) > 0",
}


def create(apps, schema_editor) -> None:
    vendor = schema_editor.connection.vendor
    words = {
        "purged": PURGED,
        "without_reason": WITHOUT_REASON,
        "message": MESSAGE,
        "taken_back": TAKEN_BACK,
        "not_the_newest": NOT_THE_NEWEST,
        "tells_of_one": TELLS_OF_ONE.format(told=TOLD[vendor]),
    }
    if vendor != "sqlite":
        schema_editor.execute(POSTGRESQL.format(**words))
        return
    schema_editor.execute("DROP TRIGGER IF EXISTS release_append_only")
    columns = [name for name in before._columns(schema_editor) if name != "note"]
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in columns)
    schema_editor.execute(SQLITE.format(same=same, **words))


def remove(apps, schema_editor) -> None:
    before.create(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("releases", "0006_after_the_fact")]
    operations = [migrations.RunPython(create, remove)]
