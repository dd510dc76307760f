"""Emergency releases: two people, a reason, one text; and their own route of an approval."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def person(label: str, name: str, **options) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
        to=settings.AUTH_USER_MODEL,
        verbose_name=label,
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0004_claims_deputies_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.AlterField(
            model_name="approval",
            name="route",
            field=models.CharField(
                choices=[
                    ("workflow", "Quy trình duyệt"),
                    ("import", "Nhập kho bài cũ"),
                    ("emergency", "Đăng khẩn cấp"),
                ],
                max_length=10,
                verbose_name="đường duyệt",
            ),
        ),
        migrations.CreateModel(
            name="EmergencyRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.UUIDField(db_index=True, verbose_name="bài")),
                ("title", models.CharField(max_length=255, verbose_name="tít")),
                ("revision_id", models.BigIntegerField(verbose_name="phiên bản")),
                ("sha256", models.CharField(max_length=64, verbose_name="mã băm nội dung")),
                ("reason", models.CharField(max_length=500, verbose_name="vì sao khẩn cấp")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="đề nghị lúc")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Chờ người thứ hai xác nhận"),
                            ("released", "Đã đăng, chờ xem lại"),
                            ("reviewed", "Đã xem lại"),
                            ("refused", "Không đăng khẩn cấp"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="tình trạng",
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True, verbose_name="xác nhận lúc")),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="xem lại lúc")),
                (
                    "review_note",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="nhận xét khi xem lại"
                    ),
                ),
                ("answered_by", person("người xác nhận", "emergencies_answered", null=True)),
                (
                    "approval",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="moderation.approval",
                        verbose_name="phê duyệt",
                    ),
                ),
                ("asked_by", person("người đề nghị", "emergencies_asked")),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="trang",
                    ),
                ),
                ("reviewed_by", person("người xem lại", "emergencies_reviewed", null=True)),
            ],
            options={
                "verbose_name": "lần đăng khẩn cấp",
                "verbose_name_plural": "đăng khẩn cấp",
                "ordering": ["-asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")),
                        fields=("item",),
                        name="emergency_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["asked", "refused"]),
                            ("approval__isnull", False),
                            _connector="OR",
                        ),
                        name="emergency_released_by_approval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["released", "reviewed"]), _negated=True),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="emergency_two_people",
                    ),
                ],
            },
        ),
    ]
