"""Where a text makes a child known: a full name beside an age under 16 or a school class."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LATIN = (*range(0x250), *range(0x1E00, 0x1F00))
_LETTERS = [char for char in map(chr, _LATIN) if char.isalpha()]
_UP = "".join(char for char in _LETTERS if char.isupper())
_LOW = "".join(char for char in _LETTERS if char.islower())
_SYLLABLE = f"[{_UP}][{_LOW}]*"
NAME = rf"(?P<name>(?<!\w){_SYLLABLE}(?: {_SYLLABLE}){{1,4}}(?!\w))"
AGE = r"(?:[0-9]|1[0-5]) tuổi(?! (?:[Đđ]ảng|[Đđ]oàn|nghề|quân|đời|công tác|thơ)\b)"
CLASS = r"lớp [1-9](?![\d/]|[ ]?[-–])"
_SIGN = rf"(?:(?<!\d)(?<!\d[.,\-]){AGE}|{CLASS})"
_CHILD = (
    r"(?<!\w)(?<![Cc]hị )(?<![Aa]nh )(?<![Cc]ác )"
    r"(?:[Cc]háu|[Ee]m|[Bb]é|[Cc]on gái|[Cc]on trai|[Nn]ữ sinh|[Hh]ọc sinh)(?!\w)"
)

BESIDE_CHILD = re.compile(
    rf"{_CHILD}(?: [{_LOW}]+){{0,3}}[ ,:]+{NAME}(?P<rest>[^.!?\n]{{0,40}}?{_SIGN})"
)
BESIDE_NAME = re.compile(
    rf"{NAME}(?P<rest>\s*[,(–-]?\s*(?:(?:mới|đang|năm nay|hiện|vừa|tròn|là|em|cháu|học sinh|học)\s)"
    rf"{{0,3}}{_SIGN})"
)
ADULTS = {
    "chị",
    "bà",
    "anh",
    "ông",
    "cô",
    "thầy",
    "mẹ",
    "bác",
    "dì",
    "chú",
    "viên",
    "giáo",
    "bố",
    "cụ",
}
_CALLED = re.compile(r"(?:Cháu|Em|Bé) ")
NO_PERSON = {
    "hội",
    "trường",
    "chi",
    "câu",
    "ủy",
    "ban",
    "đảng",
    "đoàn",
    "tổ",
    "phường",
    "thị",
    "tỉnh",
    "huyện",
    "thành",
    "ngày",
    "tháng",
    "lớp",
    "trung",
}
ADDRESS = re.compile(
    r"(?<!\w)(?:(?:số nhà|nhà số|ngõ|ngách) \d+\w*|thường trú|trú tại|hộ khẩu)[^.!?;\n]{0,40}",
    re.IGNORECASE,
)
CHILD_NEAR = re.compile(rf"{_SIGN}|(?<!\w)(?:[Cc]háu|[Bb]é) [{_UP}]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


def children(text: str) -> Iterator[str]:
    """Of a text in NFC: the name of each child, with the words up to the age or the class."""
    seen: set[int] = set()
    for pattern in (BESIDE_CHILD, BESIDE_NAME):
        for match in pattern.finditer(text):
            called = _CALLED.match(match["name"])
            name = match["name"][called.end() :] if called else match["name"]
            ends = match.end("name")
            if " " in name and ends not in seen and not _adult(text, match):
                seen.add(ends)
                yield name + match["rest"]


def addresses(text: str) -> Iterator[str]:
    """Each address in a sentence that tells of a child."""
    for sentence in _SENTENCE.split(text):
        if CHILD_NEAR.search(sentence):
            yield from (match[0].strip() for match in ADDRESS.finditer(sentence))


def _adult(text: str, match: re.Match) -> bool:
    """Whether the name is a grown-up's, by the word before or at its head, or no person's."""
    before = text[: match.start("name")].split()[-1:]
    heads = {word.strip(',.:;(“"').lower() for word in [*before, match["name"].split()[0]]}
    first = match["name"].split()[0].lower()
    return bool(heads & ADULTS) or first in NO_PERSON
