"""The screens of bundles: from the queue into a bundle, its approval, and what others are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from stories import factories
from stories.moderation import bundles
from stories.moderation.models import Approval, Bundle
from stories.moderation.tests import bundling
from stories.moderation.tests.reviews import waiting
from stories.pages.models import StoryPage

pytestmark = pytest.mark.django_db
URL = "/quan-tri/chum-bai/"
Status = Bundle.Status


@pytest.fixture
def board(client, people):
    client.force_login(people["board"])
    return client


def url(name: str, made: Bundle, *more) -> str:
    return reverse(f"desk_bundle{name}", args=[made.pk, *more])


def html(client, target: str, data: dict | None = None) -> str:
    answer = client.get(target) if data is None else client.post(target, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def ticked(made: Bundle, *pages, **more) -> dict:
    """What the form of the approval sends when all is ticked."""
    release_at = made.release_at.isoformat() if made.release_at else ""
    chosen = [bundling.choice(page) for page in pages]
    data = {"release_at": release_at, "approve": [one.state_id for one in chosen]}
    for one in chosen:
        data[f"revision-{one.state_id}"] = one.revision_id
        data[f"sha256-{one.state_id}"] = one.sha256
        data[f"accepted-{one.state_id}"] = list(one.accepted)
    return data | more


@pytest.mark.parametrize(
    "who", ["editor", "reviewer", "other_editor", "province_reviewer", "admin"]
)
def test_only_the_board_enters_any_of_its_screens(client, people, who) -> None:
    page = bundling.at_board(people)
    made = bundling.bundle(people, page)
    client.force_login(people[who])
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "desk-bundles" not in home
    item = made.items.get().pk
    targets = [URL, f"{URL}moi/", url("", made), url("_remove", made, item)]
    targets += [url(f"_{name}", made) for name in ("edit", "add", "approve", "reopen", "cancel")]
    for target in targets:
        for answer in (client.get(target), client.post(target, ticked(made, page))):
            assert answer.status_code in {302, 405}, target
            assert "chum-bai" not in answer.headers.get("Location", "")
    assert bundling.reload(made).status == Status.PREPARING
    assert made.items.exists()
    assert not Approval.objects.exists()


def test_the_board_finds_it_beside_the_queue(board) -> None:
    assert "desk-bundles" in html(board, reverse("wagtailadmin_home"))
    assert "Không có chùm nào" in html(board, URL)


def test_texts_ticked_in_the_queue_go_into_a_new_bundle(board, people) -> None:
    states = [waiting(people, title=title).pk for title in ("Một", "Hai")]
    assert reverse("desk_bundle_new") in html(board, reverse("desk_queue"))
    text = html(board, f"{URL}moi/", {"state": states})
    assert "Các bài đã chọn (2)" in text
    assert not Bundle.objects.exists()
    data = {"state": states, "create": "1", "title": "Chùm 8/3", "note": "", "release_at": ""}
    text = html(board, f"{URL}moi/", data)
    assert "Đã lập chùm bài" in text
    made = Bundle.objects.get()
    assert sorted(made.items.values_list("title", flat=True)) == ["Hai", "Một"]
    text = html(board, reverse("desk_queue"))
    assert text.count("trong chùm “Chùm 8/3” đang chuẩn bị") == 2


def test_texts_ticked_in_the_queue_go_into_a_bundle_in_preparation(board, people) -> None:
    made = bundling.bundle(people)
    state = waiting(people, title="Một").pk
    assert made.title in html(board, f"{URL}moi/", {"state": state})
    assert "Đã đưa các bài vào chùm" in html(
        board, f"{URL}moi/", {"state": state, "bundle": made.pk}
    )
    assert made.items.get().title == "Một"
    assert "Chưa chọn bài nào" in html(board, f"{URL}moi/", {"bundle": made.pk})


@pytest.mark.parametrize("data", [{"bundle": "x"}, {"bundle": "999"}])
def test_a_bundle_that_is_not_there_is_not_found(board, data) -> None:
    assert board.post(f"{URL}moi/", data).status_code == 404


def test_the_time_is_viet_nams_and_one_that_is_past_is_refused(board, people) -> None:
    data = {"create": "1", "title": "Chùm", "note": "", "release_at": "2099-03-08T06:00"}
    html(board, f"{URL}moi/", data)
    made = Bundle.objects.get()
    assert made.release_at == datetime(2099, 3, 8, 6, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    text = html(board, url("", made))
    assert "06:00 ngày 08/03/2099" in text
    assert "giờ Việt Nam" in text
    assert 'value="2099-03-08T06:00"' in html(board, url("_edit", made))
    past = timezone.localtime() - timedelta(hours=1)
    text = html(board, url("_edit", made), data | {"release_at": f"{past:%Y-%m-%dT%H:%M}"})
    assert "Giờ đăng đã qua. Hãy chọn một giờ sắp tới, hoặc bỏ trống" in text
    assert bundling.reload(made).release_at.year == 2099
    html(board, url("_edit", made), data | {"release_at": "", "title": "Đổi tên"})
    made = bundling.reload(made)
    assert (made.title, made.release_at) == ("Đổi tên", None)


def test_texts_are_found_and_added_at_any_step(board, people) -> None:
    made = bundling.bundle(people)
    bundling.bundle(people, bundling.at_board(people, "Ở chùm khác"), title="Khác")
    draft = factories.story(people["editor"], title="Chưa gửi")
    factories.publish(factories.story(people["editor"], title="Đã đăng rồi"), people)
    text = html(board, url("_add", made))
    assert "Chưa gửi" in text
    assert "Ở chùm khác" not in text
    assert "Đã đăng rồi" not in text
    assert "Không có bài nào như vậy" in html(board, url("_add", made) + "?q=không+có")
    text = html(board, url("_add", made), {"page": [draft.pk, "x"]})
    assert "1 bài chưa sẵn sàng" in text
    assert "chưa gửi duyệt, hoặc đã trả lại" in text
    assert url("_approve", made) not in text
    assert made.items.get().page_id == draft.pk


def test_the_approval_shows_each_checklist_authors_time_and_the_text(board, people) -> None:
    page = bundling.at_board(people, "Một")
    exemplar = bundling.exemplar_at_board(people)
    made = bundling.bundle(people, page, exemplar)
    text = html(board, url("_approve", made))
    assert text.count("người viết: bientap.lamthao") == 2
    assert text.count("mới gửi hôm nay") == 2
    assert reverse("review_page", args=[page.pk]) in text
    for one in (page, exemplar):
        chosen = bundling.choice(one)
        assert f'value="{chosen.sha256}"' in text
        assert text.count(f'name="accepted-{chosen.state_id}"') == len(chosen.accepted)
    assert text.index(">Nguyễn Thị Lan</a>") < text.index(">Một</a>")
    assert "disabled" not in text[text.index("desk-bar") :]
    assert not Approval.objects.exists()


def test_all_ticked_comes_out_at_once(board, people) -> None:
    pages = [bundling.at_board(people, title) for title in ("Một", "Hai")]
    made = bundling.bundle(people, *pages)
    text = html(board, url("_approve", made), ticked(made, *pages))
    assert "Đã duyệt và đăng cả chùm" in text
    assert "đã đăng cùng chùm" in text
    assert StoryPage.objects.live().count() == 2


def test_all_ticked_for_a_time_waits_and_says_when(board, people) -> None:
    page = bundling.at_board(people)
    made = bundling.bundle(people, page, release_at=bundling.soon())
    text = html(board, url("_approve", made), ticked(made, page))
    assert f"đăng lúc {made.time_words} (giờ Việt Nam)" in text
    assert not StoryPage.objects.live().exists()
    queue = html(board, reverse("desk_queue"))
    assert "đã duyệt trong chùm" in queue
    assert 'name="state"' not in queue
    review = html(board, reverse("review_page", args=[page.pk]))
    assert "Mở chùm bài" in review
    assert 'name="approve" value="1" class="button" disabled' in review


def test_one_tick_missing_approves_nothing_and_keeps_the_other_ticks(board, people) -> None:
    pages = [bundling.at_board(people, title) for title in ("Một", "Hai")]
    made = bundling.bundle(people, *pages)
    state = bundling.choice(pages[1]).state_id
    data = ticked(made, *pages, **{f"accepted-{state}": []})
    text = html(board, url("_approve", made), data)
    assert "“Hai”: Chưa phê duyệt được" in text
    ticks = sum(len(bundling.choice(page).accepted) for page in pages[:1]) + len(pages)
    assert text.count(" checked") == ticks
    assert bundling.reload(made).status == Status.PREPARING
    assert not Approval.objects.exists()


def test_a_form_shown_with_another_time_approves_nothing(board, people) -> None:
    page = bundling.at_board(people)
    made = bundling.bundle(people, page, release_at=bundling.soon())
    for wrong in ("", "2099-99-99T00:00", "2099-03-08T06:00:00+07:00"):
        text = html(board, url("_approve", made), ticked(made, page) | {"release_at": wrong})
        assert "vừa được sửa" in text
    assert not Approval.objects.exists()


def test_what_cannot_be_approved_has_no_button(board, people) -> None:
    own = factories.story(people["board"], title="Của mình")
    own = factories.act(factories.submit(own, people["board"]), people["reviewer"])
    for title, page in {
        "own": own,
        "red": bundling.at_board(people, "Thiếu", lead=""),
        "early": factories.story(people["editor"], title="Chưa gửi"),
    }.items():
        made = bundling.bundle(people, page, title=title)
        text = html(board, url("_approve", made))
        assert 'disabled aria-describedby="vi-sao"' in text, title
        html(board, url("_approve", made), ticked(made))
        assert bundling.reload(made).status == Status.PREPARING


def test_taking_out_reopening_and_canceling_by_the_buttons(board, people) -> None:
    page, other = bundling.at_board(people, "Một"), bundling.at_board(people, "Hai")
    made = bundling.scheduled(people, page, other)
    text = html(board, url("", made))
    assert "Thôi duyệt, chuẩn bị lại" in text
    item = made.items.get(item=page.uuid).pk
    text = html(board, url("_remove", made, item), {})
    assert "“Một” đã được rút khỏi chùm." in text
    assert "Cần xem lại" in text
    assert "không còn trong chùm" in html(board, url("_remove", made, item), {})
    assert "Đang chuẩn bị" in html(board, url("_reopen", made), {})
    assert "không mất gì" in html(board, url("_cancel", made))
    assert "Đã hủy" in html(board, url("_cancel", made), {})
    for name in ("edit", "add", "approve", "cancel"):
        assert board.get(url(f"_{name}", made)).url == url("", made)
    assert "không làm được việc này" in html(board, url("_reopen", made), {})


def test_a_stopped_bundle_says_which_text_and_why(board, people) -> None:
    page = bundling.at_board(people)
    made = bundling.scheduled(people, page)
    page.get_latest_revision_as_object().save_revision(user=people["editor"])
    text = html(board, url("", made))
    assert "Bài đã được sửa sau khi chùm được duyệt." in text
    assert "đang ở bước" in text
    assert "Cần xem lại" in html(board, URL)


def test_the_editor_reads_in_which_bundle_her_text_is_and_when_it_comes_out(client, people) -> None:
    page = bundling.at_board(people)
    made = bundling.scheduled(people, page)
    client.force_login(people["editor"])
    told = f"trong chùm “Chùm 8/3”, đăng lúc {made.time_words}"
    assert told in html(client, reverse("wagtailadmin_home"))
    text = html(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert told in text
    assert "cả chùm dừng lại" in text
    bundles.cancel(bundle=made, user=people["board"])
    assert "Chùm 8/3" not in html(client, reverse("wagtailadmin_home"))


def test_the_list_and_the_bundle_cost_the_same_for_one_and_for_twenty(
    board, people, django_assert_max_num_queries
) -> None:
    def cost(target: str) -> int:
        board.get(target)
        with django_assert_max_num_queries(30) as found:
            board.get(target)
        return len(found)

    pages = [bundling.at_board(people, f"Bài {n}") for n in range(10)]
    pages += [factories.story(people["editor"], title=f"Nháp {n}") for n in range(10)]
    one = bundling.bundle(people, pages[0])
    few = [cost(URL), cost(url("", one)), cost(reverse("desk_queue"))]
    bundles.cancel(bundle=one, user=people["board"])
    twenty = bundling.bundle(people, *pages)
    for n in range(18):
        bundling.bundle(people, title=f"Chùm {n}")
    assert [cost(URL), cost(url("", twenty)), cost(reverse("desk_queue"))] == few
    text = html(board, url("", twenty))
    assert text.count("Rút ra") == 20
    bundles.cancel(bundle=twenty, user=people["board"])
    fewer = bundling.bundle(people, *pages[:19], title="Mười chín")
    alone = cost(url("_add", fewer))
    bundles.cancel(bundle=fewer, user=people["board"])
    assert cost(url("_add", bundling.bundle(people, title="Không"))) == alone
