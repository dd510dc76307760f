"""The one workflow: review by the unit, then approval by Ban Tuyên giáo."""

from __future__ import annotations

from django.db import migrations

NAME = "Duyệt bài"
STEPS = (("UnitReviewTask", "Đơn vị duyệt"), ("BoardApprovalTask", "Ban Tuyên giáo phê duyệt"))


def create(apps, schema_editor) -> None:
    content_type = apps.get_model("contenttypes", "ContentType")
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=NAME, active=True)
    for order, (model, name) in enumerate(STEPS):
        kind, _new = content_type.objects.get_or_create(app_label="moderation", model=model.lower())
        task = apps.get_model("moderation", model).objects.create(
            name=name, active=True, content_type=kind
        )
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=order
        )
    # Wagtail's own sample: a workflow, a step and two groups that have no place here.
    sample = {"name": "Moderators approval"}
    apps.get_model("wagtailcore", "Workflow").objects.filter(**sample).delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(**sample).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(**sample).delete()
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()


def remove(apps, schema_editor) -> None:
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=NAME).delete()
    for model, name in STEPS:
        apps.get_model("moderation", model).objects.filter(name=name).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]
    operations = [migrations.RunPython(create, remove)]
