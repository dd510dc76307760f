"""For the record of a takedown: which clients had pulled what was withdrawn, and who has heard."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.moments import moment
from stories.press.models import PressConfirmation, PressDelivery
from stories.releases.models import Release, Takedown
from stories.releases.takedown import told_by_rooms
from stories.releases.takedown.told_by_rooms import Section


def section(takedown: Takedown) -> Section:
    """One line for each client and item: four queries, six if some was sent early."""
    parts = takedown.items.select_related("release", "item")
    withdrawn = {part.item_id: part for part in parts if part.is_withdrawal}
    found = PressDelivery.objects.filter(item__in=withdrawn).select_related("client")
    lines: dict[tuple, list[PressDelivery]] = {}
    for one in found.order_by("client__organisation", "client", "item", "version", "first_at"):
        lines.setdefault((one.client, one.item_id), []).append(one)
    asked = PressConfirmation.objects.filter(
        release__in=[part.release_id for part in withdrawn.values()]
    )
    answers = {(one.client_id, one.item_id): one for one in asked}
    rows = [
        row
        for (client, item), pulled in lines.items()
        if (row := _row(str(client), withdrawn[item], pulled, answers.get((client.pk, item))))
    ]
    rows += _of_early(takedown)
    return Section(
        title=_("Cơ quan báo chí đã nhận"),
        headings=(
            _("Cơ quan"),
            _("Mục"),
            _("Phiên bản đã nhận"),
            _("Nhận lần đầu"),
            _("Nhận gần nhất"),
            _("Hệ thống đã lấy lời báo gỡ"),
            _("Đã báo"),
            _("Đã xác nhận"),
        ),
        rows=rows,
        none=_("Chưa cơ quan nào nhận những mục này qua nguồn tin báo chí."),
    )


def _of_early(takedown: Takedown) -> list[tuple[str, ...]]:
    """The same of what had been sent before its time."""
    taken = {row.item: row for row in takedown.advances.exclude(kind__in=Release.PUBLIC)}
    found = PressDelivery.objects.filter(item__in=taken).select_related("client")
    lines: dict[tuple, list[PressDelivery]] = {}
    for one in found.order_by("client__organisation", "client", "item", "version", "first_at"):
        lines.setdefault((one.client, one.item_id), []).append(one)
    asked = PressConfirmation.objects.filter(advance__in=[row.pk for row in taken.values()])
    answers = {(one.client_id, one.item_id): one for one in asked}
    rows = [
        _line(str(client), taken[item], taken[item], pulled, answers.get((client.pk, item)))
        for (client, item), pulled in lines.items()
    ]
    return [row for row in rows if row]


def _row(
    client: str, part, pulled: Iterable[PressDelivery], asked: PressConfirmation | None
) -> tuple[str, ...] | None:
    """None for a client that never had it while it was public."""
    return _line(client, part.item, part.release, pulled, asked)


def _line(
    client: str, item, release, pulled: Iterable[PressDelivery], asked: PressConfirmation | None
) -> tuple[str, ...] | None:
    had = [one for one in pulled if one.version < release.version]
    heard = [one for one in pulled if one.version >= release.version]
    if not had:
        return None
    return (
        client,
        f"{item.get_type_display()} {str(release.item_id)[:8]}…",  # in full above
        ", ".join(map(str, sorted({one.version for one in had}))),
        moment(min(one.first_at for one in had)),
        moment(max(one.last_at for one in had)),
        moment(min(one.first_at for one in heard)) if heard else _("chưa"),
        _told(asked),
        _confirmed(asked),
    )


def _told(asked: PressConfirmation | None) -> str:
    if asked is None or asked.told_at is None:
        return _("chưa")
    return f"{moment(asked.told_at)}, {asked.get_channel_display()}"


def _confirmed(asked: PressConfirmation | None) -> str:
    if asked is not None and asked.confirmed_at is not None:
        return f"{moment(asked.confirmed_at)}, {asked.confirmed_by}"
    if asked is not None and asked.system_at is not None and not asked.superseded:
        return _("hệ thống: %(at)s; người của cơ quan: chưa") % {"at": moment(asked.system_at)}
    return _("đã có bản mới hơn") if asked is not None and asked.superseded else _("chưa")


def register() -> None:
    told_by_rooms.register("press", section)
