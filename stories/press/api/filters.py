"""The filters of lists and feed: those of the archive, once for every route and its description."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import BeforeValidator

from stories.press import catalogue
from stories.press.errors import NotReady
from stories.press.facts import Chosen

MANY = 20


def _without_blanks(values: object) -> object:
    """Forms send `?unit=` for “no choice”."""
    return [value for value in values if value != ""] if isinstance(values, list) else values


Code = Annotated[str, Field(pattern=r"^[\w.-]{1,64}$")]
Codes = Annotated[list[Code], BeforeValidator(_without_blanks)]
Kinds = Annotated[
    list[Literal["individual", "collective", "model", "practice"]],
    BeforeValidator(_without_blanks),
]
Tags = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=100)]], BeforeValidator(_without_blanks)
]
Columns = Annotated[list[Literal["phu-nu-dat-to", "dien-hinh"]], BeforeValidator(_without_blanks)]
Changes = Annotated[
    list[Literal["usable", "correction", "withheld", "canceled"]],
    BeforeValidator(_without_blanks),
]
Years = Annotated[list[Annotated[int, Field(ge=1900, le=2200)]], BeforeValidator(_without_blanks)]


class Filters(Schema):
    """Bộ lọc như của kho lưu trữ: nhiều giá trị một mục là “hoặc”, các mục khác nhau là “và”."""

    column: Columns = Field([], max_length=MANY, description="Chuyên mục trên trang.")
    unit: Codes = Field([], max_length=MANY, description="Mã đơn vị, cũ hay mới.")
    group: Codes = Field([], max_length=MANY, description="Mã nhóm đối tượng.")
    content: Codes = Field([], max_length=MANY, description="Mã nội dung thi đua.")
    kind: Kinds = Field([], max_length=MANY, description="Loại điển hình.")
    tag: Tags = Field([], max_length=MANY, description="Thẻ.")
    year: Years = Field([], max_length=MANY, description="Năm.")

    def facets(self) -> dict[str, list]:
        """The chosen values of each facet that has any."""
        return {name: values for name in Filters.model_fields if (values := getattr(self, name))}


class FeedFilters(Filters):
    change: Changes = Field(
        [],
        max_length=MANY,
        description=(
            "Việc xảy ra với mục: đăng (usable), đính chính, tạm gỡ, thu hồi. Cùng với bộ lọc nào "
            "cũng vậy: mục đã có trong dòng tin thì mọi lần đính chính, tạm gỡ, thu hồi sau đó của "
            "mục ấy cũng có, dù không khớp bộ lọc nữa. `withheld` gồm cả `correction`, vì đính "
            "chính có thể thu hẹp nơi được dùng. Ảnh theo bài có ảnh ấy."
        ),
    )

    def chosen(self) -> Chosen:
        return Chosen.of(self.facets(), self.change)


def ensure_current(head: int) -> None:
    """Bring what filters are looked up in to that ledger number. Raises NotReady."""
    try:
        catalogue.ensure_current(head)
    except catalogue.NotReady as error:
        raise NotReady(
            _("Danh mục đang được lập lại, hãy gọi lại sau ít giây."),
            headers={"Retry-After": "2"},
        ) from error
