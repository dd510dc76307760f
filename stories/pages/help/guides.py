"""Which guides there are, of which parts, and which one a person reads first.

A part's text is `templates/pages/help/<anchor>.html`; its anchor is what the screens link to.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from stories.pages.desk.selectors import Desk


@dataclass(frozen=True, slots=True)
class Part:
    """`route`: the screen that it explains, with its arguments; shown only where there is one."""

    anchor: str
    title: str
    route: tuple | None = None

    @property
    def is_shown(self) -> bool:
        if self.route is None:
            return True
        try:
            reverse(self.route[0], args=self.route[1:])
        except NoReverseMatch:
            return False
        return True

    @property
    def template(self) -> str:
        return f"pages/help/{self.anchor}.html"


PARTS = {
    part.anchor: part
    for part in (
        Part("viet-mot-bai", _("Viết một bài")),
        Part("anh", _("Thêm ảnh, chụp bằng điện thoại")),
        Part("gui-duyet", _("Gửi duyệt, xem bài đang ở đâu")),
        Part("bi-tra-lai", _("Bài bị trả lại thì làm gì")),
        Part("sua-bai-da-dang", _("Sửa bài đã đăng")),
        Part("tu-word", _("Nhập từ Word")),
        Part("duyet-mot-bai", _("Duyệt một bài")),
        Part("tra-lai", _("Trả lại một bài")),
        Part("nho-doc-duyet", _("Nhờ người không có tài khoản đọc duyệt"), ("review_invite", 1)),
        Part("uy-quyen", _("Ủy quyền khi đi vắng")),
        Part("khan-cap", _("Đăng khẩn cấp")),
        Part("hang-cho", _("Làm việc với hàng chờ")),
        Part("duyet-nhieu-bai", _("Duyệt nhiều bài một lúc")),
        Part("chum-bai", _("Chùm bài"), ("desk_bundles",)),
        Part("thu-hoi", _("Thu hồi khi người trong ảnh không đồng ý nữa")),
        Part("danh-muc-bao-chi", _("Danh mục và báo chí")),
        Part("gop-y", _("Góp ý trong bài"), ("page_comments", 1)),
        Part("thong-bao", _("Thông báo và thư"), ("notices",)),
        Part("so-lieu", _("Xem số liệu trong năm")),
        Part("tai-khoan", _("Tạo tài khoản, cho vào nhóm")),
        Part("don-vi", _("Đơn vị và mục của đơn vị")),
        Part("nhat-ky", _("Nhật ký: ai đã làm gì")),
        Part("mat-khau", _("Đổi mật khẩu, quên mật khẩu")),
    )
}


@dataclass(frozen=True, slots=True)
class Guide:
    slug: str
    title: str
    anchors: tuple[str, ...]

    @property
    def parts(self) -> list[Part]:
        return [PARTS[anchor] for anchor in self.anchors if PARTS[anchor].is_shown]


EDITOR = Guide(
    "viet-bai",
    _("Người viết"),
    (
        *("viet-mot-bai", "anh", "gui-duyet", "bi-tra-lai", "sua-bai-da-dang", "tu-word"),
        *("gop-y", "thong-bao", "mat-khau"),
    ),
)
REVIEWER = Guide(
    "duyet-bai",
    _("Người duyệt của đơn vị"),
    (
        *("duyet-mot-bai", "tra-lai", "gop-y", "nho-doc-duyet", "uy-quyen", "khan-cap"),
        *("thong-bao", "mat-khau"),
    ),
)
BOARD = Guide(
    "ban-tuyen-giao",
    _("Ban Tuyên giáo"),
    (
        *("hang-cho", "duyet-mot-bai", "tra-lai", "duyet-nhieu-bai", "chum-bai", "gop-y"),
        *("nho-doc-duyet", "thu-hoi", "khan-cap", "uy-quyen", "danh-muc-bao-chi", "nhat-ky"),
        *("thong-bao", "mat-khau"),
    ),
)
OFFICE = Guide("van-phong", _("Văn phòng"), ("so-lieu", "thong-bao", "mat-khau"))
ADMIN = Guide(
    "quan-tri",
    _("Quản trị"),
    ("tai-khoan", "don-vi", "uy-quyen", "nhat-ky", "so-lieu", "thong-bao", "mat-khau"),
)
GUIDES = {guide.slug: guide for guide in (EDITOR, REVIEWER, BOARD, OFFICE, ADMIN)}


def first_for(user) -> Guide:
    """By what the person does most: a deputy reads what the holder of the office would."""
    desk = Desk.of(user)
    if desk.on_board:
        return BOARD
    if desk.reviews or desk.stands_in:
        return REVIEWER
    if desk.edits:
        return EDITOR
    if user.is_superuser:
        return ADMIN
    return OFFICE if desk.everywhere else EDITOR


def holding(part: Part, user) -> Guide:
    """The guide in which the person reads about it: her own if it is there."""
    own = first_for(user)
    if part.anchor in own.anchors:
        return own
    return next(guide for guide in GUIDES.values() if part.anchor in guide.anchors)


# Where a “?” leads: the name of a screen's route → the part that explains it.
SCREENS = {
    "desk_queue": "hang-cho",
    "desk_bulk": "duyet-nhieu-bai",
    "desk_results": "duyet-nhieu-bai",
    "desk_deputies": "uy-quyen",
    "review_page": "duyet-mot-bai",
    "withdraw_page": "thu-hoi",
    "story_from_word": "tu-word",
    "emergency": "khan-cap",
    "emergency_ask": "khan-cap",
    "emergency_list": "khan-cap",
    "desk_bundles": "chum-bai",
    "desk_bundle": "chum-bai",
    "notices": "thong-bao",
    "page_comments": "gop-y",
    "review_invite": "nho-doc-duyet",
}
