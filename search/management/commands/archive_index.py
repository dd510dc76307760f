"""`manage.py archive_index rebuild | catchup | check`: the index against the ledger."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import reader
from search.engines import kept_engines
from search.engines.base import Engine, EngineError
from stories.releases import selectors


class Command(BaseCommand):
    help = "Dựng lại, cập nhật hoặc đối chiếu chỉ mục của kho lưu trữ với sổ phát hành."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rebuild", "catchup", "check"])
        parser.add_argument(
            "--engine",
            choices=sorted(engine.name for engine in kept_engines()),
            help="Chỉ làm với chỉ mục này (mặc định: mọi chỉ mục đang dùng).",
        )

    def handle(self, *args: Any, action: str, engine: str | None, **options: Any) -> None:
        """Each index in turn; one that fails stops no other, and is told at the end."""
        act = {"rebuild": self.rebuild, "catchup": self.catchup, "check": self.compare}[action]
        failed: list[str] = []
        for kept in kept_engines():
            if engine not in (None, kept.name):
                continue
            self.stdout.write(f"• {kept.name}")
            try:
                act(kept)
            except EngineError as error:
                failed.append(
                    _(
                        "Không đọc được chỉ mục %(name)s: %(error)s."
                        " Hãy chạy “archive_index rebuild”."
                    )
                    % {"name": kept.name, "error": error}
                )
            except CommandError as error:
                failed.append(str(error))
        if failed:
            raise CommandError(" ".join(failed), returncode=1)

    def rebuild(self, engine: Engine) -> None:
        """A new index from the whole ledger, put in place when it is complete."""
        started = time.monotonic()
        try:
            offset = reader.rebuild(engine, self.progress)
        except reader.Busy:
            raise CommandError(
                _("Một tiến trình khác đang ghi chỉ mục. Hãy thử lại sau.")
            ) from None
        self.done(offset, started)

    def catchup(self, engine: Engine) -> None:
        """Read what the ledger has beyond the index."""
        started = time.monotonic()
        self.done(reader.catch_up(engine, self.progress), started)

    def compare(self, engine: Engine) -> None:
        """Name every difference; exit with 1 where there is any."""
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
                _("Chỉ mục %(name)s khác sổ phát hành ở %(count)s mục.")
                % {"name": engine.name, "count": len(found)}
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
