"""Remove the content of what was withdrawn for good, after its time. For cron, each night."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.releases.advance import purging
from stories.releases.takedown.purge import Report, purge_due

NAMES = {
    "pages": gettext_lazy("trang"),
    "revisions": gettext_lazy("bản nháp"),
    "pictures": gettext_lazy("ảnh gốc"),
    "payloads": gettext_lazy("bản trong sổ phát hành"),
    "sketches": gettext_lazy("phác họa"),
}


class Command(BaseCommand):
    help = "Xóa nội dung đã thu hồi hẳn (rút đồng ý, sai sót) sau số ngày đã định."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=settings.PURGE_AFTER_DAYS)
        parser.add_argument("--dry-run", action="store_true", help="Chỉ nói sẽ xóa gì.")

    def handle(self, *args, **options) -> None:
        if options["days"] < 0:
            raise CommandError(_("Số ngày không được âm."))
        failed = 0
        for report in purge_due(days=options["days"], dry_run=options["dry_run"]):
            failed += self.tell(report, dry_run=options["dry_run"])
        before = timezone.now() - timedelta(days=options["days"])
        if early := purging.forget_old(before, dry_run=options["dry_run"]):
            done = _("sẽ xóa") if options["dry_run"] else _("đã xóa")
            said = _("%(done)s nội dung của %(n)d lần gửi trước giờ công bố")
            self.stdout.write(said % {"done": done, "n": early})
        if failed:
            raise CommandError(_("%(n)d mục chưa xóa được, lần sau sẽ làm lại.") % {"n": failed})

    def tell(self, report: Report, *, dry_run: bool) -> bool:
        """Say what became of the item; whether it failed."""
        name = f"{report.item.type} {report.item.pk}"
        if report.why:
            self.stderr.write(f"{name}: {report.why}")
            return True
        said = ", ".join(f"{n} {NAMES[key]}" for key, n in report.counts.items() if n)
        done = _("sẽ xóa") if dry_run else _("đã xóa")
        self.stdout.write(f"{name}: {done} {said or _('không còn gì')}")
        return False
