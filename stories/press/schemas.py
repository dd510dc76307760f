"""The shapes of the native format, for the API's description; payloads are sent as stored.

A test checks the samples and what the ledger writes against these.
"""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Kind = Literal["usable", "correction", "withheld", "canceled"]
WithdrawalReason = Literal["error", "consent", "suspension", "end"]
Purpose = Literal["bulletin", "central", "newspaper", "radio_tv", "website"]
ItemType = Literal["story", "exemplar", "picture"]
Timestamp = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class Term(Schema):
    code: str
    name: str


class UnitTerm(Term):
    level: str


class Rendition(Schema):
    name: str
    href: str
    width: int
    height: int
    mimetype: str
    size: int = Field(description="Byte")


class Picture(Schema):
    uuid: str
    title: str
    caption: str
    credit: str
    alt: str
    terms: str
    width: int
    height: int
    renditions: list[Rendition] = Field(description="“press” là JPEG dùng cho báo chí.")


class Block(Schema):
    """Một khối của thân bài; các trường đi kèm tùy theo `type`."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["paragraph", "heading", "picture", "quote", "figures", "video"])


class Award(Schema):
    model_config = ConfigDict(extra="allow")

    title: str


class ExemplarLink(Schema):
    uuid: str
    title: str
    href: str
    exemplar_kind: Term | None


class Release(Schema):
    """Phần chung của mọi mục: một phiên bản đã phát hành."""

    uuid: str
    uri: str = Field(description="Định danh không đổi qua các phiên bản.")
    type: ItemType
    version: int = Field(description="(uuid, version) là khóa để không nhận trùng.")
    kind: Kind
    pubstatus: Literal["usable", "withheld", "canceled"]
    language: str
    released_at: Timestamp
    first_released_at: Timestamp
    date: Day
    is_news: bool
    source_id: str | None
    href: str
    note: str = Field(description="Ghi chú cho biên tập: sửa gì, vì sao thu hồi.")
    title: str
    embargoed: Timestamp | None = Field(
        default=None,
        description=(
            "Cấm sử dụng trước giờ này. Chỉ có ở bài gửi trước giờ công bố, cho cơ quan có quyền "
            "nhận; khi công bố, bài đến lại với phiên bản cao hơn và không còn trường này."
        ),
    )
    purposes: list[Purpose] | None = Field(
        default=None,
        description=(
            "Những nơi mà mọi người có mặt hoặc được nêu tên đã đồng ý: trang web, báo in và báo "
            "điện tử, phát thanh và truyền hình, Trung ương Hội, bản tin in. Không có khi thu hồi."
        ),
    )


class Told(Release):
    """Bài viết và hồ sơ điển hình."""

    lead: str
    byline: str
    body: list[Block]
    text: str
    unit: UnitTerm | None
    group: Term | None
    contents: list[Term]
    movement: Term | None
    campaigns: list[Term]
    exemplar_kind: Term | None
    tags: list[str]
    pictures: list[Picture]
    lead_picture: str | None


class Story(Told):
    exemplars: list[ExemplarLink]


class Exemplar(Told):
    direct_labour: bool
    stage: Term | None
    role: str
    awards: list[Award]


class StoryList(Schema):
    count: int
    items: list[Story]
    next: str | None = Field(description="Con trỏ trang sau; null ở trang cuối.")


class ExemplarList(Schema):
    count: int
    items: list[Exemplar]
    next: str | None = Field(description="Con trỏ trang sau; null ở trang cuối.")


class FeedItem(Release):
    """Một phiên bản đầy đủ; các trường khác tùy theo `type` và `kind`, hoặc ninjs 1.6."""

    model_config = ConfigDict(extra="allow")

    reason: WithdrawalReason | None = Field(
        default=None,
        description=(
            "Chỉ có khi thu hồi hoặc tạm gỡ: sai sót, rút lại sự đồng ý, tạm gỡ để xem xét, "
            "kết thúc đăng."
        ),
    )


class Ninjs(Schema):
    """IPTC ninjs 1.6, http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json"""

    model_config = ConfigDict(extra="allow")

    uri: str
    version: str
    pubstatus: Literal["usable", "withheld", "canceled"]


class Ninjs3(Schema):
    """IPTC ninjs 3.1, http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"""

    model_config = ConfigDict(extra="allow")

    uri: str
    version: str
    pubStatus: Literal["usable", "withheld", "canceled"]


class Feed(Schema):
    items: list[FeedItem | Ninjs | Ninjs3]
    next: str = Field(
        description="Luôn có; bằng đúng con trỏ đã gửi khi và chỉ khi trang này rỗng."
    )


class ApEntry(Schema):
    """Một mục theo dạng AP Media API; chỉ nêu những trường mà phần mềm tòa soạn phải có."""

    model_config = ConfigDict(extra="allow")

    uri: str = Field(description="Địa chỉ lấy mục này; không đổi qua các phiên bản.")
    altids: dict[str, str] = Field(description="`itemid` là mã của mục.")
    version: int
    type: Literal["text", "picture"]
    pubstatus: Literal["usable", "withheld", "canceled"]
    versioncreated: Timestamp
    firstcreated: Timestamp
    headline: str
    slugline: str
    urgency: int
    renditions: dict[str, dict] = Field(description="`nitf` của bài; `main` (JPEG) của ảnh.")
    associations: dict[str, dict] = Field(description="Ảnh của bài, mỗi ảnh là một mục riêng.")


class ApListed(Schema):
    meta: dict
    item: ApEntry


class ApPage(Schema):
    current_item_count: int
    items: list[ApListed]
    next_page: str


class ApFeed(Schema):
    api_version: str
    data: ApPage


class ApOne(Schema):
    item: ApEntry


class ApItem(Schema):
    api_version: str
    data: ApOne


class ApEntitlement(Schema):
    id: int
    name: str


class ApPlan(Schema):
    id: int
    name: str
    entitlements: list[ApEntitlement]


class ApPlanList(Schema):
    plans: list[ApPlan]


class ApPlans(Schema):
    api_version: str
    data: ApPlanList
