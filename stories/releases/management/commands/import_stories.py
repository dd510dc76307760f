"""`manage.py import_stories FILE.jsonl --approved-by USER [--dry-run] [--report FILE.csv]`."""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from accounts.models import User
from stories.releases.importing.run import BadLine, Summary, run

EVERY = 500  # lines between two words of progress
GZIP = b"\x1f\x8b"


class Command(BaseCommand):
    help = (
        "Nhập kho bài cũ, mỗi dòng một bài JSON: id, title, body bắt buộc; lead, unit, date, "
        "byline, tags, group, contents, kind tùy có. Dòng hỏng được báo lại, dòng tốt vẫn được "
        "nhận; chạy lại không nhân đôi. Kết thúc bằng mã 1 khi có dòng hỏng."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="tệp .jsonl, .jsonl.gz, hoặc - (đầu vào)")
        parser.add_argument(
            "--approved-by",
            required=True,
            metavar="USER",
            help="tên đăng nhập của người thuộc Ban Tuyên giáo phê duyệt cả tệp",
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
        parser.add_argument(
            "--report", metavar="FILE.csv", help="ghi thêm các dòng hỏng ra tệp CSV"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.printed = 0
        summary = Summary()
        try:
            with (
                open_source(options["file"]) as source,
                open_report(options["report"]) as report,
                little_memory(),
            ):
                run(
                    source,
                    user=self.approver(options["approved_by"]),
                    dry_run=options["dry_run"],
                    on_bad=lambda bad: self.tell(bad, report),
                    on_chunk=self.progress,
                    summary=summary,
                )
        except OSError as error:
            raise CommandError(f"Không đọc, ghi được tệp: {error}", returncode=2) from None
        except PermissionDenied as error:
            raise CommandError(str(error), returncode=2) from None
        except DatabaseError as error:
            self.summarise(summary, dry_run=options["dry_run"])
            raise CommandError(
                f"Cơ sở dữ liệu dừng giữa chừng ({error}); chạy lại để nhập tiếp.", returncode=3
            ) from error
        except KeyboardInterrupt:
            self.summarise(summary, dry_run=options["dry_run"])
            raise CommandError(
                "Đã dừng giữa chừng; chạy lại để nhập tiếp.", returncode=130
            ) from None
        self.summarise(summary, dry_run=options["dry_run"])
        if summary.bad:
            raise CommandError(f"Có {summary.bad} dòng hỏng, xem ở trên.", returncode=1)

    def approver(self, username: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise PermissionDenied(f"Không có tài khoản “{username}”.")
        if not user.is_active:
            raise PermissionDenied(f"Tài khoản “{username}” đã khóa.")
        return user

    def tell(self, bad: BadLine, report: Any) -> None:
        name = f" [{bad.source_id}]" if bad.source_id else ""
        place = f" {bad.field}:" if bad.field else ""
        self.stderr.write(f"Dòng {bad.number}{name}:{place} {bad.why}")
        if report:
            report.writerow(map(cell, (bad.number, bad.source_id, bad.field, bad.why)))

    def progress(self, summary: Summary) -> None:
        if summary.read - self.printed >= EVERY:
            self.printed = summary.read
            self.stdout.write(f"  {summary.read} dòng, {summary.rate:.0f} dòng/giây")
            self.stdout.flush()

    def summarise(self, summary: Summary, *, dry_run: bool) -> None:
        head = "Chạy thử, chưa ghi gì" if dry_run else "Xong"
        self.stdout.write(
            f"{head}: {summary.read} dòng; mới {summary.new}, đính chính {summary.corrected}, "
            f"không đổi {summary.unchanged}, hỏng {summary.bad}; "
            f"{summary.seconds:.1f} giây ({summary.rate:.0f} dòng/giây)."
        )
        if summary.cleaned:
            self.stdout.write(f"Đã làm sạch mã chạy được trong {summary.cleaned} bài.")
        if summary.images:
            self.stdout.write(f"Đã bỏ {summary.images} ảnh chèn trong bài.")
        if summary.unknown:
            names = ", ".join(
                f"{name[:40]} ({count})" for name, count in sorted(summary.unknown.items())
            )
            self.stdout.write(f"Trường không dùng đến: {names}.")


@contextmanager
def open_source(name: str) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked when gzip; "-" is standard input. Raises OSError."""
    with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as raw:
        peeking = raw if hasattr(raw, "peek") else io.BufferedReader(raw)
        if peeking.peek(2)[:2] == GZIP:
            with gzip.open(peeking) as unpacked:
                yield unpacked
        else:
            yield peeking


@contextmanager
def open_report(name: str | None) -> Iterator[Any]:
    """A CSV writer with its head row (with a BOM, for spreadsheets), or None. Raises OSError."""
    if name is None:
        yield None
        return
    with Path(name).open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("dòng", "mã", "trường", "lý do"))
        yield writer


def cell(value: object) -> object:
    """A spreadsheet must not take a text from outside for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" and value else value


@contextmanager
def little_memory() -> Iterator[None]:
    """Keep memory flat over any number of stories.

    With DEBUG on Django keeps the text of the last 9,000 statements: hundreds of MB here. SQLite's
    memory map counts as the process's memory, and serves readers rather than a bulk of writes.
    """
    connection.ensure_connection()
    connection.make_debug_cursor = connection.make_cursor
    size = mapped(0) if connection.vendor == "sqlite" else None
    try:
        yield
    finally:
        del connection.make_debug_cursor
        if size is not None:
            mapped(size)


def mapped(size: int) -> int:
    """Set how many bytes of the database SQLite maps into memory; the size that it was before."""
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA mmap_size").fetchone()
        cursor.execute(f"PRAGMA mmap_size = {size:d}")
    return before[0] if before else 0
