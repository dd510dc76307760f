"""The vocabulary of the provincial plan (movement 2017-2021, its contents, groups, campaigns)."""

from __future__ import annotations

from django.db import migrations

MOVEMENT = (
    "phu-nu-tich-cuc-hoc-tap",
    "Phụ nữ tích cực học tập, lao động sáng tạo, xây dựng gia đình hạnh phúc",
)
CONTENTS = (
    ("hoc-tap", "Tích cực học tập"),
    ("lao-dong-sang-tao", "Lao động sáng tạo"),
    ("gia-dinh-hanh-phuc", "Xây dựng gia đình hạnh phúc"),
)
GROUPS = (
    ("lanh-dao-quan-ly", "Nữ lãnh đạo quản lý"),
    ("can-bo-hoi", "Cán bộ Hội các cấp"),
    ("hoi-vien-phu-nu", "Hội viên, phụ nữ"),
    ("cong-chuc-vien-chuc-lao-dong", "Nữ công chức, viên chức và người lao động"),
    ("nong-dan", "Nữ nông dân"),
    ("doanh-nhan-tieu-thuong", "Nữ doanh nhân, tiểu thương"),
)
CAMPAIGNS = (
    ("5-khong-3-sach", "Xây dựng gia đình 5 không, 3 sạch"),
    ("pham-chat-dao-duc", "Rèn luyện phẩm chất đạo đức Tự trọng, Tự tin, Trung hậu, Đảm đang"),
    ("chi-thi-05", "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh (Chỉ thị 05)"),
)


def create(apps, schema_editor) -> None:
    code, name = MOVEMENT
    movement = apps.get_model("pages", "Movement").objects.create(
        code=code, name=name, starts=2017, ends=2021
    )
    for model, terms, more in (
        ("Content", CONTENTS, {"movement": movement}),
        ("TargetGroup", GROUPS, {}),
        ("Campaign", CAMPAIGNS, {}),
    ):
        apps.get_model("pages", model).objects.bulk_create(
            apps.get_model("pages", model)(code=code, name=name, sort_order=order, **more)
            for order, (code, name) in enumerate(terms)
        )


def remove(apps, schema_editor) -> None:
    for model in ("Content", "TargetGroup", "Campaign", "Movement"):
        apps.get_model("pages", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_initial")]
    operations = [migrations.RunPython(create, remove)]
