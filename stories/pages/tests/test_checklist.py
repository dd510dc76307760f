"""The checklist: each problem is found where it is, and only there."""

from __future__ import annotations

import pytest

from stories import factories
from stories.pages.checklist import AMBER, RED
from stories.pages.models import Content, StoryPage, TargetGroup

pytestmark = pytest.mark.django_db


def whole(people, **changes) -> StoryPage:
    """A story that lacks nothing."""
    return factories.story(
        people["editor"],
        **{
            "group": TargetGroup.objects.get(code="nong-dan"),
            "contents": Content.objects.filter(code="hoc-tap"),
            "exemplars": [factories.exemplar(people["editor"])],
            "lead_picture": factories.picture(seed=1),
        }
        | changes,
    )


def found(page) -> dict[str, str]:
    return {problem.code: problem.severity for problem in page.publication_problems()}


def with_picture(**fields):
    return lambda: {"lead_picture": factories.picture(seed=2, **fields)}


def in_body(**texts):
    return lambda: {
        "body": [
            ("paragraph", "<p>Một.</p>"),
            ("picture", {"picture": factories.picture(credit="", caption="")} | texts),
        ]
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (dict, {}),
        (lambda: {"lead": " "}, {"lead": RED}),
        (lambda: {"body": []}, {"body": RED}),
        (lambda: {"body": [("heading", " ")]}, {"body": RED}),
        (lambda: {"exemplars": []}, {"exemplars": AMBER}),
        (lambda: {"group": None}, {"group": AMBER}),
        (lambda: {"contents": []}, {"contents": AMBER}),
        (lambda: {"lead_picture": None}, {}),
        (with_picture(credit=""), {"credit": RED}),
        (with_picture(alt_text=" "), {"alt": RED}),
        (with_picture(caption=""), {"caption": AMBER}),
        (in_body(caption="Chị Lan.", credit="Ảnh: Hà"), {}),
        (in_body(caption="", credit="Ảnh: Hà"), {"caption": AMBER}),
        (in_body(caption="Chị Lan.", credit=""), {"credit": RED}),
        (lambda: {"byline": "Thu Hà 0912345678"}, {"phone": AMBER}),
        (with_picture(caption="Cháu Nguyễn Thị Mai, 8 tuổi."), {"minor": AMBER}),
        (
            lambda: {
                "body": [("paragraph", '<p><a href="mailto:lan@gmail.com">Viết cho chị</a></p>')]
            },
            {"email": AMBER},
        ),
    ],
)
def test_what_is_lacking_is_found(people, change, expected) -> None:
    assert found(whole(people, **change())) == expected


def test_a_title_and_a_unit_are_demanded(people) -> None:
    page = whole(people)
    page.title = " "
    assert found(page) == {"title": RED}


def test_a_profile_needs_no_exemplar(people) -> None:
    assert "exemplars" not in found(factories.exemplar(people["editor"]))


def test_each_problem_says_in_vietnamese_what_to_do_and_where(people) -> None:
    page = factories.story(
        people["editor"], lead="", lead_picture=factories.picture(credit="", title="Bên khung")
    )
    problems = page.publication_problems()
    assert [problem.severity for problem in problems] == [RED, RED, AMBER, AMBER, AMBER]
    assert all("Hãy" in problem.message or "hãy" in problem.message for problem in problems)
    assert {problem.field for problem in problems} <= {
        *("lead", "lead_picture", "told_exemplars", "group", "contents")
    }
    assert "“Bên khung”" in problems[1].message


def test_a_correction_says_what_was_corrected(people) -> None:
    page = factories.publish(whole(people), people)
    assert found(page) == {}
    page.lead = "Hai mươi năm."
    assert found(page) == {"correction_note": RED}
    page.correction_note = "Sửa số năm."
    assert found(page) == {}
    page.save_revision(user=people["editor"])
    page = factories.publish(StoryPage.objects.get(pk=page.pk), people)
    assert found(page) == {}
    page.lead = "Mười năm."
    assert found(page) == {"same_note": AMBER}


def test_more_of_a_page_takes_no_more_queries_to_check(
    people, django_assert_max_num_queries
) -> None:
    def check(page) -> int:
        page.publication_problems()  # a picture's hash is reckoned once
        draft = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        with django_assert_max_num_queries(25) as done:
            draft.publication_problems()
        return len(done)

    long = [
        block
        for seed in range(8)
        for block in (
            ("paragraph", "<p>Một đoạn.</p>"),
            ("picture", {"picture": factories.picture(seed=seed), "caption": "", "credit": ""}),
        )
    ]
    short = [("picture", {"picture": factories.picture(), "caption": "", "credit": ""})]
    assert check(whole(people, body=long)) == check(whole(people, body=short))
