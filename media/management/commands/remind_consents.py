"""`manage.py remind_consents`: for cron, each morning; a second run tells nothing twice."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from media.people import reminders


class Command(BaseCommand):
    help = "Báo các đơn vị về những người mà sự đồng ý sắp hết hạn."

    def handle(self, *args, **options) -> None:
        told = reminders.remind()
        self.stdout.write(f"Đã báo {told} người.")
