"""What lists of pages in the admin say about a page."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from stories import factories
from stories.pages.models import Withdrawal

pytestmark = pytest.mark.django_db


def test_a_page_that_was_taken_down_is_told_from_a_draft(client, people) -> None:
    draft = factories.story(people["editor"], title="Bài đang viết")
    gone = factories.publish(factories.story(people["editor"], title="Bài từng đăng"), people)
    gone.withdraw(Withdrawal("withheld", "Xem lại."), people["board"])
    client.force_login(people["editor"])

    listed = client.get(reverse("wagtailadmin_explore", args=[draft.get_parent().pk]))

    said = {}
    for row in listed.content.decode().split("<tr"):
        if title := re.search("Bài đang viết|Bài từng đăng", row):
            said[title[0]] = strip_tags(
                re.search(r'<span[^>]*class="w-status.*?</td>', row, re.S)[0]
            )
    assert "bản nháp" in said["Bài đang viết"].lower()
    assert "đã gỡ" in said["Bài từng đăng"].lower()
