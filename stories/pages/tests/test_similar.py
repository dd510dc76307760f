"""Near-duplicates of an earlier story: found, named, and never the story itself."""

from __future__ import annotations

import random

import pytest

from stories import factories
from stories.pages.checklist import AMBER, RED, similar
from stories.pages.models import StoryPage, TextBand, TextSketch, Withdrawal
from stories.releases.tests.archive import line, load

SYLLABLES = [
    start + end
    for start in ("t", "th", "ch", "nh", "m", "l", "b", "h", "ng", "kh", "s", "tr", "đ")
    for end in ("an", "ang", "ô", "ương", "ai", "ơi", "iên", "à", "ẻ", "ong", "ưa", "ăm")
]


def text(seed: int, words: int = 300) -> str:
    return " ".join(random.Random(seed).choices(SYLLABLES, k=words))


def edited(original: str, every: int) -> str:
    """One word in so many is another."""
    words = original.split()
    return " ".join("khác" if n % every == 0 else word for n, word in enumerate(words))


def shingles(words: str) -> set[tuple[str, ...]]:
    found = words.split()
    return set(zip(found, found[1:], found[2:], strict=False))


def body(words: str) -> list:
    return [("paragraph", f"<p>{words}</p>")]


def like(page) -> list:
    return [problem for problem in page.publication_problems() if problem.code == "similar"]


@pytest.mark.parametrize("every", [4, 6, 10, 20, 50, 100])
def test_the_estimate_is_near_the_true_share_of_words(every) -> None:
    for seed in range(20):
        one, other = text(seed), edited(text(seed), every)
        true = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
        found = similar.similarity(similar.sketch(one), similar.sketch(other))
        assert abs(found - true) < 0.15


def test_what_is_half_alike_is_nearly_always_found_and_what_is_not_hardly_ever() -> None:
    def shared(one: str, other: str) -> bool:
        keys = [set(similar.bands(similar.sketch(words))) for words in (one, other)]
        return bool(keys[0] & keys[1])

    assert sum(shared(text(n), edited(text(n), 9)) for n in range(200)) >= 195
    assert sum(shared(text(n), text(n + 1000)) for n in range(200)) == 0


def test_marks_case_and_spelling_forms_make_no_difference() -> None:
    words = "Chị Lan giữ nghề nón lá ở khu 5. " * 3 + text(1, 60)
    plain = words.upper().translate(str.maketrans("ỊỮỀÓÁỞ", "IUEOAO"))
    assert similar.similarity(similar.sketch(words), similar.sketch(plain)) > 0.9


def test_a_short_text_is_like_no_other(db) -> None:
    assert similar.sketch(text(1, 39)) == b""
    assert similar.similarity(b"", b"") == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("every", "severity"), [(9, AMBER), (400, RED)])
def test_a_copy_of_an_earlier_story_names_it_with_its_address(people, every, severity) -> None:
    first = factories.story(people["editor"], title="Bài đầu", lead="Sa-pô.", body=body(text(1)))
    factories.publish(first, people)
    other = factories.story(people["editor"], lead="Khác.", body=body(edited(text(1), every)))
    problem = like(other)[0]
    assert (problem.severity, problem.url) == (severity, f"/id/{first.uuid}/")
    assert "“Bài đầu”" in problem.message


@pytest.mark.django_db
def test_a_story_is_not_like_itself_another_or_a_profile(people) -> None:
    first = factories.story(people["editor"], body=body(text(1)))
    assert like(first) == []
    first = factories.publish(first, people)
    assert like(StoryPage.objects.get(pk=first.pk)) == []
    assert like(factories.story(people["editor"], body=body(text(2)))) == []
    assert like(factories.exemplar(people["editor"], body=body(text(1)))) == []


@pytest.mark.django_db
def test_the_earlier_of_two_is_not_held_by_the_later_and_the_later_can_be_corrected(people) -> None:
    both = [line(f"bai-{n}", body=text(1), lead="Sa-pô.", unit="08494") for n in range(2)]
    load(people["board"], *both)
    first, second = StoryPage.objects.order_by("source_id")
    assert like(first) == []
    assert [problem.severity for problem in like(second)] == [AMBER]


@pytest.mark.django_db
def test_a_withdrawn_text_does_not_come_back_under_another_title(people) -> None:
    page = factories.publish(factories.story(people["editor"], body=body(text(1))), people)
    page.withdraw(Withdrawal("canceled", "Sai sự thật."), people["board"])
    again = factories.story(people["editor"], title="Tên khác", body=body(text(1)))
    assert [problem.severity for problem in like(again)] == [RED]


@pytest.mark.django_db
def test_a_correction_is_compared_by_its_new_words(people) -> None:
    page = factories.publish(factories.story(people["editor"], body=body(text(1))), people)
    page.body, page.correction_note = body(text(2)), "Viết lại."
    page.save_revision(user=people["editor"])
    factories.publish(page, people)
    assert TextSketch.objects.count() == 1
    assert TextBand.objects.count() == similar.BANDS
    assert like(factories.story(people["editor"], body=body(text(1)))) == []
    assert like(factories.story(people["editor"], body=body(text(2)))) != []


@pytest.mark.django_db
def test_an_import_fills_the_sketches_in_bulk_and_is_not_held_by_the_checklist(
    people, django_assert_max_num_queries
) -> None:
    twins = [line(f"bai-{n}", body=text(n % 2) + " 0912345678") for n in range(40)]
    summary, bad = load(people["board"], *twins)
    assert (summary.new, bad) == (40, [])
    assert TextSketch.objects.count() == 40
    assert TextBand.objects.count() == 40 * similar.BANDS
    contents = [
        {"uuid": f"00000000-0000-0000-0000-{n:012}", "type": "story", "title": "", "lead": ""}
        | {"text": text(n)}
        for n in range(20)
    ]
    with django_assert_max_num_queries(5):
        similar.remember(contents)


@pytest.mark.django_db
def test_the_likest_of_many_is_found_in_three_queries(django_assert_num_queries) -> None:
    def content(n: int, words: str) -> dict:
        uuid = f"00000000-0000-0000-0000-{n:012}"
        return {"uuid": uuid, "type": "story", "title": f"Bài {n}", "lead": "", "text": words}

    similar.remember(content(n, text(n)) for n in range(200))
    with django_assert_num_queries(3):
        row, share = similar.likest(content(999, edited(text(77), 30)))
    assert row.title == "Bài 77"
    assert share > 0.7
