"""`manage.py remind_consents`: for cron, each morning; a second run sends nothing twice."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from media.people import reminders


class Command(BaseCommand):
    help = "Gửi thư báo các đơn vị về những người mà sự đồng ý sắp hết hạn."

    def handle(self, *args, **options) -> None:
        sent, failed = reminders.remind()
        self.stdout.write(f"Đã gửi {sent} thư.")
        if failed:
            raise CommandError(f"{failed} thư không gửi được.")
