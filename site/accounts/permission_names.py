"""What a permission lets one do, in Vietnamese: Django makes “Can add …” of it."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext, gettext_lazy

VERBS = {
    "add": gettext_lazy("Thêm %(what)s"),
    "change": gettext_lazy("Sửa %(what)s"),
    "delete": gettext_lazy("Xóa %(what)s"),
    "view": gettext_lazy("Xem %(what)s"),
    "choose": gettext_lazy("Chọn %(what)s"),
    "publish": gettext_lazy("Đăng %(what)s"),
    "lock": gettext_lazy("Khóa %(what)s"),
    "unlock": gettext_lazy("Mở khóa %(what)s của người khác"),
    "bulk_delete": gettext_lazy("Xóa %(what)s cùng các trang con"),
    "access": gettext_lazy("Vào %(what)s"),
}
OTHERS = {"admin": gettext_lazy("trang quản trị")}


def told(codename: str) -> str:
    """What a permission lets one do ("publish_page": “Đăng trang”); the code where unknown."""
    verb, _underscore, name = codename.rpartition("_")
    if verb not in VERBS:
        return codename
    return VERBS[verb] % {"what": OTHERS.get(name) or _things().get(name, name)}


def _things() -> dict[str, str]:
    found = {model._meta.model_name: str(model._meta.verbose_name) for model in apps.get_models()}
    # Pictures and documents go by Wagtail's own models, whatever replaces them.
    return found | {"image": gettext("ảnh"), "document": gettext("tài liệu")}
