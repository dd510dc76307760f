from __future__ import annotations

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import demo
from stories.website.demo import people, seed


class Command(BaseCommand):
    help = "Tạo tài khoản và nội dung dùng thử (chỉ khi DEBUG bật; chạy lại không tạo thêm)."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--limit",
            type=int,
            metavar="N",
            help="mỗi trạng thái nhiều nhất N bài và N điển hình",
        )

    def handle(self, *args, limit: int | None, **options) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "Xin lỗi, nội dung dùng thử chỉ tạo được khi DEBUG bật. Máy này đang chạy thật, "
                "nên lệnh dừng ở đây và không thay đổi gì."
            )
        start = time.monotonic()
        made = seed.run(progress=self.stdout.write, limit=limit)
        newsrooms = demo.add()
        if not made:
            self.stdout.write("Nội dung dùng thử đã có sẵn, không tạo thêm gì.")
            return
        self.stdout.write(
            self.style.SUCCESS(
                f"Đã tạo {made} bài và điển hình trong {time.monotonic() - start:.0f} giây. "
                f"Đăng nhập bằng: {', '.join(people.CAST)}; ở phòng báo chí: "
                f"{', '.join(newsrooms)}; mật khẩu {people.PASSWORD}."
            )
        )
