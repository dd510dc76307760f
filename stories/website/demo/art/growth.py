"""What grows: fan palms, round trees, rows of tea."""

from __future__ import annotations

import math

from stories.website.demo.art import canvas as c
from stories.website.demo.art.canvas import Board, Colour, Point, around, darker, lighter, mix


def fan_leaf(b: Board, x: float, y: float, r: float, angle: float, colour: Colour) -> None:
    """One leaf of the fan palm (cọ)."""
    points: list[Point] = []
    spikes = 13
    for i in range(spikes * 2 + 1):
        a = angle + (i / (spikes * 2) - 0.5) * 2.7
        points.append(around(x, y, r * (1 if i % 2 else 0.74), a))
    b.poly([(x, y), *points], colour)
    for i in range(1, spikes * 2, 4):
        b.line(
            [(x, y), around(x, y, r * 0.7, angle + (i / (spikes * 2) - 0.5) * 2.7)],
            darker(colour, 0.2),
            r * 0.02,
        )


def palm(
    b: Board, x: float, y: float, height: float, colour: Colour = c.PALM, lean: float = 0.04
) -> None:
    """A fan palm, as on the hills of Hạ Hòa and Thanh Ba."""
    tip = (x + height * lean, y - height)
    b.poly(
        [
            (x - height * 0.022, y),
            (x + height * 0.022, y),
            (tip[0] + height * 0.014, tip[1]),
            (tip[0] - height * 0.014, tip[1]),
        ],
        c.BARK,
    )
    r = height * 0.26
    for i, angle in enumerate((0.5, 2.64, -0.12, 3.26, -0.75, 3.9, -1.57)):
        stalk = around(*tip, r * 0.5, angle)
        b.line([tip, stalk], darker(colour, 0.25), height * 0.01)
        fan_leaf(b, *stalk, r * (0.8 if i < 6 else 0.7), angle, mix(colour, c.LEAF, (i % 3) * 0.16))


def tree(
    b: Board,
    x: float,
    y: float,
    size: float,
    colour: Colour = c.TEA,
    fruit: Colour | None = None,
    trunk: float = 0.55,
) -> None:
    """A round tree, with fruit if a colour is given."""
    b.poly(
        [
            (x - size * 0.07, y),
            (x + size * 0.07, y),
            (x + size * 0.04, y - size * trunk),
            (x - size * 0.04, y - size * trunk),
        ],
        c.BARK,
    )
    top = y - size * (trunk + 0.42)
    spots = [
        (-0.34, 0.1, 0.34),
        (0.34, 0.12, 0.33),
        (0, -0.2, 0.42),
        (-0.12, 0.18, 0.36),
        (0.17, 0.14, 0.34),
    ]
    for dx, dy, r in spots:
        b.disc(x + dx * size, top + dy * size + size * 0.05, r * size, darker(colour, 0.2))
    for dx, dy, r in spots:
        b.disc(x + dx * size * 0.95, top + dy * size - size * 0.02, r * size * 0.92, colour)
    for dx, dy, r in spots:
        b.disc(
            x + dx * size - size * 0.06,
            top + dy * size - size * 0.1,
            r * size * 0.55,
            lighter(colour, 0.13),
        )
    for _ in range(26):
        a, q = b.random.uniform(0, 6.28), b.random.uniform(0.1, 0.52) * size
        px, py = x + q * math.cos(a), top + q * 0.8 * math.sin(a)
        b.disc(px, py, size * 0.035, darker(colour, 0.12), size * 0.02)
    if fruit is not None:
        for i in range(11):
            a = i * 2.4
            q = size * (0.16 + 0.035 * i)
            px, py = x + q * math.cos(a), top + size * 0.1 + q * 0.75 * math.sin(a)
            b.disc(px, py, size * 0.064, darker(fruit, 0.15))
            b.disc(px - size * 0.008, py - size * 0.01, size * 0.057, fruit)
            b.disc(px - size * 0.03, py - size * 0.024, size * 0.016, lighter(fruit, 0.5))


def hedge(b: Board, points: list[tuple[float, float]], size: float, colour: Colour) -> None:
    """A row of clipped tea: shade below, light on top."""
    curve = c.smooth(points, closed=False, steps=max(4, int(900 / size / max(1, len(points)))))
    for dy, tone, r in (
        (size * 0.42, darker(colour, 0.36), 1.0),
        (0, colour, 0.95),
        (-size * 0.3, lighter(colour, 0.16), 0.6),
    ):
        for i, (x, y) in enumerate(curve):
            wobble = math.sin(i * 1.7) * size * 0.1
            b.disc(x, y + dy + wobble, size * r, tone, size * r * 0.8)
    for x, y in curve[::2]:
        b.disc(x + size * 0.2, y - size * 0.52, size * 0.16, lighter(colour, 0.34))
