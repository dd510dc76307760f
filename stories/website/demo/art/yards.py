"""Yards where things dry in the sun: hats, noodles."""

from __future__ import annotations

import math

from stories.website.demo.art import canvas as c
from stories.website.demo.art.canvas import (
    HEIGHT,
    WIDTH,
    Board,
    mix,
)
from stories.website.demo.art.figures import Look, woman
from stories.website.demo.art.places import (
    house,
    ranges,
    sky,
)


def drying_yard(b: Board, what: str = "hats") -> None:
    """Seen from above: hats with their rings, or racks of noodles."""
    b.gradient("#d9b07a", "#c99a63", 0, HEIGHT)
    for _ in range(260):
        b.disc(
            b.random.uniform(0, WIDTH),
            b.random.uniform(0, HEIGHT),
            b.random.uniform(2, 6),
            mix("#d2a66f", c.SOIL, 0.15),
            2,
        )
    for row in range(5):
        for col in range(7):
            x, y, r = 130 + col * 228 + (row % 2) * 110, 110 + row * 218, 100
            if 620 < x < 980 and 430 < y < 800:
                continue
            b.disc(x + 20, y + 24, r, "#a97c4c")
            b.disc(x, y, r, mix(c.STRAW, "#fff6de", 0.15 + (row + col) % 3 * 0.16))
            b.poly(
                [(x, y), *[c.around(x, y, r, a / 10) for a in range(2, 15)]],
                mix(c.STRAW, c.CLAY, 0.2),
            )
            for k in range(1, 9):
                b.ring(x, y, r * k / 8, mix(c.STRAW, c.SOIL, 0.32), 2)
            for k in range(16):
                b.line([(x, y), c.around(x, y, r, k * 0.3927)], mix(c.STRAW, c.SOIL, 0.14), 1.6)
            b.disc(x, y, 5, c.SOIL)
    x, y = 800, 620
    b.disc(x + 18, y + 30, 140, "#a97c4c", 110)
    b.blob(
        [
            (x - 120, y + 10),
            (x - 60, y - 60),
            (x + 60, y - 60),
            (x + 120, y + 10),
            (x + 90, y + 105),
            (x - 90, y + 105),
        ],
        c.LACQUER,
    )
    b.line([(x - 92, y + 20), (x - 150, y - 70)], c.LACQUER, 44)
    b.line([(x + 92, y + 20), (x + 165, y - 64)], c.LACQUER, 44)
    for hx, hy in ((x - 158, y - 84), (x + 172, y - 78)):
        b.disc(hx, hy, 22, c.SKIN)
    b.disc(x, y + 6, 122, c.STRAW)
    b.poly(
        [(x, y + 6), *[c.around(x, y + 6, 122, a / 10) for a in range(2, 15)]],
        mix(c.STRAW, c.CLAY, 0.22),
    )
    for k in range(1, 9):
        b.ring(x, y + 6, 122 * k / 8, mix(c.STRAW, c.SOIL, 0.35), 2)
    for i, (px, py) in enumerate(((60, 60), (1540, 1010), (1560, 70), (40, 1020))):
        for k in range(5):
            a = math.pi / 4 + i * math.pi / 2 + (k - 2) * 0.3
            b.veil(
                [
                    [
                        (px, py),
                        c.around(px, py, 330, a - 0.09),
                        c.around(px, py, 360, a),
                        c.around(px, py, 330, a + 0.09),
                    ]
                ],
                c.FOREST,
                0.3,
            )


def noodles(b: Board, kind: str = "morning") -> None:
    sky(b, kind, (1200, 250, 110), 560)
    ranges(b, kind, 540, c.PALM, 3, 180)
    b.gradient("#cfae7a", "#dcc08f", 600, HEIGHT)
    house(b, 300, 640, 330, roof="#a5512f")
    for row in range(4):
        y, depth, step = 660 + row * 112, 52 + row * 20, 250 + row * 60
        for i in range(-1, 8):
            x = 60 + i * step - row * 70
            b.line([(x, y + depth), (x, y + depth + 46)], c.BARK, 9)
            b.line([(x + step * 0.84, y + depth), (x + step * 0.84, y + depth + 46)], c.BARK, 9)
            b.poly(
                [(x + 22, y), (x + step * 0.8, y), (x + step * 0.86, y + depth), (x, y + depth)],
                "#b98d52",
            )
            for k in range(26):
                share = k / 25
                x0, x1 = x + 22 + (step * 0.78 - 18) * share, x + (step * 0.86) * share
                b.line([(x0, y), (x1, y + depth)], "#fdf6e6" if k % 2 else "#efe2c6", 4 + row)
        if row == 1:
            woman(
                b,
                520,
                y + 250,
                430,
                Look(c.LACQUER, c.INK),
                lean=16,
                left=(0.02, 0.0),
                right=(0.2, 0.04),
            )
        if row == 2:
            woman(
                b,
                1120,
                y + 250,
                480,
                Look(c.INDIGO, c.INK, "scarf"),
                lean=-14,
                left=(-0.2, 0.03),
                right=(0.0, 0.0),
            )
