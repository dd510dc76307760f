"""What Django and Wagtail name in English by themselves has a Vietnamese name all the same."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import Collection, Page

from accounts import permission_names
from accounts.audit import words

pytestmark = pytest.mark.django_db


def test_no_permission_keeps_its_english_name() -> None:
    english = ("Can ", "Publish", "Lock", "Unlock", "Delete")
    names = dict(Permission.objects.values_list("codename", "name"))
    assert len(names) > 50
    assert {code: name for code, name in names.items() if name.startswith(english)} == {}
    assert names["change_unit"] == "Sửa đơn vị"
    assert names["publish_page"] == "Đăng trang"
    assert names["access_admin"] == "Vào trang quản trị"


def test_the_roots_are_called_so() -> None:
    assert Page.objects.get(depth=1).title == "Gốc"
    assert Collection.objects.get(depth=1).name == "Gốc"


def test_an_unknown_permission_is_called_by_its_code() -> None:
    assert permission_names.told("fly") == "fly"


def test_the_trail_tells_codes_in_words() -> None:
    told = words.details({"kind": "canceled", "reason": "consent", "permissions": ["add_page"]})
    assert told == "hình thức: thu hồi; lý do: sự đồng ý của nhân vật; quyền: Thêm trang"
    assert words.target("user:duyet.lamthao") == "tài khoản: duyet.lamthao"
    assert words.target("khác:1") == "khác:1"


def test_columns_that_wagtail_leaves_without_a_label_have_one(client, people) -> None:
    client.force_login(people["admin"])
    text = client.get(reverse("wagtailsites:index")).content.decode()
    assert "Cổng" in text and "Trang gốc" in text
