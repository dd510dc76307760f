"""An approver sees what changed: word by word, in Vietnamese, and picture by picture."""

from __future__ import annotations

import unicodedata

import pytest

from stories import factories
from stories.pages.differences import DELETED, INSERTED, SAME, differences, words
from stories.pages.models import StoryPage, Withdrawal


def marked(old: str, new: str) -> str:
    frame = {SAME: "{}", INSERTED: "+{}+", DELETED: "-{}-"}
    return "".join(frame[piece.kind].format(piece.text) for piece in words(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Chị Lan", "Chị Lan", "Chị Lan"),
        ("Ba mươi năm", "Hai mươi năm", "-Ba -+Hai +mươi năm"),
        ("nghề nón lá", "nghề làm nón lá", "nghề +làm +nón lá"),
        ("chị em khu 5", "chị em", "chị em -khu 5-"),
        ("Chị Hoa.", "Chị Hòa.", "Chị -Hoa-+Hòa+."),
        ("năm 2019, 43 người", "năm 2019; 43 người", "năm 2019-, -+; +43 người"),
        ("Một.\nHai.", "Một.\nMới.\nHai.", "Một.\n+Mới.\n+Hai."),
        ("", "Mới", "+Mới+"),
        (unicodedata.normalize("NFD", "Chị Lan"), "Chị Lan", "Chị Lan"),
        ("Chị  Lan", "Chị Lan", "Chị Lan"),
    ],
)
def test_words_are_compared_as_people_read_them(old, new, expected) -> None:
    assert marked(old, new) == expected


def test_a_very_long_text_is_compared_without_a_long_wait() -> None:
    old, new = "một hai " * 6000, "ba bốn " * 6000
    assert [piece.kind for piece in words(old, new)] == [DELETED, INSERTED]


def edit(people, page, **changes) -> StoryPage:
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=people["editor"])
    return StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.fixture
def public(people) -> StoryPage:
    story = factories.story(
        people["editor"],
        lead_picture=factories.picture(seed=1, title="Ảnh đầu"),
        body=[
            ("paragraph", "<p>Sáng sớm, chị Lan ngồi bên khung nón.</p>"),
            ("heading", "Nghề cũ"),
            ("paragraph", '<p>Xem <a href="https://vi.example/cu">trang cũ</a>.</p>'),
        ],
    )
    return factories.publish(story, people)


def shown(found) -> dict[str, str]:
    frame = {SAME: "{}", INSERTED: "+{}+", DELETED: "-{}-"}
    return {
        change.label: "".join(frame[piece.kind].format(piece.text) for piece in change.pieces)
        for change in found.texts
    }


def test_a_first_publication_has_no_differences(people) -> None:
    draft = factories.story(people["editor"])
    assert differences(draft.get_latest_revision_as_object()) is None


def test_a_withheld_story_is_read_as_a_new_one(people, public) -> None:
    public.withdraw(Withdrawal("withheld", "Đang xem xét."), people["board"])
    draft = StoryPage.objects.get(pk=public.pk).get_latest_revision_as_object()
    assert differences(draft) is None


def test_the_same_text_differs_in_nothing(people, public) -> None:
    found = differences(edit(people, public))
    assert found is not None
    assert not found


def test_title_lead_and_each_changed_block_are_shown_by_words(people, public) -> None:
    body = [
        ("paragraph", "<p>Sáng sớm, chị Lan ngồi cạnh khung nón.</p>"),
        ("heading", "Nghề cũ"),
        ("paragraph", '<p>Xem <a href="https://vi.example/moi">trang cũ</a>.</p>'),
        ("quote", {"text": "Bỏ sao được.", "attribution": "chị Lan"}),
    ]
    draft = edit(
        people, public, title="Chị Lan giữ nghề nón", lead="Hai mươi năm.", body=body, byline="Hà"
    )
    found = shown(differences(draft))
    assert found["Tít"] == "Chị Lan giữ nghề nón- lá-" or found["Tít"].endswith("-lá-")
    assert "+Hai +" in found["Sa-pô"]
    assert found["Nội dung, phần 1"] == "Sáng sớm, chị Lan ngồi -bên -+cạnh +khung nón."
    rest = found["Nội dung, phần 3"]
    assert "-cu-+moi+" in rest
    assert "Bỏ sao được" in rest
    assert "Nghề cũ" not in "".join(found.values())
    assert found["Tác giả"] == "-Thu -Hà"


def test_a_change_of_bold_alone_is_told_of(people, public) -> None:
    body = [
        ("paragraph", "<p>Sáng sớm, <b>chị Lan</b> ngồi bên khung nón.</p>"),
        ("heading", "Nghề cũ"),
        ("paragraph", '<p>Xem <a href="https://vi.example/cu">trang cũ</a>.</p>'),
    ]
    found = differences(edit(people, public, body=body)).texts
    assert [(change.label, change.note != "") for change in found] == [("Nội dung, phần 1", True)]


def test_pictures_added_removed_and_reworded_are_shown(people, public) -> None:
    kept = public.lead_picture
    block = {"picture": kept, "caption": "Chị Lan dạy nghề.", "credit": ""}
    new = {"picture": factories.picture(seed=2, title="Ảnh mới"), "caption": "", "credit": ""}
    found = differences(edit(people, public, body=[("picture", block), ("picture", new)]))
    assert [(shot.kind, shot.title) for shot in found.pictures] == [
        ("changed", "Ảnh đầu"),
        ("added", "Ảnh mới"),
    ]
    assert found.pictures[0].texts[0].label == "Chú thích"
    found = differences(edit(people, public, lead_picture=None, body=[]))
    assert [(shot.kind, shot.title) for shot in found.pictures] == [("removed", "Ảnh đầu")]


def test_a_picture_reworded_in_the_library_is_told_of(people, public) -> None:
    picture = public.lead_picture
    picture.caption = "Chữ khác."
    picture.save()
    found = differences(edit(people, public))
    assert found.outside
    assert bool(found)
