"""Ban Tuyên giáo sees what is sent before its time."""

from __future__ import annotations

from django.db import migrations

from stories.press.migrations import _rights


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0016_embargo"),
        ("accounts", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [_rights.granted({"advance": ("view",)}, app="releases")]
