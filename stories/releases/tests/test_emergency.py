"""An emergency release takes two named people and a reason, and is looked at again."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.audit.models import AuditEntry
from accounts.roles import BOARD
from stories import factories
from stories.moderation import emergency
from stories.moderation.models import Approval, EmergencyRelease
from stories.moderation.services import NotReady
from stories.pages.models import StoryPage
from stories.releases.models import Item

pytestmark = pytest.mark.django_db

WHY = "Lũ đang về, bà con cần số điện thoại cứu hộ."
ASKERS = {
    "editor": False,
    "other_editor": False,
    "other_reviewer": False,
    "admin": False,
    "reviewer": True,
    "province_reviewer": True,
    "board": True,
    "board2": True,
}
# Asked by `board`; `author` is of Ban Tuyên giáo too, and changed the text.
CONFIRMERS = {
    "editor": False,
    "reviewer": False,
    "province_reviewer": False,
    "admin": False,
    "board": False,
    "author": False,
    "board2": True,
}
# Asked by `board`, confirmed by `board2`.
REVIEWERS = {
    "editor": False,
    "reviewer": False,
    "admin": False,
    "board2": False,
    "board": True,
    "author": True,
}
REFUSERS = {
    "editor": False,
    "other_reviewer": False,
    "admin": False,
    "reviewer": True,  # who asked
    "board": True,
    "board2": True,
}


@pytest.fixture
def people(people):
    return people | {"author": factories.user("tuyengiao.viet", BOARD)}


@pytest.fixture
def page(people):
    page = factories.story(people["editor"], title="Số điện thoại cứu hộ")
    page.lead = "Gọi ngay khi nước lên."
    page.save_revision(user=people["author"])
    return StoryPage.objects.get(pk=page.pk)


def ambers(page) -> list[str]:
    draft = page.get_latest_revision_as_object()
    return [found.code for found in draft.publication_problems() if not found.is_red]


def ask(page, user) -> EmergencyRelease:
    return emergency.ask(page=page, user=user, reason=WHY)


def confirm(request, user) -> Approval:
    page = request.page.specific
    return emergency.confirm(request=request, user=user, accepted=ambers(page))


@pytest.mark.parametrize(("who", "may"), ASKERS.items())
def test_who_may_ask(people, page, who, may) -> None:
    if may:
        assert ask(page, people[who]).asked_by == people[who]
        return
    with pytest.raises(PermissionDenied):
        ask(page, people[who])
    assert not EmergencyRelease.objects.exists()


@pytest.mark.parametrize(("who", "may"), CONFIRMERS.items())
def test_who_may_confirm(people, page, who, may) -> None:
    request = ask(page, people["board"])
    if may:
        confirm(request, people[who])
    else:
        with pytest.raises(PermissionDenied):
            confirm(request, people[who])
    assert Item.objects.public().exists() == may
    assert Approval.objects.exists() == may


@pytest.mark.parametrize(("who", "may"), REVIEWERS.items())
def test_who_may_look_at_it_again(people, page, who, may) -> None:
    request = ask(page, people["board"])
    confirm(request, people["board2"])
    if may:
        emergency.review(request=request, user=people[who], note="Đúng quy định.")
    else:
        with pytest.raises(PermissionDenied):
            emergency.review(request=request, user=people[who], note="Đúng quy định.")
    assert EmergencyRelease.objects.to_review().exists() != may


@pytest.mark.parametrize(("who", "may"), REFUSERS.items())
def test_who_may_refuse(people, page, who, may) -> None:
    request = ask(page, people["reviewer"])
    if may:
        emergency.refuse(request=request, user=people[who])
    else:
        with pytest.raises(PermissionDenied):
            emergency.refuse(request=request, user=people[who])
    assert EmergencyRelease.objects.waiting().exists() != may


def test_the_approval_is_of_exactly_that_text_by_its_own_route(people, page) -> None:
    request = ask(page, people["reviewer"])
    approval = confirm(request, people["board"])
    assert (approval.route, approval.note) == ("emergency", WHY)
    assert approval.sha256 == request.sha256 == Item.objects.public().get().current.sha256
    assert StoryPage.objects.get(pk=page.pk).live
    request.refresh_from_db()
    assert (request.status, request.answered_by) == ("released", people["board"])


def test_a_text_that_changed_between_the_two_is_not_released(people, page) -> None:
    request = ask(page, people["reviewer"])
    page.lead = "Gọi số khác."
    page.save_revision(user=people["editor"])
    with pytest.raises(emergency.TextChanged):
        confirm(request, people["board"])
    assert not Item.objects.public().exists()
    again = ask(StoryPage.objects.get(pk=page.pk), people["reviewer"])
    request.refresh_from_db()
    assert (request.status, again.status) == ("refused", "asked")
    confirm(again, people["board"])
    assert Item.objects.public().get().current.data["lead"] == "Gọi số khác."


def test_the_unit_review_is_skipped_and_its_workflow_ends(people, page) -> None:
    page = factories.submit(page, people["editor"])
    confirm(ask(page, people["reviewer"]), people["board"])
    page = StoryPage.objects.get(pk=page.pk)
    assert page.live
    assert page.current_workflow_state is None


def test_the_submitter_may_not_confirm(people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["board2"])
    request = ask(page, people["board"])
    with pytest.raises(PermissionDenied):
        confirm(request, people["board2"])


def test_the_checklist_is_not_skipped(people) -> None:
    picture = factories.picture(caption="", credit="", alt_text="")
    page = factories.story(people["editor"], lead_picture=picture)
    request = ask(page, people["board"])
    with pytest.raises(NotReady):
        confirm(request, people["board2"])
    assert not Item.objects.public().exists()


def test_a_confirmation_is_good_once(people, page) -> None:
    request = ask(page, people["reviewer"])
    confirm(request, people["board"])
    with pytest.raises(PermissionDenied):
        confirm(request, people["board2"])
    with pytest.raises(PermissionDenied, match="đăng rồi"):
        ask(StoryPage.objects.get(pk=page.pk), people["reviewer"])


def test_the_same_text_is_asked_for_once(people, page) -> None:
    ask(page, people["reviewer"])
    with pytest.raises(PermissionDenied, match="đã có đề nghị"):
        ask(page, people["board"])


@pytest.mark.parametrize("words", ["", "  "])
def test_a_reason_and_a_note_are_needed(people, page, words) -> None:
    with pytest.raises(PermissionDenied):
        emergency.ask(page=page, user=people["board"], reason=words)
    request = ask(page, people["board"])
    confirm(request, people["board2"])
    with pytest.raises(PermissionDenied):
        emergency.review(request=request, user=people["board"], note=words)


def test_the_database_itself_wants_two_people_and_an_approval(people, page) -> None:
    request = ask(page, people["board"])
    request.status = "released"
    with pytest.raises(IntegrityError), transaction.atomic():
        request.save()
    request.approval = Approval.objects.create(
        item=page.uuid, sha256="0" * 64, route="emergency", approved_by=people["board"]
    )
    request.answered_by = people["board"]
    with pytest.raises(IntegrityError), transaction.atomic():
        request.save()


def test_every_step_is_in_the_audit_trail(people, page) -> None:
    before = AuditEntry.objects.count()
    request = ask(page, people["reviewer"])
    confirm(request, people["board"])
    emergency.review(request=request, user=people["board2"], note="Đúng quy định.")
    found = AuditEntry.objects.order_by("seq").values_list("actor", "action")[before:]
    assert list(found) == [
        ("duyet.lamthao", "emergency_asked"),
        ("tuyengiao", "approved"),
        ("tuyengiao", "emergency_confirmed"),
        ("tuyengiao", "released"),
        ("tuyengiao2", "emergency_reviewed"),
    ]


def test_the_whole_way_in_the_admin(client, people, page) -> None:
    client.force_login(people["reviewer"])
    url = reverse("emergency_ask", args=[page.pk])
    assert (
        reverse("emergency_ask", args=[page.pk])
        in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    )
    assert "Gọi ngay khi nước lên." in client.get(url).text
    stale = {"reason": WHY, "revision": "1"}
    client.post(url, stale)
    assert not EmergencyRelease.objects.exists()
    client.post(url, {"reason": WHY, "revision": page.latest_revision_id})
    request = EmergencyRelease.objects.get()
    one, listing = reverse("emergency", args=[request.pk]), reverse("emergency_list")
    assert "Xác nhận, phê duyệt và đăng" not in client.get(one).text
    client.post(one, {"confirm": "1", "accepted": ambers(page)})
    assert not Item.objects.public().exists()

    client.force_login(people["board"])
    assert one in client.get(listing).text
    assert WHY in client.get(one).text
    assert all('id="header-title"' in client.get(url).text for url in (one, listing))
    client.post(one, {"confirm": "1", "accepted": ambers(page)})
    assert Item.objects.public().exists()
    assert "Nhận xét khi xem lại" not in client.get(one).text

    client.force_login(people["board2"])
    assert client.post(one, {"review": "1", "note": ""}).status_code == 200
    client.post(one, {"review": "1", "note": "Đúng quy định."})
    assert "Đúng quy định." in client.get(listing).text
    assert not EmergencyRelease.objects.to_review().exists()


@pytest.mark.parametrize("who", ["editor", "other_editor", "other_reviewer"])
def test_others_see_nothing_of_it(client, people, page, who) -> None:
    request = ask(page, people["board"])
    client.force_login(people[who])
    for url in (
        reverse("emergency_ask", args=[page.pk]),
        reverse("emergency", args=[request.pk]),
        reverse("emergency_list"),
    ):
        assert client.get(url).status_code in (302, 403)
    assert reverse("emergency_list") not in client.get(reverse("wagtailadmin_home")).text


def test_a_changed_text_says_so_on_the_screen(client, people, page) -> None:
    request = ask(page, people["reviewer"])
    page.lead = "Khác."
    page.save_revision(user=people["editor"])
    client.force_login(people["board"])
    text = client.get(reverse("emergency", args=[request.pk])).text
    assert "Bài đã được sửa sau khi đề nghị" in text
    assert "Xác nhận, phê duyệt và đăng" not in text
