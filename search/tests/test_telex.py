from __future__ import annotations

import pytest

from search.understanding.telex import decode


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("nguowif", "người"),
        ("nguwowif", "người"),
        ("nguoiwf", "người"),
        ("ddaats", "đất"),
        ("dduowcj", "được"),
        ("thieen", "thiên"),
        ("hoangf", "hoàng"),
        ("hoaf", "hoà"),
        ("thuyr", "thuỷ"),
        ("phuj", "phụ"),
        ("nuwx", "nữ"),
        ("quys", "quý"),
        ("gias", "giá"),
        ("muaw", "mưa"),
    ],
)
def test_keys_are_read_as_the_syllable_they_type(keys, word):
    assert decode(keys) == word


@pytest.mark.parametrize("word", ["chao", "kotoku", "samsung", "xyz", "a", "", "finn", "ntm2"])
def test_what_types_no_syllable_is_left_alone(word):
    assert decode(word) == ""
