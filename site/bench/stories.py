"""Stories to measure with: made up, repeatable, in the words of the demo content.

Sentences are walks from word to word as the demo's texts go (`Chain`), so that words and pairs are
as common as in real stories; invented names of people and hamlets give the long tail of rare words.
“phụ nữ” stands in 83 of 100 stories, as it does in the Union's own.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

DEMO = Path(__file__).resolve().parents[2] / "stories" / "website" / "demo"
SEED = 2026
SHARE_OF_WOMEN = 0.83
WOMEN = "phụ nữ"
FIRST_DAY, DAYS = date(2012, 1, 1), 13 * 365
PARAGRAPHS, SENTENCES = (5, 8), (3, 5)
END = "."


def listed(*lines: str) -> list[str]:
    return " ".join(lines).split()


ONSETS = listed("b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x")
RHYMES = listed(
    "a ạ á an án ang àng anh ánh ao ăm ăng âm ân âu ê em èn ên iên ích in inh",
    "o ó ô ôi ông ơn u ung ương uyên ư ươi ương y ỳ yên ai ài ải oa òa oan oài uân uệ",
)
FAMILIES = listed("Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hà Đinh Phùng Cao Tạ Lương Trịnh")


def word_pattern() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+|[.?!]")


class Chain:
    """Which word follows which in a text; a sentence is a walk from END to END."""

    def __init__(self, text: str) -> None:
        following: dict[str, list[str]] = defaultdict(list)
        before = END
        for word in word_pattern().findall(text):
            word = END if word in ".?!" else word
            if word == END and before == END:
                continue
            following[before].append(word)
            before = word
        following[before].append(END)
        # Without this the walks themselves would say “phụ nữ” in nearly every story.
        for first, second in (("phụ", "nữ"), ("Phụ", "nữ")):
            following[first] = [word for word in following[first] if word != second] or [END]
        self.following = dict(following)

    def sentence(self, random: Random, longest: int = 40) -> list[str]:
        words: list[str] = []
        word = END
        while len(words) < longest:
            choices = self.following[word]
            word = choices[int(random.random() * len(choices))]
            if word == END:
                if len(words) >= 4:
                    break
                continue
            words.append(word)
        return words


def demo_rows() -> list[dict[str, Any]]:
    files = ("stories.json", "exemplars.json")
    return [row for name in files for row in json.loads((DEMO / name).read_text(encoding="utf-8"))]


def demo_text(rows: list[dict[str, Any]]) -> str:
    parts = []
    for row in rows:
        parts += [row["title"], row["lead"]]
        parts += [block.get("html") or block.get("text") or "" for block in row["body"]]
    return ". ".join(re.sub(r"<[^>]+>", " ", part) for part in parts)


@lru_cache(maxsize=1)
def material() -> tuple[Chain, dict[str, list[Any]]]:
    """The demo's chain of words, and the values of its fields (with repeats: as often as there)."""
    rows = demo_rows()
    fields = {
        name: [row[name] for row in rows if row.get(name)]
        for name in ("unit", "group", "contents", "kind", "byline", "tags")
    }
    return Chain(demo_text(rows)), fields


def story(number: int) -> dict[str, Any]:
    """The story of this number as a line of `import_stories`; the same on every machine."""
    random = Random(f"{SEED}:{number}")  # noqa: S311 - not for secrets
    chain, fields = material()
    hero, hamlet = person(random), f"xóm {syllable(random).title()} {syllable(random).title()}"
    title = [*chain.sentence(random, longest=9), "của", *hero.split()]
    lead = chain.sentence(random) + chain.sentence(random)
    body = [
        [chain.sentence(random) for _ in range(random.randint(*SENTENCES))]
        for _ in range(random.randint(*PARAGRAPHS))
    ]
    body[0][0] += ["chị", *hero.split(), "ở", *hamlet.split()]
    if random.random() < SHARE_OF_WOMEN:
        for paragraph in body[: random.randint(1, 3)]:
            random.choice(paragraph).extend(WOMEN.split(" "))
        if random.random() < 0.25:
            title += ["và", *WOMEN.split(" ")]
    return {
        "id": f"bench-{number}",
        "title": capital(title),
        "lead": f"{capital(lead)}.",
        "body": "\n\n".join(" ".join(f"{capital(s)}." for s in paragraph) for paragraph in body),
        "date": (FIRST_DAY + timedelta(days=random.randrange(DAYS))).isoformat(),
        **{name: random.choice(values) for name, values in fields.items()},
    }


def stories(first: int, last: int) -> Iterator[dict[str, Any]]:
    """The stories numbered first to last - 1."""
    return map(story, range(first, last))


def write(path: Path, first: int, last: int) -> None:
    """A file for `import_stories`."""
    with path.open("w", encoding="utf-8") as out:
        for row in stories(first, last):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def syllable(random: Random) -> str:
    """A syllable as Vietnamese ones are built, known or not."""
    return random.choice(ONSETS) + random.choice(RHYMES)


def person(random: Random) -> str:
    given = f"{syllable(random).title()} {syllable(random).title()}"
    return f"{random.choice(FAMILIES)} Thị {given}"


def capital(words: list[str]) -> str:
    text = " ".join(words)
    return text[:1].upper() + text[1:]
