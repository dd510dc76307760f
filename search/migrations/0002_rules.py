"""The abbreviations that an installation starts with, and who may change them."""

from __future__ import annotations

from django.db import migrations

from search.text import tokenise
from search.understanding.thesaurus import ABBREVIATIONS

BOARD = "Ban Tuyên giáo"
MODELS = ("synonym", "promotion")


def add_abbreviations(apps, schema_editor) -> None:
    synonyms = apps.get_model("search", "Synonym").objects
    for short, long in ABBREVIATIONS.items():
        rule = f"{' '.join(tokenise(short))}={' '.join(tokenise(long))}"
        synonyms.get_or_create(rule=rule, defaults={"term": short, "meaning": long})


def _permissions(apps):
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for model in MODELS:
        # Permissions are made after migrating; made here, they are found there.
        kind, _ = content_types.get_or_create(app_label="search", model=model)
        for action in ("add", "change", "delete", "view"):
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
        ("search", "0001_initial"),
        ("accounts", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(add_abbreviations, migrations.RunPython.noop),
        migrations.RunPython(grant, revoke),
    ]
