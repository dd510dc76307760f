"""Notices, and how each person wants their mails; what was switched off in Wagtail's profile stays off."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# The topic that takes the place of each of Wagtail's four switches.
SWITCHES = {
    "submitted_notifications": "review",
    "rejected_notifications": "returned",
    "approved_notifications": "published",
    "updated_comments_notifications": "comment",
}


def keep_what_was_off(apps, schema_editor) -> None:
    profiles = apps.get_model("wagtailusers", "UserProfile").objects
    preferences = apps.get_model("accounts", "NoticePreference").objects
    preferences.bulk_create(
        preferences.model(user_id=user, topic=topic, mode="none")
        for switch, topic in SWITCHES.items()
        for user in profiles.filter(**{switch: False}).values_list("user", flat=True)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_audit"),
        ("wagtailusers", "0010_userprofile_updated_comments_notifications"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("review_wanted", "Bài chờ duyệt"),
                            ("reminder", "Nhắc bài quá hạn"),
                            ("escalation", "Bài quá hạn, báo cấp trên"),
                            ("returned", "Bài được trả lại"),
                            ("published", "Bài được đăng"),
                            ("comment", "Góp ý"),
                            ("bundle", "Chùm bài"),
                            ("emergency", "Đăng khẩn cấp"),
                            ("deputy", "Ủy quyền"),
                            ("takedown", "Gỡ bài"),
                        ],
                        max_length=15,
                        verbose_name="loại",
                    ),
                ),
                ("subject", models.CharField(max_length=300, verbose_name="tiêu đề")),
                ("text", models.TextField(verbose_name="nội dung")),
                ("link", models.CharField(blank=True, max_length=300, verbose_name="đường dẫn")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="lúc"),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="đọc lúc")),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("pending", "chờ gửi"),
                            ("sent", "đã gửi"),
                            ("skipped", "không gửi thư"),
                            ("failed", "không gửi được"),
                        ],
                        default="pending",
                        max_length=8,
                        verbose_name="thư",
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="số lần gửi"),
                ),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=300, verbose_name="lỗi lần gửi trước"),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="gửi từ lúc"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nhận",
                    ),
                ),
            ],
            options={
                "verbose_name": "thông báo",
                "verbose_name_plural": "thông báo",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["user", "-created_at", "-id"], name="notice_of_user"),
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["user"], name="notice_unread"
                    ),
                    models.Index(
                        condition=models.Q(("mail", "pending")),
                        fields=["due_at"],
                        name="notice_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticePreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("review", "Bài chờ tôi duyệt, nhắc bài quá hạn"),
                            ("returned", "Bài được trả lại để sửa"),
                            ("published", "Bài được duyệt và đăng"),
                            ("comment", "Góp ý về bài"),
                            ("duty", "Đăng khẩn cấp, chùm bài, ủy quyền duyệt"),
                        ],
                        max_length=12,
                        verbose_name="việc",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("at_once", "Gửi ngay từng thư"),
                            ("digest", "Gộp vào một thư mỗi sáng"),
                            ("none", "Không gửi thư"),
                        ],
                        max_length=8,
                        verbose_name="cách gửi",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_preferences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nhận",
                    ),
                ),
            ],
            options={
                "verbose_name": "cách nhận thư",
                "verbose_name_plural": "cách nhận thư",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "topic"), name="notice_preference_one")
                ],
            },
        ),
        migrations.RunPython(keep_what_was_off, migrations.RunPython.noop),
    ]
