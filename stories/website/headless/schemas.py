"""The shapes that front ends get, for the API's description. A test checks answers against them."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Schema

ItemType = Literal["story", "exemplar", "picture"]
PageType = Literal[
    "home",
    "column",
    "exemplars",
    "units",
    "subjects",
    "archive",
    "press_room",
    "about",
    "story",
    "exemplar",
    "picture",
]


class PageTerm(Schema):
    code: str
    name: str


class PageUnit(PageTerm):
    level: str


class PageRendition(Schema):
    name: str = Field(
        description="thumb, w360, w720, w1200 (WebP), jpeg720, press (JPEG); "
        "avif360, avif720, avif1200 (AVIF), nếu đã kịp làm trước khi đăng."
    )
    url: str
    width: int
    height: int
    mimetype: str
    size: int = Field(description="Byte")


class PagePicture(Schema):
    """Một ảnh với mọi cỡ của nó; bản gốc không bao giờ công khai."""

    uuid: str
    title: str
    alt: str = Field(description="Mô tả cho người không nhìn thấy ảnh.")
    caption: str
    credit: str
    persons: list[str] = Field(description="Từ trái sang phải; chỉ những người đã đồng ý nêu tên.")
    terms: str
    width: int = Field(description="Của bản gốc, điểm ảnh.")
    height: int
    renditions: list[PageRendition]


class Card(Schema):
    """Một mục để giới thiệu trong danh sách."""

    uuid: str
    type: ItemType
    path: str
    url: str
    title: str
    lead: str
    date: str
    role: str
    unit: PageUnit | None
    group: PageTerm | None
    kind: PageTerm | None
    corrected: bool
    picture: PagePicture | None


class Crumb(Schema):
    title: str
    path: str
    url: str


class PageBody(Schema):
    html: str = Field(description="HTML an toàn, mọi liên kết và ảnh là địa chỉ đầy đủ.")
    markdown: str = Field(description="CommonMark.")
    text: str


class ShareImage(Schema):
    url: str
    width: int
    height: int
    alt: str


class OpenGraph(Schema):
    type: str
    site_name: str
    locale: str
    title: str
    description: str
    url: str
    image: ShareImage | None


class Seo(Schema):
    title: str
    description: str
    canonical: str | None
    robots: str
    open_graph: OpenGraph
    json_ld: dict[str, Any] | None = Field(description="schema.org, để đặt vào <script>.")


class PageAward(Schema):
    title: str
    year: int | None
    decision_number: str
    awarded_by: str


class Draft(Schema):
    """Chỉ có khi xem trước một bản nháp."""

    saved_at: str
    expires_at: str


class Page(Schema):
    """Một trang; các mục không có ở loại trang ấy là null hoặc rỗng."""

    type: PageType
    uuid: str | None
    path: str
    url: str
    redirect_to: str | None = Field(
        description="Địa chỉ đúng, khi địa chỉ đã hỏi chỉ dẫn tới đây: trang web trả 301."
    )
    title: str
    lead: str
    role: str
    byline: str
    date: str | None
    published_at: str | None
    updated_at: str | None
    version: int | None
    correction: str | None = Field(description="Đã sửa gì, khi bản hiện hành là đính chính.")
    unit: PageUnit | None
    group: PageTerm | None
    contents: list[PageTerm]
    movement: PageTerm | None
    campaigns: list[PageTerm]
    kind: PageTerm | None
    tags: list[str]
    awards: list[PageAward]
    breadcrumbs: list[Crumb]
    body: PageBody
    pictures: list[PagePicture]
    lead_picture: str | None = Field(description="uuid của ảnh đại diện trong `pictures`.")
    exemplars: list[Card] = Field(description="Những điển hình mà bài kể về.")
    stories: list[Card] = Field(description="Những bài kể về điển hình này, hoặc có ảnh này.")
    seo: Seo
    preview: Draft | None


class Related(Schema):
    items: list[Card]


class MenuItem(Schema):
    name: str = Field(description="Tên cho chương trình; không đổi.")
    title: str
    path: str
    url: str


class Menu(Schema):
    title: str
    items: list[MenuItem]


class Menus(Schema):
    site_name: str
    main: Menu
    footer: list[Menu]
    about: str = Field(description="Lời giới thiệu ở cuối trang.")
