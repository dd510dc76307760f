"""The checklist at the gate: what Ban Tuyên giáo can't approve, and what it must have looked at."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from stories import factories
from stories.moderation import services as moderation
from stories.moderation.models import Approval
from stories.moderation.services import NotReady
from stories.pages.models import Content, StoryPage, TargetGroup
from stories.releases.models import Item

pytestmark = pytest.mark.django_db
AMBERS = ["exemplars", "group", "contents"]  # of the factories' story


def shown(page) -> str:
    """The hash of what the review screen shows."""
    return page.get_latest_revision_as_object().content_sha256()


def at_board(people, **changes) -> StoryPage:
    page = factories.submit(factories.story(people["editor"], **changes), people["editor"])
    return factories.act(page, people["reviewer"])


def faultless(people, **changes) -> StoryPage:
    return at_board(
        people,
        group=TargetGroup.objects.get(code="nong-dan"),
        contents=Content.objects.filter(code="hoc-tap"),
        exemplars=[factories.exemplar(people["editor"])],
        **changes,
    )


def url(page) -> str:
    return reverse("review_page", args=[page.pk])


def post(client, user, page, **data):
    client.force_login(user)
    return client.post(url(page), {"approve": "1", "sha256": shown(page)} | data, follow=True)


# The gate


def test_a_red_problem_stops_the_approval_and_says_why(people) -> None:
    page = at_board(people, lead_picture=factories.picture(credit=""))
    codes = [problem.code for problem in page.publication_problems()]
    with pytest.raises(NotReady, match="Chưa ghi tác giả ảnh"), transaction.atomic():
        factories.act(page, people["board"], accepted=codes)
    assert not Approval.objects.exists()
    assert not Item.objects.exists()
    assert StoryPage.objects.get().current_workflow_task_state.status == "in_progress"


@pytest.mark.parametrize("accepted", [[], AMBERS[:2], ["phone"]])
def test_an_amber_problem_left_unticked_stops_the_approval(people, accepted) -> None:
    page = at_board(people)
    with pytest.raises(PermissionDenied, match="nội dung thi đua"), transaction.atomic():
        factories.act(page, people["board"], accepted=accepted)
    assert not Approval.objects.exists()


def test_what_was_ticked_is_recorded_with_the_approval(people) -> None:
    page = at_board(people)
    assert factories.act(page, people["board"], accepted=[*AMBERS, "email", "x"]).live
    assert Approval.objects.get().accepted == AMBERS


def test_a_faultless_story_needs_no_tick(people) -> None:
    assert factories.act(faultless(people), people["board"], accepted=[]).live
    assert Approval.objects.get().accepted == []


def test_submitting_and_unit_review_are_never_stopped(people) -> None:
    page = at_board(people, lead="", lead_picture=factories.picture(credit="", alt_text=""))
    assert page.current_workflow_task.name == "Ban Tuyên giáo phê duyệt"


def test_the_unit_reviewer_needs_no_tick(people) -> None:
    page = factories.submit(factories.story(people["editor"], lead=""), people["editor"])
    page = factories.act(page, people["reviewer"], accepted=[])
    assert page.current_workflow_task.name == "Ban Tuyên giáo phê duyệt"


def test_approving_by_wagtails_own_address_passes_the_same_gate(client, people) -> None:
    page = at_board(people)
    client.force_login(people["board"])
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(address, {})
    client.post(address, {"accepted": AMBERS})
    assert not StoryPage.objects.get().live


@pytest.mark.parametrize("route", ["import", "workflow"])
def test_the_import_route_alone_is_not_held(people, route) -> None:
    page = factories.story(people["editor"], lead="").get_latest_revision_as_object()
    if route == "workflow":
        with pytest.raises(NotReady):
            moderation.approve(page=page, user=people["board"], route=route)
        with pytest.raises(NotReady):
            moderation.approve_all(pages=[page], user=people["board"], route=route)
    else:
        moderation.approve(page=page, user=people["board"], route=route)
    assert Approval.objects.exists() == (route == "import")


# The review screen


def test_the_board_ticks_each_amber_item_and_approves(client, people) -> None:
    page = at_board(people)
    client.force_login(people["board"])
    html = client.get(url(page)).content.decode()
    for code in AMBERS:
        assert f'name="accepted" value="{code}" required' in html
    answer = post(client, people["board"], page, accepted=AMBERS[:1])
    assert answer.redirect_chain[0][0] == url(page)
    assert "Chưa phê duyệt được" in answer.content.decode()
    post(client, people["board"], page, accepted=AMBERS)
    assert StoryPage.objects.get().live
    assert Approval.objects.get().accepted == AMBERS


def test_a_red_item_disables_the_button_which_says_why(client, people) -> None:
    page = at_board(people, lead="")
    client.force_login(people["board"])
    html = client.get(url(page)).content.decode()
    assert 'class="button" disabled aria-describedby="vi-sao"' in html
    assert "còn 1 điều phải sửa" in html
    post(client, people["board"], page, accepted=AMBERS)
    assert not StoryPage.objects.get().live


def test_the_unit_reviewer_reads_the_same_list_and_is_only_warned(client, people) -> None:
    page = factories.submit(factories.story(people["editor"], lead=""), people["editor"])
    client.force_login(people["reviewer"])
    html = client.get(url(page)).content.decode()
    assert "Chưa có sa-pô" in html
    assert "Chưa chọn nhóm đối tượng" in html
    assert 'name="accepted"' not in html
    assert "disabled aria" not in html
    post(client, people["reviewer"], page)
    page = StoryPage.objects.get()
    assert page.current_workflow_task.name == "Ban Tuyên giáo phê duyệt"


def test_a_near_duplicate_links_to_the_earlier_story(client, people) -> None:
    body = [("paragraph", f"<p>{' '.join(f'chị{n}' for n in range(80))}</p>")]
    first = factories.publish(factories.story(people["editor"], body=body), people)
    page = at_board(people, title="Bài khác", body=body)
    client.force_login(people["board"])
    assert f'href="/id/{first.uuid}/"' in client.get(url(page)).content.decode()


def test_the_board_sees_what_a_correction_changes(client, people) -> None:
    page = factories.publish(
        factories.story(people["editor"], lead_picture=factories.picture(title="Ảnh cũ")), people
    )
    client.force_login(people["board"])
    page.lead, page.correction_note = "Hai mươi <năm>, đôi tay chị chưa rời vành nón.", "Sửa năm."
    page.lead_picture = None
    page.save_revision(user=people["editor"])
    page = factories.submit(StoryPage.objects.get(), people["editor"])
    page = factories.act(page, people["reviewer"])
    html = client.get(url(page)).content.decode()
    assert "<del>Ba </del><ins>Hai </ins>mươi <ins>&lt;</ins>năm<ins>&gt;</ins>, đôi tay" in html
    assert "<del>Ảnh cũ</del>" in html


def test_a_first_publication_shows_no_differences(client, people) -> None:
    page = at_board(people)
    client.force_login(people["board"])
    assert "Khác bản đang đăng" not in client.get(url(page)).content.decode()


def test_the_review_screen_takes_a_bounded_number_of_queries(
    client, people, django_assert_max_num_queries
) -> None:
    client.force_login(people["board"])

    def blocks(count: int) -> list:
        picture = {"picture": factories.picture(), "caption": "", "credit": ""}
        return [("picture", picture), *[("paragraph", f"<p>Đoạn {n}.</p>") for n in range(count)]]

    def look(count: int) -> int:
        page = factories.publish(factories.story(people["editor"], body=blocks(count)), people)
        page.body, page.correction_note = blocks(count + 1), "Sửa."
        page.save_revision(user=people["editor"])
        factories.submit(StoryPage.objects.get(pk=page.pk), people["editor"])
        page = factories.act(page, people["reviewer"])
        client.get(url(page))  # draws the pictures once
        with django_assert_max_num_queries(92) as done:
            assert client.get(url(page)).status_code == 200
        return len(done)

    assert abs(look(80) - look(20)) <= 1  # texts to compare are read if there are any


# Before saving


def edit_page(client, user, page) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_an_editor_is_told_whose_approval_an_edit_voids(client, people) -> None:
    page = at_board(people)
    html = edit_page(client, people["editor"], page)
    assert f"đã được duyệt bởi: {people['reviewer']} (Đơn vị duyệt)" in html
    assert "mất hiệu lực" in html


def test_an_editor_is_told_nothing_while_nobody_has_approved(client, people) -> None:
    page = factories.story(people["editor"])
    assert "mất hiệu lực" not in edit_page(client, people["editor"], page)
    page = factories.submit(page, people["editor"])
    assert "mất hiệu lực" not in edit_page(client, people["editor"], page)


def test_an_approval_that_an_edit_voided_is_not_told_of_again(client, people) -> None:
    page = at_board(people)
    page.lead = "Năm 2026."
    page.save_revision(user=people["editor"])
    page = StoryPage.objects.get()
    assert page.current_workflow_task.name == "Đơn vị duyệt"
    assert "mất hiệu lực" not in edit_page(client, people["editor"], page)
