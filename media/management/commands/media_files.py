"""Files and rows of pictures and documents against each other; what pictures tell of themselves."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from media import upkeep
from media.resumable import services as resumable
from media.stores.base import WORDS, StorageDown


class Command(BaseCommand):
    help = (
        "check: files without rows and rows without files; clean: remove the former; "
        "learn: look at older pictures again"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["check", "clean", "learn"])

    def handle(self, *args, what: str, **options) -> None:
        try:
            getattr(self, what)()
        except StorageDown as error:
            raise CommandError(f"{WORDS} ({error})") from error

    def check(self) -> None:
        """Exit 1 when a row lacks its file, or others see the files."""
        orphans, missing = upkeep.orphans(), upkeep.missing()
        for name in orphans:
            self.stdout.write(_("Tệp không có trong sổ: %(name)s") % {"name": name})
        for name in missing:
            self.stdout.write(_("Mất tệp: %(name)s") % {"name": name})
        exposed = upkeep.exposures()
        for words in exposed:
            self.stdout.write(words)
        if missing or exposed:
            raise SystemExit(1)
        self.stdout.write(_("Đủ tệp."))

    def clean(self) -> None:
        removed = upkeep.remove_orphans()
        self.stdout.write(_("Đã xóa %(count)d tệp không có trong sổ.") % {"count": len(removed)})
        ended = resumable.clean_all()
        self.stdout.write(_("Đã bỏ %(count)d ảnh gửi dở quá hạn.") % {"count": ended})

    def learn(self) -> None:
        done, failed = upkeep.learn()
        for name, why in failed:
            self.stdout.write(f"{name}: {why}")
        self.stdout.write(_("Đã xem lại %(count)d ảnh.") % {"count": done})
        bare = upkeep.strip_renditions()
        self.stdout.write(_("Đã bỏ thông tin riêng khỏi %(count)d bản ảnh cũ.") % {"count": bare})
