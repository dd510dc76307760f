"""The site's menus, once: the templates show them (`{% menu %}`), the API tells them.

A link's `name` is for templates and programs and stays; `title` is for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Link:
    name: str
    title: StrOrPromise
    path: str


@dataclass(frozen=True)
class Menu:
    title: StrOrPromise
    links: tuple[Link, ...]

    def __getitem__(self, name: str) -> Link:
        """By name. Raises KeyError."""
        return {link.name: link for link in self.links}[name]


MAIN = Menu(
    _("Chuyên mục"),
    (
        Link("home", _("Trang chủ"), "/"),
        Link("column", _("Phụ nữ Đất Tổ"), "/phu-nu-dat-to/"),
        Link("exemplars", _("Điển hình"), "/dien-hinh/"),
        Link("units", _("Xã, phường"), "/don-vi/"),
        Link("subjects", _("Chủ đề"), "/chu-de/"),
        Link("archive", _("Lưu trữ"), "/luu-tru/"),
        Link("press", _("Báo chí"), "/bao-chi/"),
    ),
)
READ = Menu(
    _("Đọc"),
    (
        Link("column", _("Chuyên mục Phụ nữ Đất Tổ"), "/phu-nu-dat-to/"),
        Link("exemplars", _("Điển hình tiên tiến"), "/dien-hinh/"),
        Link("units", _("Xã, phường, đơn vị"), "/don-vi/"),
        Link("subjects", _("Chủ đề"), "/chu-de/"),
        Link("archive", _("Kho lưu trữ"), "/luu-tru/"),
    ),
)
PRESS = Menu(
    _("Cho báo chí"),
    (
        Link("about", _("Về trang này"), "/gioi-thieu/"),
        Link("press", _("Dành cho báo chí"), "/bao-chi/"),
        Link("atom", _("Nguồn tin Atom"), "/phu-nu-dat-to/atom.xml"),
    ),
)
FOOTER = (READ, PRESS)
ABOUT = _(
    "Trang giới thiệu điển hình tiên tiến của Hội Liên hiệp Phụ nữ tỉnh Phú Thọ. Mỗi bài đều được "
    "Ban Tuyên giáo duyệt trước khi đăng."
)
ALL = {"main": MAIN, "read": READ, "press": PRESS}
