from __future__ import annotations

import pytest

from bench.report import Row, Section, Target, machine, number, percentile, table


def test_a_row_tells_both_figures_their_ratio_and_whether_the_target_is_met() -> None:
    met = Row("x", "req/s", 900, 1000, "a peer", Target("≥", 0.8))
    missed = Row("y", "ms", 30, 10, "a peer", Target("≤", 2))
    text = Section("Requests", 1000, [met, missed]).text()
    assert "| x | 900 req/s | 1,000 req/s | a peer | 0.90 × | ≥ 0.80 met |" in text
    assert "| y | 30 ms | 10 ms | a peer | 3 × | ≤ 2 **missed** |" in text


def test_a_target_meant_for_another_size_is_told_in_brackets() -> None:
    assert Target("≤", 0.15, since=100_000).verdict(0.5, 1000) == "(missed at this size)"


def test_what_could_not_be_measured_is_told_with_its_reason() -> None:
    assert "- not measured: no such server" in Section("x", 10, failed=["no such server"]).text()


def test_an_absolute_target_looks_at_our_own_figure() -> None:
    assert Row("q", "", 12, 40, target=Target("≤", 30), absolute=True).cells(1)[6] == "≤ 30 met"


def test_empty_columns_are_left_out_and_bars_cannot_break_a_table() -> None:
    assert table(("a", "b"), [("1|2", ""), ("3", "")]) == "| a |\n| --- |\n| 1\\|2 |\n| 3 |"


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (0.1234, "0.12"), (12.34, "12.3"), (12345.6, "12,346")]
)
def test_numbers_have_no_more_digits_than_a_noisy_machine_can_tell(value, shown) -> None:
    assert number(value) == shown


def test_percentile_is_a_measured_value() -> None:
    assert percentile(range(100), 0.99) == 99
    assert percentile([5], 0.99) == 5


def test_the_machine_is_named_with_cores_load_and_versions() -> None:
    line = machine("wrk")
    assert "cores" in line and "load" in line and "wagtail 8" in line and "client: wrk" in line
