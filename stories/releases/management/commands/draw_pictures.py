"""Draw the AVIF of new pictures before they are released. For cron, every five minutes."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from stories.releases import drawing


class Command(BaseCommand):
    help = "Làm trước bản AVIF của các ảnh mới, để khi đăng bài không ai phải chờ."

    def handle(self, *args, **options) -> None:
        for picture, error in drawing.ahead():
            self.stderr.write(f"{picture}: {error}")
