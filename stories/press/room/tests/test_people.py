"""Who looks after a newsroom's people: Ban Tuyên giáo for all, a newsroom's own administrator."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.audit.models import AuditEntry
from stories.press.models import PressPerson
from stories.press.room.tests.newsrooms import browser, mailed
from stories.press.tests import ledger

pytestmark = pytest.mark.django_db
COLLEAGUES = "/bao-chi/dong-nghiep/"


@pytest.fixture
def board(client, people):
    client.force_login(people["board"])
    return client


def test_the_board_invites_changes_and_shuts_out(board, paper):
    data = {"client": paper.pk, "name": "Hà", "email": "Ha@bao.example", "is_admin": "on"}
    assert board.post(reverse("press_people:add"), data).status_code == 302
    made = PressPerson.objects.get()
    assert (made.email, made.is_admin, made.has_usable_password()) == (
        "ha@bao.example",
        True,
        False,
    )
    assert mailed()[0].to == ["ha@bao.example"]
    board.post(reverse("press_person_invite", args=[made.pk]))
    assert len(mailed()) == 1
    data |= {"email": "ha.moi@bao.example", "is_active": ""}
    board.post(reverse("press_people:edit", args=[made.pk]), data)
    made.refresh_from_db()
    assert not made.is_active
    assert not mailed()
    changed = AuditEntry.objects.get(action="press_person_changed")
    assert changed.actor == "tuyengiao"
    assert '"is_active":[true,false]' in changed.data
    page = board.get(reverse("press_people:index")).content.decode()
    assert "đã ngừng" in page


def test_a_new_address_takes_the_password_along(board, lan):
    data = {"name": lan.name, "email": "khac@bao.example", "is_active": "on"}
    board.post(reverse("press_people:edit", args=[lan.pk]), data)
    lan.refresh_from_db()
    assert not lan.has_usable_password()
    assert mailed()[0].to == ["khac@bao.example"]


def test_the_board_sees_who_took_what(board, lan):
    ledger.story(1)
    browser(lan).get(f"/bao-chi/bai/{ledger.nth(1)}/chep/")
    page = board.get(reverse("press_downloads:index")).content.decode()
    assert "Bài số 1" in page
    assert lan.name in page
    assert "sao chép" in page


@pytest.mark.parametrize("who", ["editor", "reviewer", "office"])
def test_other_staff_do_not_see_people(client, people, who, lan):
    from stories import factories

    people["office"] = factories.user("vanphong", "Văn phòng")
    client.force_login(people[who])
    for name, args in (("index", []), ("add", []), ("edit", [lan.pk]), ("inspect", [lan.pk])):
        assert client.get(reverse(f"press_people:{name}", args=args)).status_code in (302, 403)
    again = client.post(reverse("press_person_invite", args=[lan.pk]))
    assert again.status_code in (302, 403)
    assert not mailed()


def test_nobody_deletes_a_person(client, people, lan):
    client.force_login(people["admin"])
    client.post(reverse("press_people:delete", args=[lan.pk]))
    assert PressPerson.objects.exists()


def test_an_administrator_invites_into_her_own_newsroom(chief, radio):
    client = browser(chief)
    data = {"name": "Mai", "email": "mai@bao.example", "client": radio.pk, "is_admin": "on"}
    assert client.post(COLLEAGUES, data).status_code == 302
    made = PressPerson.objects.get(email="mai@bao.example")
    assert (made.client_id, made.is_admin) == (chief.client_id, False)
    assert mailed()[0].to == [made.email]
    client.post(f"{COLLEAGUES}{made.pk}/moi/")
    assert len(mailed()) == 1
    entry = AuditEntry.objects.filter(action="press_person_invited").last()
    assert (entry.actor, '"by":"Phóng viên truong@bao.example"' in entry.data) == ("", True)


def test_an_administrator_shuts_out_colleagues_but_neither_herself_nor_strangers(chief, lan, hoa):
    client, hers = browser(chief), browser(lan)
    for other in (hoa, chief):
        assert client.post(f"{COLLEAGUES}{other.pk}/").status_code == 404
        assert client.post(f"{COLLEAGUES}{other.pk}/moi/").status_code in (302, 404)
    assert hoa.email not in client.get(COLLEAGUES).content.decode()
    client.post(f"{COLLEAGUES}{lan.pk}/")
    assert hers.get("/bao-chi/").content.decode().count("Đăng xuất") == 0
    assert set(PressPerson.objects.filter(is_active=True)) == {chief, hoa}
    client.post(f"{COLLEAGUES}{lan.pk}/", {"on": "1"})
    assert "Đăng xuất" in hers.get("/bao-chi/").content.decode()
    assert not mailed()


def test_reporters_do_not_look_after_people(lan, chief):
    client = browser(lan)
    assert client.get(COLLEAGUES).status_code == 404
    assert client.post(f"{COLLEAGUES}{chief.pk}/").status_code == 404
    assert COLLEAGUES not in client.get("/bao-chi/").content.decode()
