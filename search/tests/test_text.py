"""The fold and the exact form, as tables."""

from __future__ import annotations

import unicodedata

import pytest

from search.text import exact, fold, fold_aligned, tidy, tokenise, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Phụ nữ Đất Tổ", "phu nu dat to"),
        ("ĐOAN HÙNG", "doan hung"),
        ("Ðoan Hùng", "doan hung"),  # eth, pasted for Đ
        ("Ɖoan", "doan"),  # African D
        ("ăâêôơư ẳẫệổợự", "aaeoou aaeoou"),
        ("Hòa Hoà Hoà", "hoa hoa hoa"),
        ("Kōtoku Beyoncé Łódź", "kotoku beyonce łodz"),
        ("Straße", "strasse"),
        ("Việt\u00a0Trì\u200b", "viet tri"),
        ("", ""),
    ],
)
def test_fold_keeps_letters_and_drops_marks(written, folded):
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"),
        ("Thủy", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("qúy", "quý"),
        ("Hoàng", "hoàng"),
        ("của", "của"),
        ("đường", "đường"),
    ],
)
def test_exact_form_has_one_place_for_the_tone(old, new):
    assert exact(old) == exact(new) == new
    assert exact(unicodedata.normalize("NFD", old)) == new


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("GD&ĐT, 5/3: “chị_em”", ["gd", "đt", "5", "3", "chị", "em"]),
        ("H. Lâm Thao", ["h", "lâm", "thao"]),
        ("a\x00b\x07c", ["a", "b", "c"]),
        ("  \n\t—  ", []),
        ("泰国 ok", ["泰国", "ok"]),
    ],
)
def test_words_are_letters_and_digits(text, tokens):
    assert words(text) == tokens


def test_folded_words_stand_one_for_one():
    text = "Chị Nguyễn Thị Lan ở xã Hạ Hòa"

    assert len(tokenise(text)) == len(words(text))
    assert tokenise(text) == ["chi", "nguyen", "thi", "lan", "o", "xa", "ha", "hoa"]


@pytest.mark.parametrize("text", ["Đường Hoà Bình, İstanbul ﬁn ß", "Phụ nữ", "\u0130"])
def test_aligned_fold_keeps_every_offset(text):
    assert len(fold_aligned(tidy(text))) == len(tidy(text))
