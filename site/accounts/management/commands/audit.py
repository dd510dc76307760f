"""The audit trail from the shell: check the chain, hand it out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.audit import services


class Command(BaseCommand):
    help = "Nhật ký: verify kiểm tra chuỗi mã băm, export FILE.jsonl xuất ra tệp."

    def add_arguments(self, parser: CommandParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        tasks.add_parser("verify", help="kiểm tra cả chuỗi; thoát với mã 1 nếu có dòng hỏng")
        export = tasks.add_parser("export", help="xuất mọi dòng, mỗi dòng một JSON")
        export.add_argument("file", type=Path, help="tệp .jsonl chưa có")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["task"] == "verify":
            self._verify()
        else:
            self._export(options["file"])

    def _verify(self) -> None:
        checked = services.verify()
        if checked.broken is not None:
            raise CommandError(
                _("Nhật ký hỏng từ dòng số %(seq)d: %(why)s. %(count)d dòng trước đó còn nguyên.")
                % {"seq": checked.broken, "why": checked.why, "count": checked.count},
                returncode=1,
            )
        self.stdout.write(
            _("Nhật ký nguyên vẹn: %(count)d dòng. Mã cuối: %(sha256)s")
            % {"count": checked.count, "sha256": checked.sha256 or "-"}
        )

    def _export(self, path: Path) -> None:
        try:
            with path.open("x", encoding="utf-8") as out:
                count = services.export(out)
        except OSError as error:
            raise CommandError(
                _("Không ghi được tệp %(path)s: %(error)s")
                % {"path": path, "error": error.strerror}
            ) from error
        self.stdout.write(_("Đã xuất %(count)d dòng ra %(path)s.") % {"count": count, "path": path})
