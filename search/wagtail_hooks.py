from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search import desk


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("luu-tru/", desk.archive_desk, name="archive_desk"),
        path("luu-tru/danh-sach.csv", desk.as_csv, name="archive_csv"),
        path("luu-tru/danh-sach.xlsx", desk.as_xlsx, name="archive_xlsx"),
    ]


@hooks.register("register_admin_menu_item")
def archive_item() -> MenuItem:
    return MenuItem(
        _("Kho lưu trữ"),
        reverse("archive_desk"),
        name="archive",
        icon_name="folder-open-inverse",
        order=260,
    )
