"""For the record of a takedown: which clients had pulled what was withdrawn, and who has heard."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.press.models import PressDelivery
from stories.releases.models import Takedown
from stories.releases.takedown import told_by_rooms
from stories.releases.takedown.told_by_rooms import Section


def section(takedown: Takedown) -> Section:
    """One line for each client and item: two queries for any number."""
    parts = takedown.items.select_related("release", "item")
    withdrawn = {part.item_id: part for part in parts if part.is_withdrawal}
    found = PressDelivery.objects.filter(item__in=withdrawn).select_related("client")
    lines: dict[tuple, list[PressDelivery]] = {}
    for one in found.order_by("client__organisation", "client", "item", "version", "first_at"):
        lines.setdefault((one.client, one.item_id), []).append(one)
    rows = [
        row
        for (client, item), pulled in lines.items()
        if (row := _row(str(client), withdrawn[item], pulled))
    ]
    return Section(
        title=_("Cơ quan báo chí đã nhận"),
        headings=(
            _("Cơ quan"),
            _("Mục"),
            _("Phiên bản đã nhận"),
            _("Nhận lần đầu"),
            _("Nhận gần nhất"),
            _("Đã nhận thông báo gỡ"),
        ),
        rows=rows,
        none=_("Chưa cơ quan nào nhận những mục này qua nguồn tin báo chí."),
    )


def _row(client: str, part, pulled: Iterable[PressDelivery]) -> tuple[str, ...] | None:
    """None for a client that never had it while it was public."""
    had = [one for one in pulled if one.version < part.release.version]
    heard = [one for one in pulled if one.version >= part.release.version]
    if not had:
        return None
    return (
        client,
        f"{part.item.get_type_display()} {str(part.item_id)[:8]}…",  # in full above
        ", ".join(map(str, sorted({one.version for one in had}))),
        _when(min(one.first_at for one in had)),
        _when(max(one.last_at for one in had)),
        _when(min(one.first_at for one in heard)) if heard else _("chưa"),
    )


def _when(moment) -> str:
    return date_format(timezone.localtime(moment), "H:i d/m/Y")


def register() -> None:
    told_by_rooms.register("press", section)
