from __future__ import annotations

from django.db import migrations

from stories.press.migrations._rights import granted


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0012_press_room"),
        ("accounts", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [granted({"pressperson": ("add", "change", "view"), "pressdownload": ("view",)})]
