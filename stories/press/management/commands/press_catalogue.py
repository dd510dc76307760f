"""The catalogue behind the API's filters: read it again from the ledger."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from stories.press import catalogue


class Command(BaseCommand):
    help = (
        "Danh mục lọc của API: đọc tiếp sổ phát hành, hoặc --rebuild đọc lại từ đầu "
        "(sau khi đổi danh mục đơn vị)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="đọc lại từ đầu")

    def handle(self, *args: object, **options: object) -> None:
        if options["rebuild"]:
            catalogue.rebuild()
        while catalogue.catch_up():
            pass
        self.stdout.write(_("Danh mục đã đọc đến số %(seq)d.") % {"seq": catalogue.offset()})
