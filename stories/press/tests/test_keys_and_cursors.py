"""The shape of keys and cursors: no database."""

from __future__ import annotations

import pytest

from stories.press import cursors, keys


def test_a_new_key_is_well_formed_and_unlike_any_other():
    made = {keys.generate() for _ in range(100)}
    assert len(made) == 100
    assert all(keys.well_formed(key) and key.startswith("gsdt_") for key in made)


def test_any_slip_of_one_letter_is_noticed_without_the_database():
    key = keys.generate()
    for place in range(len(key)):
        other = "x" if key[place] != "x" else "y"
        assert not keys.well_formed(key[:place] + other + key[place + 1 :])


@pytest.mark.parametrize("wrong", ["", "gsdt_", "abc", "gsdt_" + "é" * 33, "wagtail_" + "0" * 33])
def test_what_never_was_a_key_is_refused(wrong):
    assert not keys.well_formed(wrong)


def test_a_cursor_comes_back_as_it_went():
    for position in ("0", "1", "123456789012345678", "2026-11-20 7d9c5f0e"):
        assert cursors.decode("feed", cursors.encode("feed", position)) == position


def test_a_cursor_of_another_list_or_a_damaged_one_is_refused():
    cursor = cursors.encode("feed", "12345")
    wrong = ["", "!", "12345", "Zm9v", f"{cursor}=", f"{cursor}A", cursor[:-1], cursor[1:], "é"]
    wrong += [cursor[:i] + ("A" if cursor[i] != "A" else "B") + cursor[i + 1 :] for i in range(8)]
    for text in [*wrong, cursors.encode("list:story", "12345")]:
        with pytest.raises(cursors.CursorError):
            cursors.decode("feed", text)
