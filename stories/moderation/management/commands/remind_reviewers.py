"""`manage.py remind_reviewers`: for cron, each morning; a second run tells nothing twice."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from stories.moderation import reminders


class Command(BaseCommand):
    help = "Nhắc người duyệt về những bài quá hạn, mỗi người nhiều nhất một lần một ngày."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"Đã nhắc {reminders.remind()} người.")
