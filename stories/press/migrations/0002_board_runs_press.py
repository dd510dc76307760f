"""Ban Tuyên giáo looks after the press clients; what may be done at all is in `permissions`."""

from __future__ import annotations

from django.db import migrations

BOARD = "Ban Tuyên giáo"
RIGHTS = {
    "pressclient": ("add", "change", "view"),
    "presskey": ("add", "delete", "view"),
    "pressdelivery": ("view",),
}


def _permissions(apps):
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for model, actions in RIGHTS.items():
        # Permissions are made after migrating; made here, they are found there.
        kind, _ = content_types.get_or_create(app_label="press", model=model)
        for action in actions:
            permission, _ = permissions.get_or_create(
                content_type=kind,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {model}"},
            )
            yield permission


def grant(apps, schema_editor) -> None:
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=BOARD)
    group.permissions.add(*_permissions(apps))


def revoke(apps, schema_editor) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name=BOARD):
        group.permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0001_initial"),
        ("accounts", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(grant, revoke)]
