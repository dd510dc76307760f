"""Range headers, kind and hostile: never more than was asked, never an error of ours."""

from __future__ import annotations

import pytest

from stories.press.errors import OutOfRange
from stories.press.kits import ranges

SIZE = 1000
HUGE = "9" * 5000


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", (0, 1000)),
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 20)),
        ("bytes=999-", (999, 1000)),
        ("bytes=990-5000", (990, 1000)),
        ("bytes=-1", (999, 1000)),
        ("bytes=-5000", (0, 1000)),
        ("Bytes= 5-6 ", (5, 7)),
        (f"bytes=5-{HUGE}", (5, 1000)),
        (f"bytes=-{HUGE}", (0, 1000)),
        ("bytes=00005-00006", (5, 7)),
    ],
)
def test_a_range_is_the_bytes_it_names(header, expected):
    assert ranges.piece(header, SIZE) == expected


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=--5",
        "bytes=1-2-3",
        "bytes=1.5-3",
        "bytes=+1-3",
        "bytes=0x1-3",
        "bytes=٣-٥",
        "bytes=0-1,2-3",
        "bytes=" + ",".join(["0-"] * 10_000),
        "lines=1-2",
        "bytes=1-2\r\nX: y",
        "bytes=0-1;bytes=2-3",
    ],
)
def test_what_is_no_single_range_is_ignored(header):
    assert ranges.piece(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=-0", f"bytes={HUGE}-"])
def test_a_range_beyond_the_end_is_416_with_the_size(header):
    with pytest.raises(OutOfRange) as refused:
        ranges.piece(header, SIZE)
    assert refused.value.status == 416
    assert refused.value.headers["Content-Range"] == "bytes */1000"
