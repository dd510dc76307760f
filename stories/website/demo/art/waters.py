"""Scenes by the river and the pond, and on village roads."""

from __future__ import annotations

import math

from stories.website.demo.art import canvas as c
from stories.website.demo.art.canvas import (
    HEIGHT,
    WIDTH,
    Board,
    Colour,
    lighter,
    mix,
    waves,
)
from stories.website.demo.art.figures import Look, bird, woman
from stories.website.demo.art.growth import palm, tree
from stories.website.demo.art.places import (
    ground,
    house,
    ranges,
    sky,
)


def river(b: Board, kind: str = "morning", litter: bool = False) -> None:
    sky(b, kind, (1120, 300, 120), 560)
    ranges(b, kind, 590, c.PALM, 3, 220)
    b.gradient("#e3d9b8", "#7fa9a6", 590, HEIGHT)
    for i in range(46):
        y = 600 + (i / 46) ** 1.5 * 460
        x, w = b.random.uniform(-80, WIDTH), b.random.uniform(60, 240) * (0.5 + i / 46)
        b.rect(x, y, w, 3 + i * 0.11, lighter("#7fa9a6", 0.25 + (i % 3) * 0.15), 3)
    for i in range(9):
        b.rect(1120 - 90 + (i % 3) * 24, 620 + i * 34, 180 - i * 12, 8, "#f3c58a", 4)
    if litter:
        b.under(waves(b.random, 880, 60, 1400), "#cdb07a")
        b.under(waves(b.random, 930, 50, 1000), "#8d9a52")
        for x, h in ((120, 260), (1490, 300)):
            palm(b, x, 960, h * 1.3)
        looks = (
            Look(c.LACQUER, "#2b2622", "non"),
            Look(c.DEEP, "#2b2622", "non"),
            Look("#c98a2e", "#2b2622", "scarf"),
        )
        for i, x in enumerate((430, 800, 1140)):
            woman(
                b,
                x,
                1000 + (i % 2) * 30,
                420,
                looks[i],
                lean=(28, -26, 22)[i],
                left=(-0.02 if i != 1 else -0.2, -0.16),
                right=(0.17 if i != 1 else 0.02, -0.14),
            )
            b.blob(
                [(x + 100, 1030), (x + 86, 930), (x + 130, 880), (x + 176, 930), (x + 164, 1034)],
                ("#dfe6e2", "#a9c8b4")[i % 2],
            )
            b.line([(x + 118, 884), (x + 146, 884)], c.LACQUER, 12)
        for k in range(12):
            x, y = 60 + k * 131, 960 + (k * 47 % 80)
            b.rect(x, y, 40, 15, ("#9fc6d4", "#e9efe8", "#8fb79a")[k % 3], 6)
            b.rect(x + 38, y + 4, 10, 7, c.LACQUER, 2)
    else:
        boat(b, 620, 830, 560)
        boat(b, 1280, 690, 220)
        b.under(lambda x: 1010 + 40 * math.sin(x / 240), c.FOREST)
        for i in range(40):
            x = i * 42
            b.line(
                [(x, 1067), (x + b.random.uniform(-20, 20), 960 + b.random.uniform(-30, 50))],
                c.PALM,
                6,
            )
    for x, y in ((360, 280), (430, 250), (500, 290)):
        bird(b, x, y, 24, c.FOREST)


def boat(b: Board, x: float, y: float, size: float) -> None:
    b.disc(x, y + size * 0.09, size * 0.52, "#5f8f90", size * 0.045)
    woman(
        b,
        x + size * 0.24,
        y + size * 0.02,
        size * 0.56,
        Look(c.LACQUER, c.INK, "non"),
        lean=6,
        left=(-0.02, 0.1),
        right=(0.16, 0.08),
    )
    b.line(
        [(x + size * 0.1, y - size * 0.44), (x + size * 0.52, y + size * 0.14)],
        c.BARK,
        size * 0.016,
    )
    b.poly(
        [
            (x - size * 0.56, y - size * 0.11),
            (x + size * 0.56, y - size * 0.11),
            (x + size * 0.4, y + size * 0.09),
            (x - size * 0.4, y + size * 0.09),
        ],
        "#6e4527",
    )
    b.poly(
        [
            (x - size * 0.56, y - size * 0.11),
            (x + size * 0.56, y - size * 0.11),
            (x + size * 0.53, y - size * 0.065),
            (x - size * 0.53, y - size * 0.065),
        ],
        "#8f6239",
    )
    b.arc(
        x - size * 0.18, y - size * 0.1, size * 0.21, size * 0.2, 180, 360, "#b98a4e", size * 0.05
    )
    b.poly(
        [
            (x - size * 0.4, y - size * 0.1),
            *[
                c.around(x - size * 0.18, y - size * 0.1, size * 0.22, math.pi + k * math.pi / 12)
                for k in range(13)
            ],
        ],
        "#c79a5a",
    )
    for k in range(4):
        b.arc(
            x - size * 0.18,
            y - size * 0.1,
            size * (0.19 - k * 0.045),
            size * 0.2,
            180,
            360,
            "#a97c44",
            size * 0.008,
        )


def pond(b: Board) -> None:
    sky(b, "mist", (1240, 190, 84), 420)
    ranges(b, "mist", 420, c.PALM, 2, 130)
    ground(b, 430, "#9aa757", 14)
    house(b, 260, 480, 300)
    palm(b, 470, 490, 200)
    b.blob([(-60, 640), (300, 540), (900, 520), (1660, 590), (1680, 1120), (-60, 1120)], "#8a7a4a")
    b.blob([(-60, 670), (320, 575), (900, 552), (1680, 625), (1700, 1140), (-60, 1140)], "#5f9492")
    for i in range(26):
        b.rect(b.random.uniform(0, WIDTH), 600 + i * 18, b.random.uniform(60, 200), 5, "#7fb0aa", 3)
    for i in range(44):
        x, y = 760 + b.random.gauss(0, 360), 840 + b.random.gauss(0, 110)
        if y < 640:
            continue
        fish(
            b,
            x,
            y,
            22 + (y - 600) * 0.06,
            (c.LACQUER, "#e0653a", "#d8452f")[i % 3],
            b.random.uniform(0, 6.28),
        )
    woman(
        b, 1100, 930, 640, Look(c.INDIGO, c.INK), lean=-14, left=(-0.3, 0.02), right=(-0.16, 0.06)
    )
    b.disc(1098, 880, 110, "#6fa3a0", 26)
    b.line([(980, 600), (840, 760)], c.BARK, 14)
    b.ring(790, 830, 110, c.BARK, 10, 52)
    for k in range(7):
        b.line([(700 + k * 30, 838), (740 + k * 18, 930)], "#e9e2cf", 3)
    for k in range(4):
        b.arc(790, 840 + k * 22, 104 - k * 16, 44 - k * 6, 0, 180, "#e9e2cf", 3)
    for i in range(5):
        fish(b, 748 + i * 22, 880 - (i % 2) * 18, 34, c.LACQUER, i * 1.3)
    for x, y, r in ((150, 940, 92), (300, 1010, 76), (1480, 1000, 96)):
        b.disc(x, y, r, c.TEA, r * 0.45)
        b.poly([(x, y), (x + r, y - r * 0.12), (x + r, y + r * 0.12)], "#5f9492")
    b.disc(180, 900, 26, "#e9a7b4")


def fish(b: Board, x: float, y: float, size: float, colour: Colour, angle: float) -> None:
    at = lambda dx, dy: c.around(x, y, math.hypot(dx, dy) * size, angle + math.atan2(dy, dx))  # noqa: E731
    b.blob(
        [
            at(1, 0),
            at(0.35, 0.36),
            at(-0.6, 0.14),
            at(-1.25, 0.44),
            at(-1.0, 0),
            at(-1.25, -0.44),
            at(-0.6, -0.14),
            at(0.35, -0.36),
        ],
        colour,
    )
    b.curve([at(0.5, 0.02), at(0.1, 0.02), at(-0.5, 0)], lighter(colour, 0.35), size * 0.1)


def lane(b: Board, kind: str = "morning", hill: bool = False) -> None:
    """A village road with flowers; or a new road among palm hills."""
    sky(b, kind, (1200, 230, 110), 560)
    ranges(b, kind, 560, c.PALM, 3, 190)
    if hill:
        hill_road(b)
    else:
        flower_lane(b)


def hill_road(b: Board) -> None:
    line = waves(b.random, 640, 150, 800)
    b.under(line, "#8aa14f")
    for i in range(12):
        x = 40 + i * 138
        palm(
            b,
            x,
            line(x) + 30,
            170 + (i * 53 % 90),
            mix(c.PALM, c.LEAF, (i % 3) * 0.12),
            lean=(-0.04, 0.03, 0.06)[i % 3],
        )
    ground(b, 740, "#76924a", 20)
    b.poly(
        [
            *c.smooth([(860, 640), (900, 700), (720, 780), (520, 900), (380, 1100)], closed=False),
            *c.smooth(
                [(1240, 1100), (1080, 900), (960, 780), (970, 700), (884, 640)], closed=False
            ),
        ],
        "#e2d3b4",
    )
    b.curve([(872, 650), (930, 710), (840, 790), (800, 920), (810, 1080)], "#cbb78f", 8)
    for side in (-1, 1):
        for k in range(6):
            x, y = 820 + side * (250 + k * 64), 830 + k * 52
            b.rect(x - 5, y - 120, 10, 124, "#8a7a5a")
            for t in range(5):
                b.curve(
                    [
                        (x, y - 116),
                        c.around(x, y - 130, 46, -2.6 + t * 0.5),
                        c.around(x, y - 116, 74, -2.9 + t * 0.66),
                    ],
                    c.PALM,
                    8,
                )
    woman(b, 640, 1040, 440, Look(c.LACQUER, c.INK, "bun"), left=(-0.12, 0.0), right=(0.17, 0.16))
    b.poly([(716, 740), (790, 724), (806, 800), (734, 818)], c.CREAM)
    woman(b, 930, 1050, 450, Look(c.DEEP, c.INK), left=(-0.16, 0.1), right=(0.12, 0.0))


def flower_lane(b: Board) -> None:
    for i, (x, w, tone) in enumerate(
        (
            (150, 360, c.LACQUER),
            (560, 250, "#a5512f"),
            (1110, 250, "#a5512f"),
            (1480, 380, c.LACQUER),
        )
    ):
        house(b, x, 690 + (0, -40, -40, 0)[i], w, roof=tone)
    tree(b, 360, 730, 250, c.TEA, "#d2664a")
    palm(b, 1270, 720, 300)
    ground(b, 690, "#8d9a52", 8)
    b.poly([(760, 660), (860, 660), (1240, 1080), (380, 1080)], "#e0d1b3")
    for side in (-1, 1):
        for k in range(60):
            share = (k / 60) ** 1.6
            y = 668 + 410 * share
            x = 810 + side * (56 + 390 * share)
            size = 5 + 22 * share
            for t in range(5):
                px = x + side * t * size * 1.4 + b.random.uniform(-4, 4)
                b.disc(
                    px,
                    y + b.random.uniform(-6, 6),
                    size,
                    mix(c.TEA, c.LEAF, (t % 3) * 0.3),
                    size * 0.8,
                )
                b.disc(
                    px,
                    y - size * 0.7,
                    size * 0.55,
                    ("#e9b93a", "#d8553a", "#f6ead2", "#c06a9a", "#e58b3e")[(t + k) % 5],
                )
    woman(
        b,
        560,
        1000,
        480,
        Look(c.LACQUER, c.INK),
        lean=24,
        left=(0.02, -0.12),
        right=(0.17, -0.1),
    )
    bicycle(b, 1000, 960, 190)
    woman(b, 1150, 980, 460, Look(c.INDIGO, c.INK, "bun"), left=(-0.16, 0.04), right=(0.12, 0.0))


def bicycle(b: Board, x: float, y: float, size: float) -> None:
    for dx in (-0.62, 0.62):
        b.ring(x + dx * size, y - size * 0.36, size * 0.36, c.INK, size * 0.035)
        for k in range(6):
            b.line(
                [
                    (x + dx * size, y - size * 0.36),
                    c.around(x + dx * size, y - size * 0.36, size * 0.34, k * 1.047),
                ],
                "#8d9894",
                size * 0.01,
            )
    frame = [
        (x - 0.62 * size, y - 0.36 * size),
        (x - 0.2 * size, y - 0.86 * size),
        (x + 0.42 * size, y - 0.86 * size),
        (x, y - 0.36 * size),
        (x - 0.62 * size, y - 0.36 * size),
    ]
    b.line(frame, c.DEEP, size * 0.045)
    b.line(
        [
            (x + 0.62 * size, y - 0.36 * size),
            (x + 0.38 * size, y - 1.04 * size),
            (x + 0.22 * size, y - 1.1 * size),
        ],
        c.DEEP,
        size * 0.04,
    )
    b.line([(x, y - 0.36 * size), (x - 0.24 * size, y - 0.98 * size)], c.DEEP, size * 0.04)
    b.rect(x - 0.38 * size, y - 1.04 * size, size * 0.28, size * 0.07, c.BARK, size * 0.03)
