"""What is sent to the press before its time, append-only in the database itself.

Allowed is an update of `payload` and `note` alone, to the one notice of a purge and to nothing, of a
row that another followed, or whose item came into the ledger. A later migration that rebuilds the
table on SQLite drops its trigger and must run this again (a test looks).
"""

from __future__ import annotations

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

before = import_module("stories.releases.migrations.0005_purge")
TABLE, MESSAGE = "releases_advance", "releases_advance is append-only"
SUPERSEDED = (
    "(EXISTS (SELECT 1 FROM releases_advance AS later WHERE later.item = OLD.item"
    " AND later.seq > OLD.seq)"
    " OR EXISTS (SELECT 1 FROM releases_item AS public WHERE public.uuid = OLD.item))"
)
SQLITE = """
CREATE TRIGGER advance_append_only BEFORE UPDATE ON releases_advance
WHEN NOT (NEW.payload = '{purged}' AND NEW.note = '' AND {same} AND {superseded})
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL = """
CREATE FUNCTION advance_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.payload = '{purged}' AND NEW.note = ''
    AND to_jsonb(NEW) - 'payload' - 'note' = to_jsonb(OLD) - 'payload' - 'note' AND {superseded}
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER advance_append_only BEFORE UPDATE OR DELETE ON releases_advance
FOR EACH ROW EXECUTE FUNCTION advance_append_only();
"""


def create(apps, schema_editor) -> None:
    words = {"purged": before.PURGED, "superseded": SUPERSEDED, "message": MESSAGE}
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute(POSTGRESQL.format(**words))
        return
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, TABLE)
    kept = [column.name for column in found if column.name not in ("payload", "note")]
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in kept)
    schema_editor.execute(SQLITE.format(same=same, **words))


def remove(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER advance_append_only")
    else:
        schema_editor.execute("DROP TRIGGER advance_append_only ON releases_advance")
        schema_editor.execute("DROP FUNCTION advance_append_only()")


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0007_bundles"),
        ("releases", "0008_said_in_doubt"),
    ]

    operations = [
        migrations.CreateModel(
            name="Advance",
            fields=[
                (
                    "seq",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="số thứ tự"
                    ),
                ),
                ("item", models.UUIDField(db_index=True, verbose_name="bài, ảnh")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("story", "Bài viết"),
                            ("exemplar", "Điển hình"),
                            ("picture", "Ảnh"),
                        ],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="phiên bản")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("usable", "Đăng"),
                            ("correction", "Đính chính"),
                            ("withheld", "Tạm gỡ"),
                            ("canceled", "Thu hồi"),
                        ],
                        max_length=12,
                        verbose_name="hình thức",
                    ),
                ),
                ("released_at", models.DateTimeField(verbose_name="gửi lúc")),
                ("embargoed_until", models.DateTimeField(verbose_name="giờ công bố")),
                ("payload", models.TextField(verbose_name="nội dung")),
                (
                    "sha256",
                    models.CharField(max_length=64, verbose_name="mã băm nội dung đã duyệt"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("error", "Sai sót (thu hồi)"),
                            ("consent", "Rút lại sự đồng ý"),
                            ("suspension", "Tạm gỡ để xem xét"),
                            ("end", "Kết thúc đăng"),
                        ],
                        max_length=12,
                        verbose_name="loại thu hồi",
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="moderation.approval",
                        verbose_name="phê duyệt",
                    ),
                ),
                (
                    "takedown",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advances",
                        to="releases.takedown",
                        verbose_name="lần thu hồi",
                    ),
                ),
            ],
            options={
                "verbose_name": "bài gửi trước",
                "verbose_name_plural": "bài gửi trước",
                "ordering": ["seq"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "version"), name="advance_item_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["withheld", "canceled"]),
                            ("approval__isnull", False),
                            _connector="OR",
                        ),
                        name="advance_usable_has_approval",
                    ),
                ],
            },
        ),
        migrations.RunPython(create, remove),
    ]
