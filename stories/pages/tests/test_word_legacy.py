"""Old encodings become Unicode; what is Unicode already, in whatever language, stays as it is."""

from __future__ import annotations

import unicodedata

import pytest

from stories.pages.tests.word_files import tcvn3, vni
from stories.pages.word.legacy import (
    TCVN3,
    VNI,
    Encoding,
    convert,
    of_font,
    own_marks_back,
    recognise,
)
from stories.pages.word.syllables import is_syllable

VOWELS = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"]
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
SPECIAL = [letter for letter in SMALL if not letter.isascii()]
SENTENCES = [
    "Sáng sớm ở khu 5, chị Lan đã ngồi bên khung nón, khâu từng đường chỉ.",
    "Phụ nữ tích cực học tập, lao động sáng tạo, xây dựng gia đình hạnh phúc.",
    "Người được khen thưởng là bà Nguyễn Thị Hường, chi hội trưởng phụ nữ xã Lâm Thao.",
    "Cuối năm, nghề nón đem về cho mỗi hộ gần 60 triệu đồng; “của để dành”, chị nói.",
    "Vẫn những đứa trẻ ấy, khuya khoắt, nghễnh ngãng, quýnh quáng, huỳnh huỵch, ngoằn ngoèo.",
]


def test_the_tables_hold_every_vietnamese_letter() -> None:
    assert len(SPECIAL) == 67
    assert set(SPECIAL) <= set(TCVN3.values())
    assert {letter for letter in TCVN3.values() if letter.isupper()} == set("ĂÂĐÊÔƠƯ")
    assert set(VNI.values()) == {*SPECIAL, *(letter.upper() for letter in SPECIAL)}


def test_the_alphabet_comes_back_from_tcvn3() -> None:
    text = " ".join(SMALL)
    assert convert(tcvn3(text), Encoding.TCVN3) == text
    assert convert(tcvn3(text), Encoding.TCVN3_CAPITALS) == text.upper()


@pytest.mark.parametrize("letter", [*SPECIAL, *(letter.upper() for letter in SPECIAL)])
def test_the_alphabet_comes_back_from_vni(letter) -> None:
    assert convert(vni(letter), Encoding.VNI) == letter
    assert convert(vni(f"t{letter}n"), Encoding.VNI) == f"t{letter}n"


def test_texts_as_they_lie_in_old_files_are_read() -> None:
    assert convert("Hoµ B×nh, §iÖn Biªn Phñ, Th¸i Nguyªn", Encoding.TCVN3) == (
        "Hoà Bình, Điện Biên Phủ, Thái Nguyên"
    )
    assert convert("ng­êi phô n÷ ViÖt Nam", Encoding.TCVN3) == "người phụ nữ Việt Nam"
    assert convert("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Encoding.VNI) == (
        "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert convert("ÑOÄC LAÄP - TÖÏ DO", Encoding.VNI) == "ĐỘC LẬP - TỰ DO"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_old_text_is_recognised_without_its_font(sentence) -> None:
    for old, encoding in ((tcvn3(sentence), Encoding.TCVN3), (vni(sentence), Encoding.VNI)):
        assert recognise(old) is encoding
        assert convert(old, encoding) == sentence


@pytest.mark.parametrize(
    "text",
    [
        *SENTENCES,
        *(unicodedata.normalize("NFD", sentence) for sentence in SENTENCES),
        "cô bé Hà là cháu bà",
        "Chị Hà và bà Tú bán cá ở chợ xã.",
        "Là bé Tí nhà cô Hà, là cháu bà Mí, cô ý tá xã.",
        "Women keep the village craft alive: a café, a naïve résumé, Beyoncé’s façade.",
        "Où étaient les élèves français à Noël ? Déjà vus au café, près du château, là-bas.",
        "L’été où la fée a été gâtée, l’âge où l’on rêve: où ça ? là, où ?",
        "São Paulo não é só a maior cidade; ação, coração, irmã, avós.",
        "El niño señaló mañana; está aquí, señor Núñez.",
        "Müller über die Straße, schöne Grüße aus Köln.",
        "§ 5, 30°C, 20 m², © 2026, ½ kg, ±3",
        "Tel. 0210 3846 123",
        "",
    ],
)
def test_unicode_is_left_alone(text) -> None:
    assert recognise(text) is Encoding.UNICODE


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        (".VnTimeH", Encoding.TCVN3_CAPITALS),
        (".VnArial NarrowH", Encoding.TCVN3_CAPITALS),
        (".vnarial", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI),
        ("VNI-Helve-Condense", Encoding.VNI),
        ("Times New Roman", Encoding.UNICODE),
        ("Vni", Encoding.UNICODE),
        ("", Encoding.UNICODE),
    ],
)
def test_a_fonts_name_tells_the_encoding(font, encoding) -> None:
    assert of_font(font) is encoding


def test_a_font_is_believed_for_one_word_but_not_against_the_text() -> None:
    assert recognise("B×nh", font=Encoding.TCVN3) is Encoding.TCVN3
    assert recognise("Bình ở Việt Trì", font=Encoding.TCVN3) is Encoding.UNICODE
    assert recognise("là bé Tú", font=Encoding.TCVN3) is Encoding.UNICODE
    assert recognise("Bình ở Việt Trì", font=Encoding.VNI) is Encoding.UNICODE


def test_a_word_is_enough_once_the_encoding_is_known() -> None:
    assert recognise("Hoµ B×nh") is Encoding.UNICODE
    assert recognise("Hoµ B×nh", known={Encoding.TCVN3}) is Encoding.TCVN3
    for text in ("café", "12 × 5 · 3", "« ok »", "cô Hà", "§ 5", "Lam Thao · 20/11"):
        assert recognise(text, known={Encoding.TCVN3, Encoding.VNI}) is Encoding.UNICODE


def test_capitals_typed_with_small_codes_are_capitals() -> None:
    assert convert("TR¦êNG THPT, PHô N÷", Encoding.TCVN3) == "TRƯỜNG THPT, PHỤ NỮ"
    assert convert("Hµ Néi", Encoding.TCVN3) == "Hà Nội"
    assert convert("TR¦êNG ë Hµ Néi", Encoding.TCVN3) == "TRƯỜNG ở Hà Nội"


def test_a_mark_that_word_split_off_goes_back_to_its_vowel() -> None:
    assert own_marks_back(["ngöô", "øi phu", "ï nöõ", "", "ø"]) == [
        "ngöôø",
        "i phuï",
        " nöõ",
        "",
        "ø",
    ]


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyển",
        "giếng",
        "ưỡn",
        "hoà",
        "hòa",
        "thuỷ",
        "thủy",
        "yến",
        "khuỷu",
        "gì",
        "khó",
        "khe",
        "ghi",
    ],
)
def test_a_vietnamese_word_is_a_syllable(word) -> None:
    assert is_syllable(word) and is_syllable(word.upper())


@pytest.mark.parametrize(
    "word", ["été", "oự", "nmh", "cafộ", "straße", "tạiạ", "zạ", "nghò", "kò", "cê", "nghỊ"]
)
def test_other_words_are_not(word) -> None:
    assert not is_syllable(word)
