"""`manage.py archive_index rebuild | catchup | check`: the index against the ledger."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import reader
from search.engines import get_engine
from search.engines.base import EngineError
from stories.releases import selectors


class Command(BaseCommand):
    help = "Dựng lại, cập nhật hoặc đối chiếu chỉ mục của kho lưu trữ với sổ phát hành."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rebuild", "catchup", "check"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            {"rebuild": self.rebuild, "catchup": self.catchup, "check": self.compare}[action]()
        except EngineError as error:
            raise CommandError(
                _("Không đọc được chỉ mục: %(error)s. Hãy chạy “archive_index rebuild”.")
                % {"error": error}
            ) from error

    def rebuild(self) -> None:
        """A new index from the whole ledger, put in place when it is complete."""
        started = time.monotonic()
        try:
            offset = reader.rebuild(progress=self.progress)
        except reader.Busy:
            raise CommandError(
                _("Một tiến trình khác đang ghi chỉ mục. Hãy thử lại sau.")
            ) from None
        self.done(offset, started)

    def catchup(self) -> None:
        """Read what the ledger has beyond the index."""
        started = time.monotonic()
        self.done(reader.catch_up(progress=self.progress), started)

    def compare(self) -> None:
        """Name every difference; exit with 1 where there is any."""
        engine = get_engine()
        found = reader.differences(engine)
        for difference in found:
            self.stdout.write(self.described(difference))
        offset, head = engine.offset(), selectors.head()
        if offset < head:
            self.stdout.write(
                _("Chỉ mục ở số %(offset)s, sổ phát hành ở số %(head)s.")
                % {"offset": offset, "head": head}
            )
        if found or offset < head:
            raise CommandError(
                _("Chỉ mục khác sổ phát hành ở %(count)s mục.") % {"count": len(found)},
                returncode=1,
            )
        self.stdout.write(
            _("Chỉ mục khớp sổ phát hành: %(count)s mục, đến số %(offset)s.")
            % {"count": len(engine.entries()), "offset": offset}
        )

    def described(self, difference: reader.Difference) -> str:
        values = {
            "uuid": difference.uuid,
            "indexed": difference.indexed,
            "released": difference.released,
        }
        if difference.indexed is None:
            return _("%(uuid)s: thiếu trong chỉ mục (phát hành số %(released)s).") % values
        if difference.released is None:
            return _("%(uuid)s: còn trong chỉ mục (số %(indexed)s) dù không còn đăng.") % values
        return _("%(uuid)s: chỉ mục có số %(indexed)s, sổ có số %(released)s.") % values

    def progress(self, offset: int, head: int) -> None:
        self.stdout.write(f"{offset}/{head}")

    def done(self, offset: int, started: float) -> None:
        seconds = time.monotonic() - started
        self.stdout.write(
            _("Xong: chỉ mục đến số %(offset)s, trong %(seconds).1f giây.")
            % {"offset": offset, "seconds": seconds}
        )
