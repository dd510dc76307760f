"""Names in addresses are readable, never empty, and never given twice."""

from __future__ import annotations

import pytest

from stories.pages import slugs


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Chị Lan giữ nghề nón lá", "chi-lan-giu-nghe-non-la"),
        ("Đất Tổ: 5 không, 3 sạch!", "dat-to-5-khong-3-sach"),
        ("胡", "胡"),
        ("!!!", "bai"),
        ("x" * 300, "x" * 200),
        ("y" * 199 + " z", "y" * 199),
    ],
)
def test_a_title_gives_a_slug(title, slug) -> None:
    assert slugs.of_title(title) == slug


def test_taken_names_are_numbered_in_each_scope_with_few_questions() -> None:
    there = {("a", "x"), ("a", "x-2"), *(("b", f"x-{n}") for n in range(2, 200)), ("b", "x")}
    asked = []

    def taken(names: list[str]) -> set[tuple[str, str]]:
        asked.append(len(names))
        return {(scope, name) for scope, name in there if name in names}

    wanted = [("a", "x"), ("a", "x"), ("b", "x"), ("c", "x"), ("c", "x"), ("c", "y")]
    assert slugs.free(wanted, taken) == ["x-3", "x-4", "x-200", "x", "x-2", "y"]
    assert len(asked) <= 7


def test_free_names_ask_once() -> None:
    asked = []
    given = slugs.free([("a", f"x{n}") for n in range(50)], lambda names: asked.append(1) or set())
    assert given == [f"x{n}" for n in range(50)]
    assert asked == [1]
