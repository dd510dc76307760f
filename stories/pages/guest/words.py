"""What a guest reads where a link is of no use: status, heading, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.moments import moment
from stories.moderation.models import ReviewLink
from stories.moderation.review_links import Why

GONE, FORBIDDEN = 410, 403
STATUS = {Why.ACCOUNT: FORBIDDEN, Why.INVITER: FORBIDDEN}


@dataclass(frozen=True, slots=True)
class Notice:
    status: int
    title: str
    text: str


def notice(why: Why, link: ReviewLink) -> Notice:
    said = {"person": link.invited_by}
    match why:
        case Why.REVOKED:
            title = _("Liên kết đã được thu hồi")
            text = _("Hội đã thu hồi lời mời này nên ông/bà không cần làm gì thêm.")
        case Why.ANSWERED:
            title = _("Ông/bà đã trả lời bài này")
            when = moment(link.answered_at)
            said |= {"answer": link.get_answer_display().lower(), "when": when}
            text = _("Câu trả lời “%(answer)s” đã được ghi nhận lúc %(when)s. Xin cảm ơn ông/bà.")
        case Why.EXPIRED:
            title = _("Liên kết đã hết hạn")
            text = _("Nếu ông/bà vẫn muốn đọc và trả lời, xin nhờ %(person)s gửi liên kết mới.")
        case Why.OVER:
            title = _("Bài này không còn chờ ý kiến")
            text = _("Bước duyệt đã xong hoặc bài đã được rút lại. Ông/bà không cần làm gì thêm.")
        case Why.CHANGED:
            title = _("Bài đã được sửa sau khi gửi ông/bà")
            text = _("Liên kết chỉ dùng cho bản cũ. Xin nhờ %(person)s gửi liên kết mới để đọc.")
        case Why.ACCOUNT:
            title = _("Ông/bà đã có tài khoản")
            text = _(
                "Địa chỉ thư của ông/bà nay thuộc một tài khoản của hệ thống. Xin đăng nhập, hoặc "
                "nhờ %(person)s ủy quyền để duyệt bài."
            )
        case Why.INVITER:
            title = _("Người mời không còn phụ trách bài này")
            text = _("Vì vậy câu trả lời không ghi nhận được. Xin ông/bà liên hệ đơn vị đã mời.")
    return Notice(STATUS.get(why, GONE), title, text % said)
