"""Press keys from the shell: create, revoke, list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stories.press import services
from stories.press.early import services as early
from stories.press.models import PressClient, PressKey


class Command(BaseCommand):
    help = (
        "Khóa báo chí: --create cấp khóa mới (in khóa một lần, trên dòng duy nhất của stdout), "
        "--revoke ĐẦU_KHÓA thu hồi, --list liệt kê."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client", nargs="?", help="tên ngắn của cơ quan, ví dụ bao-phu-tho")
        action = parser.add_mutually_exclusive_group(required=True)
        action.add_argument(
            "--create", action="store_true", help="cấp khóa, tạo cơ quan nếu chưa có"
        )
        action.add_argument("--revoke", metavar="PREFIX", help="thu hồi khóa có phần đầu này")
        action.add_argument(
            "--embargo",
            choices=["yes", "no"],
            help="cho hoặc thôi cho nhận bài trước giờ công bố; cần --by",
        )
        action.add_argument("--list", action="store_true", help="liệt kê khóa")
        parser.add_argument("--organisation", help="tên cơ quan (khi tạo mới)")
        parser.add_argument(
            "--kind", choices=PressClient.Kind.values, help="loại cơ quan (khi tạo mới)"
        )
        parser.add_argument("--by", metavar="USER", help="người của Ban Tuyên giáo (với --embargo)")
        parser.add_argument("--days", type=int, default=services.KEY_LIFE.days, help="số ngày dùng")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["client"]
        if options["list"]:
            self._list(name)
            return
        if not name:
            raise CommandError(_("Thiếu tên cơ quan."))
        if options["create"]:
            self._create(name, options)
        elif options["embargo"]:
            self._embargo(name, options["embargo"] == "yes", options["by"])
        else:
            self._revoke(name, options["revoke"])

    def _create(self, name: str, options: dict) -> None:
        if options["days"] < 1:
            raise CommandError(_("Số ngày phải từ 1 trở lên."))
        client = PressClient.objects.filter(name=name).first()
        if client is None:
            if slugify(name) != name.lower():
                raise CommandError(_("Tên ngắn chỉ gồm chữ không dấu, số và gạch nối."))
            client = PressClient.objects.create(
                name=name,
                organisation=options["organisation"] or name,
                kind=options["kind"] or PressClient.Kind.NEWSPAPER,
            )
        if not client.is_active:
            raise CommandError(_("%(client)s đang bị ngừng.") % {"client": client})
        try:
            key, plain = services.create_key(client=client, life=timedelta(days=options["days"]))
        except services.TooManyKeys as error:
            live = ", ".join(str(key) for key in client.keys.live())
            raise CommandError(
                _("%(client)s đã có hai khóa đang dùng (%(keys)s); hãy thu hồi bớt bằng --revoke.")
                % {"client": client, "keys": live}
            ) from error
        self.stdout.write(plain)
        self.stderr.write(
            _("Khóa của %(client)s, hết hạn %(day)s. Chỉ in một lần: hãy cất ngay.")
            % {"client": client, "day": timezone.localdate(key.expires_at).strftime("%d/%m/%Y")}
        )

    def _embargo(self, name: str, allowed: bool, by: str | None) -> None:
        client = PressClient.objects.filter(name=name).first()
        user = get_user_model().objects.filter(username=by or "").first()
        if client is None:
            raise CommandError(_("Không có cơ quan nào tên là %(name)s.") % {"name": name})
        try:
            early.set_embargo(client=client, allowed=allowed, user=user)
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from refusal
        said = _("%(client)s: nhận bài trước giờ công bố: %(allowed)s.")
        self.stdout.write(said % {"client": client, "allowed": _("có") if allowed else _("không")})

    def _revoke(self, name: str, prefix: str) -> None:
        prefix = prefix.rstrip("…")
        found = list(PressKey.objects.filter(client__name=name, prefix__startswith=prefix)[:2])
        if len(found) != 1 or not prefix:
            raise CommandError(
                _("Không có khóa nào của %(name)s bắt đầu bằng %(prefix)s.")
                % {"name": name, "prefix": prefix}
                if not found
                else _("Nhiều khóa bắt đầu bằng %(prefix)s; hãy ghi dài hơn.") % {"prefix": prefix}
            )
        services.revoke_key(key=found[0])
        self.stdout.write(_("Đã thu hồi khóa %(key)s.") % {"key": found[0]})

    def _list(self, name: str | None) -> None:
        keys = PressKey.objects.select_related("client").order_by("client__name", "-created_at")
        if name:
            keys = keys.filter(client__name=name)
        for key in keys:
            used = timezone.localtime(key.last_used_at) if key.last_used_at else None
            self.stdout.write(
                f"{key.client.name}\t{key.prefix}\t{key.status()}\t"
                + _("cấp %(day)s\thết hạn %(end)s\tdùng gần nhất %(used)s")
                % {
                    "day": timezone.localdate(key.created_at).strftime("%d/%m/%Y"),
                    "end": timezone.localdate(key.expires_at).strftime("%d/%m/%Y")
                    if key.expires_at
                    else _("không"),
                    "used": used.strftime("%d/%m/%Y %H:%M") if used else _("chưa"),
                }
            )
