"""The type of a withdrawal. Releases of before keep an empty one: the ledger isn't rewritten.

On SQLite a new column rebuilds the table, which takes the trigger with it: it is made again here.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models

append_only = import_module("stories.releases.migrations.0002_append_only")


class Migration(migrations.Migration):
    dependencies = [("releases", "0002_append_only")]
    operations = [
        migrations.RunPython(append_only.remove, append_only.create),
        migrations.AddField(
            model_name="release",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("error", "Sai sót (thu hồi)"),
                    ("consent", "Rút lại sự đồng ý"),
                    ("suspension", "Tạm gỡ để xem xét"),
                    ("end", "Kết thúc đăng"),
                ],
                default="",
                help_text="Chỉ có khi thu hồi hoặc tạm gỡ.",
                max_length=12,
                verbose_name="loại thu hồi",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(append_only.create, append_only.remove),
    ]
