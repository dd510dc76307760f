"""The embargo right of press clients; what they are told of what was sent before its time."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0015_board_runs_clippings"),
        ("releases", "0009_advances"),
    ]

    operations = [
        migrations.AddField(
            model_name="confirmationoffset",
            name="early",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="pressclient",
            name="embargo",
            field=models.BooleanField(
                default=False,
                help_text="Cơ quan nhận sớm bài đã duyệt, có ghi “cấm sử dụng trước giờ”. Chỉ Ban Tuyên giáo đặt được; chỉ chọn khi cơ quan đã cam kết giữ giờ.",
                verbose_name="nhận bài trước giờ công bố",
            ),
        ),
        migrations.AddField(
            model_name="pressconfirmation",
            name="advance",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="releases.advance",
                verbose_name="lần gửi trước",
            ),
        ),
        migrations.AddField(
            model_name="presshook",
            name="early",
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="presshookevent",
            name="advance",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="releases.advance",
                verbose_name="lần gửi trước",
            ),
        ),
        migrations.AlterField(
            model_name="pressconfirmation",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="releases.item",
                verbose_name="bài, ảnh",
            ),
        ),
        migrations.AlterField(
            model_name="pressconfirmation",
            name="release",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="releases.release",
                verbose_name="lần phát hành",
            ),
        ),
        migrations.AlterField(
            model_name="pressdelivery",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="releases.item",
                verbose_name="bài, ảnh",
            ),
        ),
        migrations.AlterField(
            model_name="presskit",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="releases.item",
                verbose_name="bài",
            ),
        ),
        migrations.AddConstraint(
            model_name="pressconfirmation",
            constraint=models.UniqueConstraint(
                fields=("client", "advance"), name="press_confirmation_early_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="pressconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("advance__isnull", False), ("release", None)),
                    models.Q(("advance", None), ("release__isnull", False)),
                    _connector="OR",
                ),
                name="press_confirmation_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="presshookevent",
            constraint=models.UniqueConstraint(
                fields=("hook", "advance"), name="press_hook_event_early_once"
            ),
        ),
    ]
