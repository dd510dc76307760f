"""For the record of a takedown: where what was withdrawn is still to be read."""

from __future__ import annotations

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.press.models import PressClipping
from stories.releases.models import Takedown
from stories.releases.takedown import told_by_rooms
from stories.releases.takedown.told_by_rooms import Section


def of_items(items: list, client: int | None = None) -> list[PressClipping]:
    """Clippings of these items (ids), of all clients or one, by client and day: one query."""
    found = PressClipping.objects.filter(item__in=items).select_related("client", "last_check")
    if client is not None:
        found = found.filter(client=client)
    return list(found.order_by("client__organisation", "client", "published_on", "pk"))


def of_client(client: int, item: UUID) -> list[PressClipping]:
    """Where this client has the item on the web, as far as is known: not what is gone."""
    found = PressClipping.objects.filter(client=client, item=item).exclude(url="")
    return [one for one in found.select_related("last_check").order_by("pk") if not one.is_gone]


def section(takedown: Takedown) -> Section:
    """One line for each clipping: two queries for any number."""
    parts = takedown.items.select_related("release", "item")
    withdrawn = {part.item_id: part.item for part in parts if part.is_withdrawal}
    return Section(
        title=_("Báo chí đã đăng"),
        headings=(
            _("Cơ quan"),
            _("Mục"),
            _("Loại hình"),
            _("Ngày đăng"),
            _("Đăng tại"),
            _("Hiện nay"),
        ),
        rows=[_row(one, withdrawn[one.item_id]) for one in of_items(list(withdrawn))],
        none=_("Không ghi nhận cơ quan nào đã đăng những mục này."),
    )


def _row(one: PressClipping, item) -> tuple[str, ...]:
    return (
        str(one.client),
        f"{item.get_type_display()} {str(item.pk)[:8]}…",
        one.get_medium_display(),
        date_format(one.published_on, "d/m/Y"),
        one.url or one.place or _("bản chụp số %(n)d") % {"n": one.pk},
        one.presence() or _("không gỡ được bản in, bản phát"),
    )


def register() -> None:
    told_by_rooms.register("clippings", section)
