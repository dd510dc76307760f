"""The fixed pages of the site, in place of Wagtail's welcome page, under the workflow.

Historical models have no tree methods, so paths are written out (as Wagtail's own start does).
"""

from __future__ import annotations

from django.db import migrations

HOME_PATH = "00010001"
HOME = ("HomePage", "Gương sáng Đất Tổ", "trang-chu")
CHILDREN = (
    ("ColumnPage", "Phụ nữ Đất Tổ", "phu-nu-dat-to"),
    ("ExemplarIndexPage", "Điển hình", "dien-hinh"),
    ("ArchivePage", "Kho lưu trữ", "luu-tru"),
    ("UnitIndexPage", "Các đơn vị", "don-vi"),
)


def create(apps, schema_editor) -> None:
    page_model = apps.get_model("wagtailcore", "Page")
    site_model = apps.get_model("wagtailcore", "Site")
    locale = apps.get_model("wagtailcore", "Locale").objects.first()
    site_model.objects.all().delete()
    page_model.objects.filter(path__startswith=HOME_PATH).delete()

    def add(model, title, slug, path, url_path, children):
        kind, _new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="pages", model=model.lower()
        )
        return apps.get_model("pages", model).objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=kind,
            path=path,
            depth=len(path) // 4,
            numchild=children,
            url_path=url_path,
            locale=locale,
            live=True,
        )

    home = add(*HOME, HOME_PATH, f"/{HOME[2]}/", len(CHILDREN))
    page_model.objects.filter(path="0001").update(numchild=1)
    for number, (model, title, slug) in enumerate(CHILDREN, start=1):
        page = add(model, title, slug, f"{HOME_PATH}{number:04d}", f"/{HOME[2]}/{slug}/", 0)
    site_model.objects.create(
        hostname="localhost",
        site_name="Gương sáng Đất Tổ",
        root_page_id=home.pk,
        is_default_site=True,
    )
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(
        page_id=page.pk,
        workflow=apps.get_model("wagtailcore", "Workflow").objects.get(name="Duyệt bài"),
    )


def remove(apps, schema_editor) -> None:
    """Back to an empty tree: the root alone, no site."""
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    page_model = apps.get_model("wagtailcore", "Page")
    page_model.objects.filter(path__startswith=HOME_PATH).delete()
    page_model.objects.filter(path="0001").update(numchild=0)


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_terms"), ("moderation", "0002_workflow")]
    operations = [migrations.RunPython(create, remove)]
