"""Details of an entry in words for people; what is stored stays as it was written."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import permission_names

NAMES = {
    "address": gettext_lazy("địa chỉ mạng"),
    "answer": gettext_lazy("trả lời"),
    "approved_by": gettext_lazy("người duyệt"),
    "approved_revision": gettext_lazy("bản đã duyệt"),
    "by": gettext_lazy("người thực hiện"),
    "client": gettext_lazy("cơ quan"),
    "count": gettext_lazy("số lượng"),
    "collection": gettext_lazy("bộ sưu tập"),
    "changed": gettext_lazy("đã đổi"),
    "email": gettext_lazy("thư điện tử"),
    "expires": gettext_lazy("hết hạn lúc"),
    "groups": gettext_lazy("nhóm"),
    "guest": gettext_lazy("người được mời"),
    "from": gettext_lazy("từ ngày"),
    "host": gettext_lazy("máy chủ"),
    "how": gettext_lazy("bằng cách"),
    "ends": gettext_lazy("đến hết ngày"),
    "holder": gettext_lazy("người ủy quyền"),
    "is_admin": gettext_lazy("quản lý người của cơ quan"),
    "is_active": gettext_lazy("đang hoạt động"),
    "is_staff": gettext_lazy("nhân viên"),
    "is_superuser": gettext_lazy("quản trị toàn hệ thống"),
    "items": gettext_lazy("các bài"),
    "kind": gettext_lazy("hình thức"),
    "link": gettext_lazy("liên kết số"),
    "merged": gettext_lazy("bản ghi được gộp"),
    "consents": gettext_lazy("các phiếu"),
    "wards": gettext_lazy("số người được giám hộ"),
    "name": gettext_lazy("tên"),
    "office": gettext_lazy("duyệt bài của"),
    "outcome": gettext_lazy("kết quả"),
    "page": gettext_lazy("trang số"),
    "sketches": gettext_lazy("số phác thảo"),
    "payloads": gettext_lazy("số bản phát hành"),
    "pictures": gettext_lazy("số ảnh"),
    "revisions": gettext_lazy("số bản"),
    "pages": gettext_lazy("số trang"),
    "password": gettext_lazy("mật khẩu"),
    "path": gettext_lazy("đường dẫn"),
    "people": gettext_lazy("người"),
    "permissions": gettext_lazy("quyền"),
    "person": gettext_lazy("người"),
    "phone": gettext_lazy("điện thoại"),
    "purposes": gettext_lazy("mục đích"),
    "reason": gettext_lazy("lý do"),
    "release_at": gettext_lazy("giờ đăng"),
    "request": gettext_lazy("đề nghị số"),
    "revision": gettext_lazy("bản"),
    "route": gettext_lazy("đường duyệt"),
    "scope": gettext_lazy("phạm vi"),
    "seq": gettext_lazy("số trong sổ phát hành"),
    "starts": gettext_lazy("từ ngày"),
    "step": gettext_lazy("bước"),
    "stopped_by": gettext_lazy("bài cần xem lại"),
    "to": gettext_lazy("đến ngày"),
    "until": gettext_lazy("giờ công bố"),
    "embargo": gettext_lazy("nhận bài trước giờ công bố"),
    "username": gettext_lazy("tên tài khoản"),
    "version": gettext_lazy("phiên bản"),
    "when": gettext_lazy("hôm"),
    "who": gettext_lazy("người xác nhận"),
}
# Codes that the rooms above write, as their choices call them.
CODES = {
    ("kind", "usable"): gettext_lazy("đăng"),
    ("kind", "correction"): gettext_lazy("đính chính"),
    ("kind", "withheld"): gettext_lazy("tạm gỡ"),
    ("kind", "canceled"): gettext_lazy("thu hồi"),
    ("outcome", "there"): gettext_lazy("còn đăng"),
    ("outcome", "absent"): gettext_lazy("không thấy bài trên trang"),
    ("outcome", "gone"): gettext_lazy("đã gỡ"),
    ("outcome", "failed"): gettext_lazy("không mở được trang"),
    ("office", "board"): gettext_lazy("Ban Tuyên giáo"),
    ("answer", "approved"): gettext_lazy("đồng ý"),
    ("answer", "returned"): gettext_lazy("trả lại"),
    ("purposes", "website"): gettext_lazy("trang web của Hội"),
    ("purposes", "newspaper"): gettext_lazy("báo in, báo điện tử"),
    ("purposes", "radio_tv"): gettext_lazy("phát thanh, truyền hình"),
    ("purposes", "central"): gettext_lazy("Trung ương Hội"),
    ("purposes", "bulletin"): gettext_lazy("bản tin in"),
    ("scope", "name"): gettext_lazy("họ tên"),
    ("scope", "portrait"): gettext_lazy("hình ảnh"),
    ("scope", "story"): gettext_lazy("câu chuyện"),
    ("scope", "voice"): gettext_lazy("giọng nói"),
    ("how", "phone"): gettext_lazy("qua điện thoại"),
    ("how", "letter"): gettext_lazy("gửi đơn, thư"),
    ("how", "in_person"): gettext_lazy("nói trực tiếp"),
    ("how", "message"): gettext_lazy("nhắn tin, thư điện tử"),
    ("how", "api"): gettext_lazy("qua API"),
    ("how", "link"): gettext_lazy("qua liên kết trong thư"),
    ("how", "room"): gettext_lazy("trong phòng báo chí"),
    ("how", "staff"): gettext_lazy("Ban Tuyên giáo ghi lại"),
    ("how", "other"): gettext_lazy("cách khác"),
    ("reason", "asked"): gettext_lazy("theo yêu cầu"),
    ("reason", "silent"): gettext_lazy("3 ngày không nhận tin"),
    ("reason", "gone"): gettext_lazy("máy chủ báo không còn nhận"),
    ("reason", "consent"): gettext_lazy("sự đồng ý của nhân vật"),
    ("reason", "duplicate"): gettext_lazy("trùng với bài đã có"),
    ("reason", "end"): gettext_lazy("kết thúc đăng"),
    ("reason", "error"): gettext_lazy("sai sót"),
    ("reason", "facts"): gettext_lazy("số liệu, sự việc"),
    ("reason", "language"): gettext_lazy("câu chữ"),
    ("reason", "not_exemplary"): gettext_lazy("chưa phải điển hình"),
    ("reason", "other"): gettext_lazy("lý do khác"),
    ("reason", "picture"): gettext_lazy("ảnh"),
    ("reason", "suspension"): gettext_lazy("tạm gỡ để xem xét"),
    ("route", "emergency"): gettext_lazy("đăng khẩn cấp"),
    ("route", "import"): gettext_lazy("nhập kho bài cũ"),
    ("route", "link"): gettext_lazy("qua liên kết đọc duyệt"),
    ("route", "workflow"): gettext_lazy("quy trình duyệt"),
}
TYPES = {
    "bundle": gettext_lazy("chùm bài"),
    "consent": gettext_lazy("phiếu đồng ý"),
    "exemplar": gettext_lazy("điển hình"),
    "file": gettext_lazy("tài liệu"),
    "group": gettext_lazy("nhóm"),
    "hub": gettext_lazy("đăng ký nguồn tin"),
    "item": gettext_lazy("bài"),
    "picture": gettext_lazy("ảnh"),
    "person": gettext_lazy("người"),
    "press_client": gettext_lazy("cơ quan báo chí"),
    "press_clipping": gettext_lazy("bài báo chí đã đăng"),
    "press_question": gettext_lazy("câu hỏi của báo chí"),
    "press_hook": gettext_lazy("webhook"),
    "press_person": gettext_lazy("người của báo chí"),
    "press_key": gettext_lazy("khóa báo chí"),
    "story": gettext_lazy("bài viết"),
    "takedown": gettext_lazy("lần thu hồi"),
    "user": gettext_lazy("tài khoản"),
}
HASHES = ("sha1", "sha256")  # long, and in the CSV


def details(data: dict[str, Any]) -> str:
    """One line: “phiên bản: 2; đường dẫn: /…”."""
    shown = [(key, value) for key, value in data.items() if key not in HASHES]
    return "; ".join(f"{NAMES.get(key, key)}: {_value(key, value)}" for key, value in shown)


def target(name: str) -> str:
    """“type:name” with the type in Vietnamese: “tài khoản: duyet.lamthao”."""
    kind, colon, rest = name.partition(":")
    return f"{TYPES[kind]}: {rest}" if colon and kind in TYPES else name


def _value(key: str, value: Any) -> str:
    if value is True:
        return _("có")
    if value is False:
        return _("không")
    if isinstance(value, list):
        return ", ".join(_value(key, one) for one in value)
    if key == "permissions":
        return permission_names.told(str(value))
    return str(CODES.get((key, value), value))
