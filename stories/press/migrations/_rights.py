"""For migrations: what Ban Tuyên giáo may do with new models of this room."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import migrations

BOARD = "Ban Tuyên giáo"


def granted(rights: Mapping[str, tuple[str, ...]], app: str = "press") -> migrations.RunPython:
    """The operation that gives these (model → actions) and, undone, takes them away."""

    def found(apps) -> list:
        content_types = apps.get_model("contenttypes", "ContentType").objects
        permissions = apps.get_model("auth", "Permission").objects
        made = []
        for model, actions in rights.items():
            # Permissions are made after migrating; made here, they are found there.
            kind, _ = content_types.get_or_create(app_label=app, model=model)
            for action in actions:
                name = {"name": f"Can {action} {model}"}
                codename = f"{action}_{model}"
                permission, _ = permissions.get_or_create(
                    content_type=kind, codename=codename, defaults=name
                )
                made.append(permission)
        return made

    def grant(apps, schema_editor) -> None:
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=BOARD)
        group.permissions.add(*found(apps))

    def revoke(apps, schema_editor) -> None:
        for group in apps.get_model("auth", "Group").objects.filter(name=BOARD):
            group.permissions.remove(*found(apps))

    return migrations.RunPython(grant, revoke)
