"""Vietnamese for reading aloud: what a speaker says, and nothing lost on the way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.press.faces.spoken import numbers
from stories.press.faces.spoken.lists import ABBREVIATIONS, UNITS
from stories.press.faces.spoken.sentences import aloud


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (91, "chín mươi mốt"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1010, "một nghìn không trăm mười"),
        (1945, "một nghìn chín trăm bốn mươi lăm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (21_021, "hai mươi mốt nghìn không trăm hai mươi mốt"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (10**9, "một tỷ"),
        (2_000_005_000, "hai tỷ không trăm linh năm nghìn"),
        (10**12, "một nghìn tỷ"),
    ],
)
def test_a_number_is_said_as_people_say_it(number, said):
    assert numbers.cardinal(number) == said


def test_no_two_numbers_sound_the_same():
    some = [
        *range(20_000),
        *(n * 1000 for n in range(20, 2000)),
        *(10**k + 5 for k in range(5, 15)),
    ]
    assert len({numbers.cardinal(n) for n in some}) == len(set(some))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Tăng 3,5 %", "Tăng ba phẩy năm phần trăm"),
        ("98,75%", "chín mươi tám phẩy bảy mươi lăm phần trăm"),
        ("12,05 ha", "mười hai phẩy không năm héc-ta"),
        ("1.500.000 đồng", "một triệu năm trăm nghìn đồng"),
        ("1.000.000.000đ", "một tỷ đồng"),
        (
            "Ngày 20/11/2026, chị",
            "Ngày hai mươi tháng mười một năm hai nghìn không trăm hai mươi sáu, chị",
        ),
        ("Sáng 5/3, hội", "Sáng mùng năm tháng ba, hội"),
        ("ngày 30/4 và 1/5", "ngày ba mươi tháng tư và mùng một tháng năm"),
        ("tháng 4/2025", "tháng tư năm hai nghìn không trăm hai mươi lăm"),
        ("tháng 13", "tháng mười ba"),
        ("7h30", "bảy giờ ba mươi phút"),
        ("lúc 17:05", "lúc mười bảy giờ năm phút"),
        ("2020-2025", "hai nghìn không trăm hai mươi đến hai nghìn không trăm hai mươi lăm"),
        ("10–15 triệu đồng/năm", "mười đến mười lăm triệu đồng một năm"),
        ("1,5-2 tấn/ha", "một phẩy năm đến hai tấn một héc-ta"),
        ("0912.345.678", "không chín một hai ba bốn năm sáu bảy tám"),
        ("123/QĐ-UBND", "một trăm hai mươi ba quyết định của Ủy ban nhân dân"),
        ("Nghị quyết số 04-NQ/TW", "Nghị quyết số không bốn nghị quyết Trung ương"),
        ("Hội LHPN TP. Việt Trì", "Hội Liên hiệp Phụ nữ thành phố Việt Trì"),
        ("Đại hội XIII", "Đại hội mười ba"),
        ("quý II/2026", "quý hai năm hai nghìn không trăm hai mươi sáu"),
        ("khu 5B, COVID-19", "khu năm B, COVID-mười chín"),
        ("“5 không, 3 sạch”", "“năm không, ba sạch”"),
        ("chị Lan & chị Hà", "chị Lan và chị Hà"),
        ("3/4 số hộ", "ba trên bốn số hộ"),
        ("dòng 1\ndòng 2", "dòng một\ndòng hai"),
    ],
)
def test_a_text_is_said_as_people_say_it(written, said):
    assert aloud(written) == said


@pytest.mark.parametrize("written", ["31/13/2026", "40/2", "tháng 13/2025", "25:70", "1/2/3/4"])
def test_what_is_no_date_is_not_said_as_one(written):
    assert "ngày" not in aloud(written)
    assert "giờ" not in aloud(written)


@pytest.mark.parametrize("word", ["mẹ", "hai", "gà", "lúa", "hai mươi", "kgia"])
def test_a_unit_is_a_whole_word(word):
    assert aloud(f"5 {word}") == f"năm {word}"


@pytest.mark.parametrize("short", [*ABBREVIATIONS, *(f"7 {unit}" for unit in UNITS)])
def test_whatever_is_listed_is_said_in_full(short):
    full = ABBREVIATIONS.get(short) or f"bảy {UNITS[short[2:]]}"
    assert aloud(f"a {short} b") == f"a {full} b"


@given(st.text(alphabet="ab 0123456789.,/-–:%hđm\nQXI&²٣", max_size=40))
def test_no_digit_is_left_for_the_announcer(text):
    assert not re.search(r"\d", aloud(text))


VIETNAMESE = st.sampled_from(
    [
        "chị",
        "Lan",
        "trồng",
        "chè",
        "ở",
        "xã",
        "Đoan",
        "Hùng;",
        "bà",
        "con",
        "học",
        "theo,",
        "thế",
        "rồi…",
        "“giỏi”",
        "—",
    ]
)


@given(st.lists(VIETNAMESE, max_size=20))
def test_words_without_numbers_are_left_alone(found):
    assert aloud(" ".join(found)).split() == " ".join(found).split()


@given(st.lists(VIETNAMESE | st.integers(0, 10**9).map(str), max_size=12))
def test_words_between_numbers_stay_in_their_order(found):
    left = iter(aloud(" ".join(found)).replace(";", " ").replace(",", " ").split())
    assert all(word.strip(";,") in left for word in found if not word.isdigit())
