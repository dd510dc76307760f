from __future__ import annotations

from django.db import migrations

from stories.press.migrations._rights import granted


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0014_clippings_and_questions"),
        ("accounts", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        granted(
            {
                "pressclipping": ("add", "change", "delete", "view"),
                "pressquestion": ("change", "view"),
            }
        ),
    ]
