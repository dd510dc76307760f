"""In what forms an item is taken from the room, and the record of who took it.

Two books: `PressDelivery` says what the client holds, by which withdrawals go; `PressDownload`
says which person did what, for her newsroom. Reading the page counts for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from stories.press import services
from stories.press.api.formats import Format
from stories.press.models import PressClient, PressDelivery, PressDownload, PressPerson
from stories.press.models.download import VIEW

COPY, JPEG, KIT, KIT_TEXT = "copy", "jpeg", "kit", "kit-text"
FOR_PEOPLE = {
    Format.DOCX: _("Word, kèm ảnh"),
    Format.TEXT: _("Văn bản (.txt)"),
    Format.RADIO: _("Lời đọc phát thanh (.txt)"),
}
FOR_SYSTEMS = {
    Format.NINJS: "IPTC ninjs 1.6",
    Format.NINJS_3_1: "IPTC ninjs 3.1",
    Format.SUPERDESK: "Superdesk",
    Format.NEWSML_G2: "NewsML-G2",
    Format.NITF: "NITF",
    Format.NATIVE: "JSON",
}
ENDINGS = {
    Format.DOCX: "docx",
    Format.TEXT: "txt",
    Format.RADIO: "txt",
    Format.NITF: "xml",
    Format.NEWSML_G2: "xml",
}  # the others are JSON
NAMES = {
    VIEW: _("đã đọc"),
    COPY: _("sao chép"),
    JPEG: _("ảnh JPEG"),
    KIT: _("gói bài (ZIP)"),
    KIT_TEXT: _("gói chỉ có chữ (ZIP)"),
    **{str(name): label for name, label in {**FOR_PEOPLE, **FOR_SYSTEMS}.items()},
}


@transaction.atomic
def record(
    person: PressPerson, item: str, version: int, taken: str, *, seqs: Sequence[int] = ()
) -> None:
    """The person took this version so; `seqs` are the releases (ledger numbers) that it carried,
    where they aren't on record yet. Reading the same version again is no new act."""
    if seqs:
        services.record_deliveries(
            client_id=person.client_id, seqs=seqs, channel=PressDelivery.Channel.PORTAL
        )
    act = {"person": person, "item_id": item, "version": version, "format": taken}
    if taken != VIEW or not PressDownload.objects.filter(**act).exists():
        PressDownload.objects.create(client_id=person.client_id, **act)


def last(client: PressClient, items: Sequence[UUID]) -> dict[UUID, PressDownload]:
    """Item → the newsroom's last copy or download of it (two queries)."""
    took = PressDownload.objects.by_hand().filter(client=client, item__in=items)
    newest = took.order_by().values("item").annotate(last=Max("pk")).values_list("last", flat=True)
    rows = PressDownload.objects.filter(pk__in=list(newest)).select_related("person")
    return {row.item_id: row for row in rows}
