"""Confirming corrections and withdrawals: what a client still has to confirm, and that it did."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from stories.press import auth
from stories.press.errors import BadParameter
from stories.press.models import PressClient, PressConfirmation, PressKey
from stories.press.told import reader, services

router = Router(auth=auth.press_auth, tags=["press"])
MOST = 500


class Asked(Schema):
    """Một lần đính chính, tạm gỡ hoặc thu hồi của mục mà cơ quan đã nhận."""

    uuid: UUID
    version: int
    kind: Literal["correction", "withheld", "canceled"]
    released_at: str


class OpenConfirmations(Schema):
    items: list[Asked] = Field(description="Chờ xác nhận, cũ nhất trước; nhiều nhất 500.")


class Done(Schema):
    model_config = ConfigDict(extra="forbid")

    uuid: UUID
    version: Annotated[int, Field(ge=1, le=2_000_000_000)]


class Confirming(Schema):
    model_config = ConfigDict(extra="forbid")

    items: Annotated[list[Done], Field(min_length=1, max_length=100)]
    by: Annotated[str, Field(max_length=200)] = Field(
        "", description="Người hoặc hệ thống đã sửa, gỡ theo; bỏ trống: khóa đã dùng."
    )


class ConfirmedItem(Asked):
    confirmed_at: str


class Confirmed(Schema):
    confirmed: list[ConfirmedItem] = Field(
        description="Những lần đã được xác nhận, bây giờ hoặc trước đây."
    )
    unasked: list[Done] = Field(description="Những mục không có gì phải xác nhận.")


@router.get(
    "/confirmations/",
    response=OpenConfirmations,
    operation_id="open_confirmations",
    summary="Những đính chính, thu hồi còn chờ xác nhận",
)
def open_confirmations(request: HttpRequest, response: HttpResponse) -> dict:
    """Của những mục mà cơ quan đã nhận."""
    response.headers["Cache-Control"] = "no-store"
    reader.catch_up()
    rows = PressConfirmation.objects.open_to_systems().filter(
        client=auth.caller_of(request).client_id
    )
    return {
        "items": [
            _asked(row) for row in rows.select_related("release", "advance").order_by("pk")[:MOST]
        ]
    }


@router.post(
    "/confirmations/",
    response=Confirmed,
    operation_id="confirm",
    summary="Xác nhận đã sửa, gỡ theo",
)
def confirm(request: HttpRequest, data: Confirming) -> dict:
    """Xác nhận một bản thì các bản trước của mục ấy cũng được xác nhận. Gửi lại không đổi gì.

    Mục mà người của cơ quan đã tự lấy ở phòng báo chí thì ở đó họ xác nhận thêm phần của mình.
    """
    reader.catch_up()
    caller = auth.caller_of(request)
    client = PressClient.objects.get(pk=caller.client_id)
    by = data.by.strip() or str(PressKey.objects.get(pk=caller.key_id))
    if not by.isprintable():
        raise BadParameter("by", "printable", _("Có ký tự không dùng được."))
    rows: dict[int, PressConfirmation] = {}
    unasked = []
    for one in data.items:
        found = services.confirm(
            client=client, item=one.uuid, version=one.version, how=services.How.API, by=by
        )
        rows |= {row.pk: row for row in found}
        if not found:
            unasked.append(one)
    confirmed = [
        _asked(row) | {"confirmed_at": _stamp(row.confirmed_at or row.system_at)}
        for row in rows.values()
    ]
    return {"confirmed": confirmed, "unasked": unasked}


def _asked(row: PressConfirmation) -> dict[str, object]:
    return {
        "uuid": row.item_id,
        "version": row.cause.version,
        "kind": row.cause.kind,
        "released_at": _stamp(row.cause.released_at),
    }


def _stamp(moment) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
