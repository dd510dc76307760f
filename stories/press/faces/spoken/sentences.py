"""A text as it is read aloud: numbers, dates, times, percentages, units, abbreviations in words.

What isn't understood is left as written, but for digits: none is left, since an announcer would
have to stop there. The rest of the words stay, and stay in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stories.press.faces.spoken import numbers
from stories.press.faces.spoken.lists import ABBREVIATIONS, FOR_EACH, ROMAN_AFTER, UNITS

NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
Said = Callable[[re.Match], str]


def aloud(text: str) -> str:
    """The text with everything in it that can't be read aloud said in words, line by line."""
    for pattern, said in RULES:
        text = pattern.sub(said, text)
    return re.sub(r"[^\S\n]+", " ", text).strip()


def _whole(text: str) -> str:
    """A whole number as written: thousands by points; codes and telephone numbers by digits."""
    plain = text.replace(".", "")
    if len(plain) > numbers.LONGEST or (len(plain) > 1 and plain.startswith("0")):
        return numbers.digits(plain)
    return numbers.cardinal(int(plain))


def _number(text: str) -> str:
    """A number with or without a decimal comma."""
    whole, comma, part = text.partition(",")
    plain = whole.replace(".", "")
    if not comma:
        return _whole(whole)
    return numbers.decimal(plain, part)


def _date(found: re.Match) -> str:
    day, month = int(found["day"]), int(found["month"])
    year = found["year"]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return found[0]
    said = f"{numbers.day(day)} tháng {numbers.month(month)}"
    if year:
        said += f" năm {numbers.cardinal(int(year))}"
    return f"{found['head'] or 'ngày '}{said}"


def _month(found: re.Match) -> str:
    month = int(found["month"])
    if not 1 <= month <= 12:
        return found[0]
    year = f" năm {numbers.cardinal(int(found['year']))}" if found["year"] else ""
    return f"{found['head']}{numbers.month(month)}{year}"


def _time(found: re.Match) -> str:
    said = f"{numbers.cardinal(int(found['hour']))} giờ"
    minute = found["minute"]
    return f"{said} {numbers.cardinal(int(minute))} phút" if minute and int(minute) else said


def _range(found: re.Match) -> str:
    return f"{found[1]} đến {found[2]}"


def _unit(found: re.Match) -> str:
    return f"{_number(found['number'])} {UNITS[found['unit']]}"


def _for_each(found: re.Match) -> str:
    return f" một {UNITS.get(found[1], found[1])}"


def _roman(found: re.Match) -> str:
    value, last = 0, 0
    for letter in reversed(found["roman"]):
        worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter]
        value, last = (value - worth, last) if worth < last else (value + worth, worth)
    year = f" năm {numbers.cardinal(int(found['year']))}" if found["year"] else ""
    return f"{found['head']}{numbers.cardinal(value)}{year}"


def _spaced(found: re.Match) -> str:
    """A number set apart from the letters that it stood against: `5B` → “năm B”."""
    before = " " if found.start() and found.string[found.start() - 1].isalpha() else ""
    after = found.string[found.end() : found.end() + 1]
    return f"{before}{_number(found[0])}{' ' if after.isalpha() else ''}"


def _any_of(words: dict[str, str] | tuple[str, ...]) -> str:
    """An alternative of these, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_HEAD = r"\b(?:[Nn]gày|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Hh]ôm|[Đđ]ến|[Tt]ừ)\s+"
_DAY_MONTH = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?P<year>)(?![\d/])"
RULES: list[tuple[re.Pattern[str], Said | str]] = [
    # Telephone numbers: 0912.345.678, 0210 3846 123.
    (
        re.compile(r"(?<![\d.,])0\d{2,3}(?:[ .]\d{3,4}){2}\b"),
        lambda found: numbers.digits(re.sub(r"\D", "", found[0])),
    ),
    (
        re.compile(
            rf"(?P<head>{_HEAD})?(?<![\d/.,-])(?P<day>\d{{1,2}})(?P<mark>[/.-])"
            r"(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\d/])"
        ),
        _date,
    ),
    (re.compile(rf"(?P<head>{_HEAD}){_DAY_MONTH}"), _date),
    # “ngày 30/4 và 1/5”: the second one has no word of its own before it.
    (re.compile(rf"(?P<head>\btháng(?: \w+){{1,2}}(?:,| và| đến) ){_DAY_MONTH}"), _date),
    (
        re.compile(r"(?P<head>\b[Tt]háng\s+)(?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?(?![\d/])"),
        _month,
    ),
    (
        re.compile(r"\b(?P<hour>[01]?\d|2[0-4])\s?(?:h|g|:)\s?(?P<minute>[0-5]\d)(?:\s?phút)?\b"),
        _time,
    ),
    (re.compile(r"\b(?P<hour>[01]?\d|2[0-4])h(?P<minute>)\b"), _time),
    # 2020-2025, 10–15: from … to. Not after a letter (COVID-19) and not a chain (1-2-3).
    (
        re.compile(r"(?<![\w,./-])(\d[\d.,]*)\s?[-–—]\s?(\d[\d.,]*\d|\d)(?![\w/-])"),
        _range,
    ),
    (
        re.compile(
            rf"(?<![\w/])(?P<number>(?:{NUMBER})(?:,\d+)?)\s?(?P<unit>{_any_of(UNITS)})(?!\w)"
        ),
        _unit,
    ),
    (re.compile(rf"(?<=\w)/({_any_of(FOR_EACH)})(?!\w)"), _for_each),
    (
        re.compile(
            rf"(?P<head>\b(?:{_any_of(ROMAN_AFTER)})\s+(?:thứ\s+)?)(?P<roman>[IVXLC]+)\b(?:/(?P<year>\d{{4}}))?"
        ),
        _roman,
    ),
    # 123/QĐ-UBND, 04-NQ/TW: what stands in the number of a decision.
    (re.compile(r"(?<=\d)\s?[-/]\s?(?=[A-ZĐƯ]{2})"), " "),
    (re.compile(r"(?<=[A-ZĐƯ])/(?=[A-ZĐƯ])"), " "),
    (
        re.compile(rf"(?<!\w)(?:{_any_of(ABBREVIATIONS)})(?!\w)"),
        lambda found: f" {ABBREVIATIONS[found[0]]} ",
    ),
    (re.compile(r"(?<=\d)\s?/\s?(?=\d)"), " trên "),
    (re.compile(r"(?<=\w)/(?=\d)"), " "),
    (re.compile(r"\s?&\s?"), " và "),
    (re.compile(rf"(?:{NUMBER})(?:,\d+)?"), _spaced),
    # Blanks that the words above have left before a mark.
    (re.compile(r"[^\S\n]+(?=[,.;:!?)])"), ""),
]
