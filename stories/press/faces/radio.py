"""A script for the loudspeakers of a commune and for radio: everything written as it is read."""

from __future__ import annotations

from stories.press.faces import blocks, house
from stories.press.faces.spoken.sentences import aloud

MEDIA_TYPE = "text/plain"
WORDS_A_SECOND = 3  # a Vietnamese announcer; a word is what stands between two blanks
RULE = "—" * 20


def render(payload: dict, base: str) -> str:
    """Head for the editor (title, version, length), then the text for the announcer."""
    lines = spoken(payload)
    seconds = duration(lines)
    embargo = house.embargo(payload)
    head = [
        *([embargo] if embargo else []),
        "LỜI ĐỌC PHÁT THANH",
        f"Bài: {house.headline(payload)}",
        f"Phiên bản {payload['version']}, phát hành {house.local(payload['released_at'])}",
        f"Thời lượng: khoảng {length(seconds)} "
        f"({count(lines)} tiếng, {WORDS_A_SECOND} tiếng một giây)",
        f"Mã: {payload['uri']}",
    ]
    if payload.get("note"):
        head.append(f"Ghi chú cho biên tập: {payload['note']}")
    return "\n".join(head) + f"\n{RULE}\n\n" + "\n\n".join(lines) + "\n"


def spoken(payload: dict) -> list[str]:
    """What the announcer says, one paragraph an entry."""
    said = [payload["title"], *(payload.get("lead") or payload.get("caption") or "").split("\n")]
    if payload["kind"] in house.WITHDRAWN:
        said += blocks.notice(payload).split("\n")
        return list(dict.fromkeys(line for line in map(aloud, said) if line))
    said += blocks.body_text(payload).split("\n")
    byline = payload.get("byline") or payload.get("credit")
    said.append(f"Tác giả: {byline}." if byline else "")
    said.append(f"Theo {house.PUBLISHER}.")
    return [line for line in map(aloud, said) if line]


def count(lines: list[str]) -> int:
    """Words to be said: what has a letter in it, not a mark by itself."""
    return sum(any(map(str.isalnum, word)) for line in lines for word in line.split())


def duration(lines: list[str]) -> int:
    """Seconds, rounded up."""
    return -(-count(lines) // WORDS_A_SECOND)


def length(seconds: int) -> str:
    """For people: “2 phút 15 giây”."""
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} phút"] if minutes else []
    return " ".join(parts + ([f"{rest} giây"] if rest or not minutes else []))
