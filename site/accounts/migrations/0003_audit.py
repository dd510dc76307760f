"""The audit trail, append-only in the database itself (as the release ledger).

A later migration that rebuilds the table on SQLite drops its trigger and must make it again (a test
looks).
"""

from __future__ import annotations

from django.db import migrations, models

MESSAGE = "accounts_auditentry is append-only"
SQLITE = f"""
CREATE TRIGGER audit_append_only BEFORE UPDATE ON accounts_auditentry
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
FOR EACH ROW EXECUTE FUNCTION audit_append_only();
"""


def create(apps, schema_editor) -> None:
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def remove(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_append_only")
    else:
        schema_editor.execute("DROP TRIGGER audit_append_only ON accounts_auditentry")
        schema_editor.execute("DROP FUNCTION audit_append_only()")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "seq",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="số thứ tự"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="lúc")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="mã tài khoản")),
                (
                    "actor",
                    models.CharField(
                        blank=True, db_index=True, max_length=150, verbose_name="người làm"
                    ),
                ),
                ("action", models.CharField(db_index=True, max_length=30, verbose_name="việc")),
                ("target", models.CharField(max_length=300, verbose_name="đối tượng")),
                ("data", models.TextField(verbose_name="chi tiết")),
                (
                    "previous",
                    models.CharField(blank=True, max_length=64, verbose_name="mã băm dòng trước"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="mã băm")),
            ],
            options={
                "verbose_name": "dòng nhật ký",
                "verbose_name_plural": "nhật ký",
                "ordering": ["seq"],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.BigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.RunPython(create, remove),
    ]
