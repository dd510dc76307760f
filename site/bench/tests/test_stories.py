from __future__ import annotations

import json

from bench import stories
from stories.releases.importing.lines import FIELDS


def test_a_story_is_the_same_whoever_makes_it_and_whenever() -> None:
    once = list(stories.stories(10, 13))
    assert once == [stories.story(number) for number in (10, 11, 12)]
    assert len({row["id"] for row in once}) == len({row["body"] for row in once}) == 3


def test_stories_are_lines_that_the_import_knows(tmp_path) -> None:
    file = tmp_path / "stories.jsonl"
    stories.write(file, 0, 5)
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 5
    for row in rows:
        assert set(row) <= FIELDS
        assert row["title"] and row["lead"] and len(row["title"]) <= 255 and len(row["lead"]) <= 600


def test_most_stories_tell_of_women_and_not_all() -> None:
    told = [
        stories.WOMEN in f"{row['title']} {row['lead']} {row['body']}".lower()
        for row in stories.stories(0, 400)
    ]
    assert 0.75 < sum(told) / len(told) < 0.91
