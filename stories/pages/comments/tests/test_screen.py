"""Commenting on the review screen, part by part, without a script."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail.models import Comment

from stories import factories
from stories.moderation import commenting, comments
from stories.pages.comments.parts import places
from stories.pages.models import ExemplarPage, StoryPage

pytestmark = pytest.mark.django_db


def body() -> list:
    return [
        ("paragraph", "<p>Sáng sớm ở khu 5, chị Lan đã ngồi bên khung nón.</p>"),
        ("heading", "Ba mươi năm giữ nghề"),
        ("picture", {"picture": factories.picture(), "caption": "Chị Lan.", "credit": ""}),
        ("quote", {"text": "Nghề nuôi mình.", "attribution": "chị Lan"}),
        ("figures", [{"value": "20", "label": "chị em được dạy nghề"}]),
        ("video", {"url": "https://youtu.be/x", "title": "Chị Lan dạy nghề"}),
    ]


def at_unit(people, **fields) -> StoryPage:
    return factories.submit(factories.story(people["editor"], **fields), people["editor"])


def offered(client, url: str) -> list[str]:
    """The parts that the screen has a form for."""
    html = client.get(url).content.decode()
    return [unescape(one) for one in re.findall(r'name="contentpath" value="([^"]+)"', html)]


def review(page) -> str:
    return reverse("review_page", args=[page.pk])


def screen(page) -> str:
    return reverse("page_comments", args=[page.pk])


def test_every_part_of_the_text_can_be_commented_on(client, people) -> None:
    page = at_unit(people, body=body(), lead_picture=factories.picture(seed=1))
    client.force_login(people["reviewer"])
    shown = offered(client, review(page))
    draft = page.get_latest_revision_as_object()
    ends = ["", "", ".picture", ".text", None, ".title"]
    wanted = [
        f"body.{child.id}{end}"
        for child, end in zip(draft.body, ends, strict=True)
        if end is not None
    ]
    figures = draft.body[4]
    wanted.insert(4, f"body.{figures.id}.{figures.value.bound_blocks[0].id}.value")
    assert shown == ["title", "lead", "lead_picture", *wanted, "body"]
    assert set(shown) == set(places(draft))


def test_each_of_those_places_is_one_that_wagtails_editor_knows(client, people) -> None:
    page = at_unit(people, body=body(), lead_picture=factories.picture(seed=1))
    draft = page.get_latest_revision_as_object()
    for path in places(draft):
        assert Comment(contentpath=path).has_valid_contentpath(draft), path


def test_the_profile_of_an_exemplar_too(client, people) -> None:
    page = factories.submit(factories.exemplar(people["editor"]), people["editor"])
    client.force_login(people["reviewer"])
    assert {"title", "role", "lead", "body"} < set(offered(client, review(page)))
    assert isinstance(page, ExemplarPage)


def test_a_reviewer_comments_and_comes_back_to_the_same_place(client, people) -> None:
    page = at_unit(people)
    block = page.get_latest_revision_as_object().body[0].id
    client.force_login(people["reviewer"])
    said = {"contentpath": f"body.{block}", "text": "Từ năm nào?", "next": review(page)}
    answer = client.post(screen(page), said | {"add": "1"})
    assert answer.url == f"{review(page)}#phan-body-{block}"
    html = client.get(answer.url).content.decode()
    assert "Góp ý (1 chưa xong)" in html
    assert html.count("Từ năm nào?") == 2  # at its place, and in the list
    client.force_login(people["editor"])
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f'"contentpath": "body.{block}"' in editor


def test_what_is_written_is_shown_as_text(client, people) -> None:
    page = at_unit(people)
    client.force_login(people["reviewer"])
    evil = "<script>alert(1)</script>"
    client.post(screen(page), {"contentpath": "title", "text": evil, "add": "1"})
    assert evil not in client.get(review(page)).content.decode()


def test_one_replies_and_settles(client, people) -> None:
    page = at_unit(people)
    known = commenting.add(
        page=page, user=people["reviewer"], contentpath="lead", text="Ai kể lại?"
    )
    client.force_login(people["editor"])
    client.post(screen(page), {"reply": str(known.pk), "text": "Chị Lan kể."})
    client.force_login(people["reviewer"])
    html = client.get(review(page)).content.decode()
    assert "Chị Lan kể." in html
    answer = client.post(screen(page), {"resolve": str(known.pk), "next": review(page)})
    assert answer.url == f"{review(page)}#gop-y"
    html = client.get(review(page)).content.decode()
    assert "Mọi góp ý đã xong." in html
    assert "Góp ý đã xong (1)" in html
    known.refresh_from_db()
    assert known.resolved_by == people["reviewer"]


def test_what_is_settled_takes_no_more_answers(client, people) -> None:
    page = at_unit(people)
    known = commenting.add(page=page, user=people["reviewer"], contentpath="lead", text="Ai kể?")
    commenting.resolve(comment=known, user=people["reviewer"])
    client.force_login(people["editor"])
    answer = client.post(screen(page), {"reply": str(known.pk), "text": "Chị Lan."}, follow=True)
    assert "không trả lời thêm được" in answer.content.decode()
    assert not known.replies.exists()


@pytest.mark.parametrize("text", ["", "   ", "dài " * 1000])
def test_an_empty_or_endless_comment_is_refused(client, people, text) -> None:
    page = at_unit(people)
    client.force_login(people["reviewer"])
    client.post(screen(page), {"contentpath": "title", "text": text, "add": "1"})
    assert not Comment.objects.exists()


def test_a_comment_on_a_paragraph_that_has_just_gone_is_kept_for_the_whole_text(
    client, people
) -> None:
    page = at_unit(people)
    client.force_login(people["reviewer"])
    said = {"contentpath": "body.gone", "text": "Từ năm nào?", "add": "1"}
    answer = client.post(screen(page), said, follow=True)
    assert "góp ý được ghi cho cả bài" in answer.content.decode()
    assert Comment.objects.get().contentpath == "body"


def test_a_comment_whose_paragraph_has_gone_is_listed_and_can_be_settled(client, people) -> None:
    page = at_unit(people)
    commenting.add(page=page, user=people["reviewer"], contentpath="body.gone", text="Ai kể?")
    client.force_login(people["editor"])
    html = client.get(screen(page)).content.decode()
    assert "Một đoạn không còn trong bài" in html
    client.post(screen(page), {"resolve": str(Comment.objects.get().pk)})
    assert not comments.open_comments(page).exists()


# Who may


ROLES = {
    "editor": True,
    "reviewer": True,
    "province_reviewer": True,
    "board": True,
    "admin": True,
    "other_editor": False,
    "other_reviewer": False,
}


@pytest.mark.parametrize(("role", "may"), ROLES.items())
@pytest.mark.parametrize("in_review", [False, True])
def test_who_may_read_leave_answer_and_settle(client, people, role, may, in_review) -> None:
    page = at_unit(people) if in_review else factories.story(people["editor"])
    writer = people["reviewer"]
    known = commenting.add(page=page, user=writer, contentpath="lead", text="Ai kể?")
    client.force_login(people[role])
    assert (client.get(screen(page)).status_code == 200) == may
    client.post(screen(page), {"contentpath": "title", "text": "Năm nào?", "add": "1"})
    client.post(screen(page), {"reply": str(known.pk), "text": "Chị Lan."})
    client.post(screen(page), {"resolve": str(known.pk)})
    known.refresh_from_db()
    assert Comment.objects.filter(text="Năm nào?").exists() == may
    assert known.replies.exists() == may
    assert bool(known.resolved_at) == may


def test_a_comment_is_only_reached_by_its_own_page(client, people) -> None:
    mine = factories.story(people["other_editor"], factories.VIET_TRI)
    page = factories.story(people["editor"])
    known = commenting.add(page=page, user=people["reviewer"], contentpath="lead", text="Ai kể?")
    client.force_login(people["other_editor"])
    for data in ({"resolve": str(known.pk)}, {"reply": str(known.pk), "text": "x"}):
        assert client.post(screen(mine), data).status_code == 404
    assert comments.open_comments(page).exists()


def test_pages_of_other_kinds_have_no_such_screen(client, people) -> None:
    client.force_login(people["admin"])
    home = StoryPage.objects.none().model.get_root_nodes()[0]
    assert client.get(screen(home)).status_code == 302


def test_the_way_back_leads_nowhere_else(client, people) -> None:
    page = at_unit(people)
    client.force_login(people["reviewer"])
    said = {"contentpath": "title", "text": "Năm nào?", "add": "1", "next": "//evil.example/"}
    assert client.post(screen(page), said).url == f"{screen(page)}#phan-title"


def test_many_comments_take_no_more_queries_than_one(
    client, people, django_assert_max_num_queries
) -> None:
    page = at_unit(people)
    client.force_login(people["reviewer"])

    def look() -> int:
        with django_assert_max_num_queries(90) as done:
            assert client.get(review(page)).status_code == 200
        return len(done)

    def say(count: int) -> None:
        for number in range(count):
            known = commenting.add(
                page=page, user=people["editor"], contentpath="title", text=f"Ý {number}"
            )
            commenting.reply(comment=known, user=people["reviewer"], text="Rồi.")
            if number % 2:
                commenting.resolve(comment=known, user=people["reviewer"])

    say(2)
    look()
    few = look()
    say(20)
    assert look() == few
