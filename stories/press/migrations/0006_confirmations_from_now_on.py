"""What was corrected or withdrawn before this is history: nobody is asked to confirm it."""

from __future__ import annotations

from django.db import migrations

from stories.press.migrations._rights import granted


def begin_at_the_end(apps, schema_editor) -> None:
    heads = apps.get_model("releases", "LedgerHead").objects
    seq = heads.values_list("seq", flat=True).first() or 0
    apps.get_model("press", "ConfirmationOffset").objects.get_or_create(pk=1, defaults={"seq": seq})


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0005_confirmations"),
        ("releases", "0004_takedowns"),
        ("accounts", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(begin_at_the_end, migrations.RunPython.noop),
        granted({"pressconfirmation": ("change", "view")}),
    ]
