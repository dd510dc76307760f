"""`manage.py send_notices`: for cron, every five minutes; with `--digest`, each morning."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from accounts.notices import delivery


class Command(BaseCommand):
    help = "Gửi những thư báo còn chờ; với --digest, gửi thư tổng hợp buổi sáng."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--digest", action="store_true", help="gửi mỗi người một thư về những thông báo mới"
        )

    def handle(self, *args, digest: bool = False, **options) -> None:
        if digest:
            delivery.forget_old()
        run = delivery.send_digests() if digest else delivery.send_due()
        self.stdout.write(f"Đã gửi {run.sent} thư.")
        if run.failed:
            raise CommandError(f"{run.failed} thư chưa gửi được; thư nào gửi lại được sẽ gửi lại.")
