"""Review links for people without an account, with their visits; and their route of an approval."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0005_emergency"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                    ("link", "Qua liên kết đọc duyệt"),
                ],
                max_length=10,
                verbose_name="đường duyệt",
            ),
        ),
        migrations.CreateModel(
            name="ReviewLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.UUIDField(db_index=True, verbose_name="bài")),
                ("sha256", models.CharField(max_length=64, verbose_name="mã băm nội dung")),
                ("name", models.CharField(max_length=120, verbose_name="họ và tên")),
                ("post", models.CharField(max_length=160, verbose_name="chức vụ, đơn vị")),
                ("email", models.EmailField(max_length=254, verbose_name="thư điện tử")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="mời lúc"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="hết hạn lúc")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="thu hồi lúc")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="trả lời lúc")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "Đồng ý duyệt"), ("returned", "Trả lại")],
                        max_length=10,
                        verbose_name="trả lời",
                    ),
                ),
                ("comment", models.TextField(blank=True, verbose_name="lời nhắn")),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_links",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người mời",
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="links",
                        to="moderation.reviewstate",
                        verbose_name="lượt duyệt",
                    ),
                ),
            ],
            options={
                "verbose_name": "liên kết đọc duyệt",
                "verbose_name_plural": "liên kết đọc duyệt",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewLinkVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="lúc")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="địa chỉ mạng")),
                ("agent", models.CharField(blank=True, max_length=160, verbose_name="trình duyệt")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("opened", "Mở đọc"),
                            ("approved", "Đồng ý duyệt"),
                            ("returned", "Trả lại"),
                            ("refused", "Không dùng được"),
                        ],
                        max_length=10,
                        verbose_name="việc",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="moderation.reviewlink",
                        verbose_name="liên kết",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt dùng liên kết",
                "verbose_name_plural": "lượt dùng liên kết",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="reviewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                name="review_link_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(
                        ("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="review_link_answer",
            ),
        ),
    ]
