"""What the press hears of bundles: what Ban Tuyên giáo said that it may, and no title of a draft."""

from __future__ import annotations

import pytest
from django.urls import reverse

from stories.moderation import bundles
from stories.moderation.models import Bundle
from stories.moderation.tests import bundling
from stories.press.room.tests.newsrooms import ROOM, browser
from stories.press.tests import payloads
from stories.press.tests.ledger import publish
from stories.releases.models import Item

pytestmark = pytest.mark.django_db
CALENDAR = f"{ROOM}lich/"
CANARY = "Tít chưa duyệt của bài trong chùm"


def said(client) -> str:
    return client.get(CALENDAR).content.decode()


def told(made: Bundle) -> Bundle:
    Bundle.objects.filter(pk=made.pk).update(told_to_press=True)
    return made


def test_only_what_the_board_marked_is_told_and_of_drafts_no_title(lan, people):
    page = bundling.at_board(people, CANARY)
    bundling.bundle(people, page, release_at=bundling.soon(), title="Chùm kín")
    other = bundling.at_board(people, CANARY + " hai")
    told(bundling.bundle(people, other, release_at=bundling.soon(), title="Chùm 20/10"))
    calendar = said(browser(lan))
    assert "Chùm 20/10" in calendar
    assert "1 bài" in calendar
    assert "Chùm kín" not in calendar
    assert CANARY not in calendar


def test_the_board_marks_it_in_the_form(client, people, lan):
    client.force_login(people["board"])
    made = bundling.bundle(people, title="Chùm mới")
    form = {"title": "Chùm mới", "note": "Ghi chú kín", "release_at": "", "told_to_press": "on"}
    client.post(reverse("desk_bundle_edit", args=[made.pk]), form)
    calendar = said(browser(lan))
    assert "Chùm mới" in calendar
    assert "chưa định ngày" in calendar
    assert "Ghi chú kín" not in calendar
    bundles.cancel(bundle=made, user=people["board"])
    assert "Chùm mới" not in said(browser(lan))


def test_what_is_out_lists_the_texts_that_the_newsroom_may_have(lan, hoa, people):
    pages = [bundling.at_board(people, title) for title in ("Bài một", "Bài hai")]
    made = bundling.bundle(people, *pages, title="Chùm đã đăng")
    told(bundling.approve(made, people["board"], *pages))
    item = Item.objects.get(pk=pages[1].uuid)
    narrower = [p for p in payloads.PURPOSES if p != "newspaper"]
    publish(item.current.data | {"kind": "correction", "purposes": narrower, "note": "."})
    paper, radio = said(browser(lan)), said(browser(hoa))
    assert "Bài một" in paper
    assert "Bài hai" not in paper
    assert "Bài hai" in radio
