"""Webhooks that are due; for cron each minute, or --forever as a service."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils.translation import gettext as _

from stories.press import rounds

PAUSE = 5  # seconds between two rounds of --forever


class Command(BaseCommand):
    help = "Gọi webhook của các cơ quan báo chí: một lượt, hoặc --forever chạy liên tục."
    parts: tuple[str, ...] = ("webhooks",)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forever", action="store_true", help="chạy liên tục")

    def handle(self, *args: object, **options: object) -> None:
        broken = self._round()
        while options["forever"]:
            time.sleep(PAUSE)
            close_old_connections()
            self._round()
        if broken:
            raise CommandError(_("Phần bị hỏng: %(parts)s.") % {"parts": ", ".join(broken)})

    def _round(self) -> list[str]:
        """What broke is in the log too; a service goes on."""
        done = rounds.run(*self.parts)
        if done.sent or done.failed:
            counts = {"sent": done.sent, "failed": done.failed}
            self.stdout.write(_("Đã báo %(sent)d, chưa được %(failed)d.") % counts)
        return done.broken
