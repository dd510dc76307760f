"""Details of an entry in words for people; what is stored stays as it was written."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAMES = {
    "address": gettext_lazy("địa chỉ mạng"),
    "answer": gettext_lazy("trả lời"),
    "approved_by": gettext_lazy("người duyệt"),
    "approved_revision": gettext_lazy("bản đã duyệt"),
    "client": gettext_lazy("cơ quan"),
    "collection": gettext_lazy("bộ sưu tập"),
    "changed": gettext_lazy("đã đổi"),
    "email": gettext_lazy("thư điện tử"),
    "expires": gettext_lazy("hết hạn lúc"),
    "groups": gettext_lazy("nhóm"),
    "guest": gettext_lazy("người được mời"),
    "from": gettext_lazy("từ ngày"),
    "how": gettext_lazy("bằng cách"),
    "is_active": gettext_lazy("đang hoạt động"),
    "is_staff": gettext_lazy("nhân viên"),
    "is_superuser": gettext_lazy("quản trị toàn hệ thống"),
    "items": gettext_lazy("các bài"),
    "kind": gettext_lazy("hình thức"),
    "link": gettext_lazy("liên kết số"),
    "page": gettext_lazy("trang số"),
    "password": gettext_lazy("mật khẩu"),
    "path": gettext_lazy("đường dẫn"),
    "people": gettext_lazy("người"),
    "permissions": gettext_lazy("quyền"),
    "person": gettext_lazy("người"),
    "purposes": gettext_lazy("mục đích"),
    "reason": gettext_lazy("lý do"),
    "release_at": gettext_lazy("giờ đăng"),
    "request": gettext_lazy("đề nghị số"),
    "revision": gettext_lazy("bản"),
    "route": gettext_lazy("đường duyệt"),
    "scope": gettext_lazy("phạm vi"),
    "seq": gettext_lazy("số trong sổ phát hành"),
    "step": gettext_lazy("bước"),
    "stopped_by": gettext_lazy("bài cần xem lại"),
    "to": gettext_lazy("đến ngày"),
    "username": gettext_lazy("tên tài khoản"),
    "version": gettext_lazy("phiên bản"),
    "when": gettext_lazy("hôm"),
}
HASHES = ("sha1", "sha256")  # long, and in the CSV


def details(data: dict[str, Any]) -> str:
    """One line: “phiên bản: 2; đường dẫn: /…”."""
    shown = [(NAMES.get(key, key), value) for key, value in data.items() if key not in HASHES]
    return "; ".join(f"{name}: {_value(value)}" for name, value in shown)


def _value(value: Any) -> str:
    if value is True:
        return _("có")
    if value is False:
        return _("không")
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    return str(value)
