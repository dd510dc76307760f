"""Fingerprints of pictures that look alike (dHash): close numbers for close pictures.

Of the picture in grey, 9 × 8, each bit says whether a point is darker than its right neighbour;
scaling, re-saving and small retouching change few of the 64 bits. Source of the method: N. Krawetz,
"Kind of Like That" (2013).
"""

from __future__ import annotations

from itertools import pairwise

from PIL import Image

from media.shrinking import fitting, turned

ROWS, COLUMNS = 8, 8
PARTS, PART_BITS = 4, 16
# Bits that may differ. Below 2 * PARTS, so that one part at least differs by one bit at most: the
# rows to compare are found by an index on the parts.
NEAR = 6


def of(image: Image.Image, orientation: int = 1) -> int:
    """The fingerprint of a decoded picture, 0 ≤ n < 2**64, turned as it is to be seen."""
    small = turned(_grey(fitting(image, 256)), orientation)
    points = small.resize((COLUMNS + 1, ROWS), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(ROWS):
        line = points[row * (COLUMNS + 1) : (row + 1) * (COLUMNS + 1)]
        for left, right in pairwise(line):
            bits = bits << 1 | (left < right)
    return bits


def parts(fingerprint: int) -> tuple[int, ...]:
    """Its 16-bit parts, lowest first."""
    return tuple(fingerprint >> PART_BITS * at & 0xFFFF for at in range(PARTS))


def neighbours(part: int) -> list[int]:
    """The part itself and the 16 that differ from it in one bit."""
    return [part, *(part ^ 1 << bit for bit in range(PART_BITS))]


def distance(one: int, other: int) -> int:
    return (one ^ other).bit_count()


def is_plain(fingerprint: int) -> bool:
    """A picture of one colour, or a plain run of it: it says nothing of what it looks like."""
    return fingerprint.bit_count() in (*range(4), *range(61, 65))


def _grey(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("L")
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    white.alpha_composite(image)
    return white.convert("L")
