"""`manage.py sync_units`: load the unit tree; keep sections, collections and groups in step."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from stories.pages.services import sections
from stories.units.models import Unit
from stories.units.services import load_units


class Command(BaseCommand):
    help = "Nạp cây đơn vị và tạo mục, kho ảnh, nhóm cho từng đơn vị viết bài. Chạy lại được."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--rights", action="store_true", help="không nạp lại cây, chỉ cập nhật mục và quyền"
        )

    def handle(self, *args, **options) -> None:
        if not options["rights"]:
            created, updated = load_units()
            self.stdout.write(
                f"Đơn vị: thêm {created}, cập nhật {updated}, tổng {Unit.objects.count()}."
            )
        changed = sections.sync(
            progress=lambda text: self.stdout.write(f"  mục của đơn vị: {text}")
        )
        self.stdout.write(self.style.SUCCESS(f"Xong. Đơn vị có thay đổi: {changed}."))
