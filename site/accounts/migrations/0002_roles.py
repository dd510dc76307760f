"""The province-wide groups. What they may do on pages and media is set by `sync_units`."""

from __future__ import annotations

from django.db import migrations

GROUPS = ("Ban Tuyên giáo", "Văn phòng")


def create(apps, schema_editor) -> None:
    group_model = apps.get_model("auth", "Group")
    for name in GROUPS:
        group_model.objects.get_or_create(name=name)


def remove(apps, schema_editor) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(create, remove)]
