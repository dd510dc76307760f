"""`manage.py remind_reviewers`: for cron, each morning; a second run sends nothing twice."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from stories.moderation import reminders


class Command(BaseCommand):
    help = "Gửi thư nhắc người duyệt về những bài quá hạn, mỗi người nhiều nhất một thư một ngày."

    def handle(self, *args, **options) -> None:
        sent, failed = reminders.remind()
        self.stdout.write(f"Đã gửi {sent} thư nhắc.")
        if failed:
            raise CommandError(f"{failed} thư không gửi được; lần chạy sau sẽ gửi lại.")
