"""Scenes of the hills: tea, terraces, acacia, stilt houses, lacquer trees."""

from __future__ import annotations

import math

from stories.website.demo.art import canvas as c
from stories.website.demo.art.canvas import (
    HEIGHT,
    WIDTH,
    Board,
    Colour,
    darker,
    lighter,
    mix,
    waves,
)
from stories.website.demo.art.figures import Look, basket, bird, woman
from stories.website.demo.art.growth import hedge, palm
from stories.website.demo.art.places import (
    ground,
    ranges,
    sky,
    stilt_house,
)


def mound(b: Board, x: float, y: float, half: float, height: float, colour: Colour) -> None:
    """A round hill wrapped in rows of tea."""
    rows = max(5, int(height / 26))
    for i in range(rows):
        share = i / rows
        rx = half * math.cos(share * 1.45)
        yy = y - height * math.sin(share * 1.5)
        ry = rx * 0.2
        tone = mix(colour, c.LEAF, share * 0.65)
        b.disc(x, yy + 7, rx, darker(tone, 0.42), ry)
        b.disc(x, yy, rx * 0.985, tone, ry * 0.92)
        b.arc(x, yy - 1, rx * 0.95, ry * 0.86, 195, 300, lighter(tone, 0.24), 5)


def tea_hills(
    b: Board, kind: str = "morning", mist: bool = False, pickers: int = 3, colour: Colour = c.TEA
) -> None:
    sky(b, kind, (1190, 280, 120), 620)
    ranges(b, kind, 600, c.PALM, 3, 210)
    spots = [
        (170, 690, 250, 165),
        (560, 650, 230, 150),
        (930, 690, 260, 185),
        (1360, 660, 260, 170),
        (360, 800, 300, 190),
        (1160, 830, 330, 215),
        (760, 850, 250, 150),
    ]
    for i, (x, y, half, height) in enumerate(spots):
        tone = mix(colour, "#f3ecd2", max(0, 0.36 - i * 0.06))
        mound(b, x + b.random.uniform(-30, 30), y, half, height, tone)
        if mist and i in (1, 3, 5):
            b.veil(
                [[(-50, y - 34), (WIDTH + 50, y - 48), (WIDTH + 50, y + 62), (-50, y + 46)]],
                "#fdf8ea",
                0.75,
                22,
            )
    if not mist:
        palm(b, 1480, 700, 190)
        palm(b, 66, 720, 160, lean=-0.05)
    rows = [(860, 40), (960, 54), (1080, 66)]
    looks = (
        Look(c.LACQUER, c.INK),
        Look("#7d3d63", c.INK),
        Look(c.INDIGO, c.INK),
        Look("#c98a2e", c.INK),
    )
    for row, (y, size) in enumerate(rows):
        for i in range(pickers):
            if i % len(rows) == row:
                px = 300 + i * 900 / max(1, pickers - 1) + row * 40
                hands = woman(
                    b,
                    px,
                    y + 105 + row * 10,
                    285 + row * 34,
                    looks[i % 4],
                    lean=14 if i % 2 else -14,
                    left=(-0.16, 0.0),
                    right=(0.15, 0.02),
                )
                basket(b, px + (66 if i % 2 else -66), y + 30, 34 + row * 4, c.CLAY, c.LEAF)
                b.disc(*hands[0], 8, c.LEAF)
        hedge(
            b,
            [(x, y + 26 * math.sin(x / 300 + row * 1.3)) for x in range(-60, 1700, 130)],
            size,
            mix(colour, c.PALM, 0.12 * row),
        )


def picking(b: Board, kind: str = "day") -> None:
    """Two women with a clipping machine over a row of tea."""
    sky(b, kind, (300, 240, 100), 560)
    ranges(b, kind, 540, c.PALM, 3, 170)
    for x, y, half, height in ((250, 640, 330, 130), (820, 630, 300, 110), (1350, 650, 330, 150)):
        mound(b, x, y, half, height, mix(c.TEA, "#f3ecd2", 0.25))
    for row, y in enumerate((690, 765)):
        hedge(
            b,
            [(x, y - x * 0.02) for x in range(-60, 1700, 130)],
            40 + row * 8,
            mix(c.TEA, c.LEAF, 0.2),
        )
    woman(b, 420, 1000, 560, Look(c.LACQUER, c.INK), lean=10, left=(0.02, 0.03), right=(0.24, 0.05))
    woman(
        b, 1190, 985, 560, Look("#c98a2e", c.INK), lean=-10, left=(-0.24, 0.05), right=(-0.02, 0.03)
    )
    b.blob([(980, 640), (1080, 560), (1300, 620), (1420, 760), (1240, 820), (1060, 760)], "#e9dcc0")
    b.curve([(990, 660), (1120, 640), (1300, 700)], "#cdbb97", 6)
    b.curve([(520, 705), (640, 655), (806, 640), (960, 655), (1075, 705)], "#d9d4c6", 26)
    b.curve([(520, 712), (640, 664), (806, 650), (960, 664), (1075, 712)], c.LACQUER, 10)
    for i in range(2):
        hedge(
            b,
            [(x, 860 + i * 120 + x * 0.02) for x in range(-60, 1700, 130)],
            62 + i * 14,
            mix(c.TEA, c.PALM, 0.15 * i),
        )


def terraces(
    b: Board, kind: str = "day", rows: int = 9, houses: bool = True, machine: bool = False
) -> None:
    sky(b, kind, (1220, 250, 110), 520)
    ranges(b, kind, 500, c.PALM, 3, 220)
    if houses:
        stilt_house(b, 330, 560, 210, lit=kind in ("dusk", "dawn"))
        stilt_house(b, 1290, 590, 170, lit=kind in ("dusk", "dawn"))
        palm(b, 470, 560, 170)
        palm(b, 1440, 600, 150, lean=-0.05)
    water = mix("#cfe0d4", "#f3d9a2" if kind != "day" else "#eaf2e0", 0.4)
    for i in range(rows):
        share = i / (rows - 1)
        y = 560 + 470 * share**1.35
        depth = 26 + 54 * share
        line = waves(b.random, y + depth * 0.3, depth * 0.9, 900 + 300 * share)
        paddy = mix("#a9b953", c.TEA, (i % 3) * 0.3) if (i % 3 or machine) else water
        b.under(line, mix(paddy, c.PALM, 0.08 * (i % 2)))
        b.line(
            [(x, line(x)) for x in range(0, WIDTH + 20, 20)],
            mix("#8a6a3d", c.TEA, 0.35),
            7 + 6 * share,
        )
        if paddy != water:
            step = int(24 + 22 * share)
            for x in range(int(b.random.uniform(0, step)), WIDTH, step):
                yy = line(x) + depth * 0.55
                for lean in (-5, 0, 5):
                    b.line([(x, yy), (x + lean, yy - 12 - 10 * share)], lighter(paddy, 0.18), 3)
    if machine:
        transplanter(b)
    else:
        woman(
            b,
            770,
            905,
            260,
            Look(c.LACQUER, c.INK),
            lean=38,
            left=(0.06, -0.24),
            right=(0.18, -0.22),
        )
        woman(
            b,
            1010,
            960,
            290,
            Look("#7d3d63", c.INK),
            lean=-36,
            left=(-0.2, -0.22),
            right=(-0.06, -0.26),
        )


def transplanter(b: Board) -> None:
    x, y = 980, 900
    for i in range(7):
        b.line([(x - 160 - 60, y - 2 + i * 12), (20, y + 70 + i * 22)], "#d8e4b4", 4)
    b.rect(x - 150, y - 112, 330, 92, c.LACQUER, 22)
    b.rect(x - 240, y - 76, 120, 60, "#d9d4c6", 8)
    for i in range(6):
        b.rect(x - 238 + i * 20, y - 20, 8, 46, c.INK)
    woman(
        b,
        x + 40,
        y - 20,
        420,
        Look(c.INDIGO, c.INK),
        lean=4,
        left=(-0.1, 0.04),
        right=(0.2, 0.06),
        seated=True,
    )
    b.ring(x + 128, y - 196, 34, c.INK, 9, 12)
    b.line([(x + 132, y - 186), (x + 150, y - 112)], c.INK, 10)
    for dx, r in ((-86, 74), (132, 86)):
        b.disc(x + dx, y + 6, r, c.INK)
        b.disc(x + dx, y + 6, r * 0.55, c.TURMERIC)
        b.disc(x + dx, y + 6, r * 0.2, c.INK)


def beehives(b: Board, kind: str = "day", hives: bool = True) -> None:
    sky(b, kind, (320, 240, 110), 580)
    ranges(b, kind, 560, c.PALM, 3, 210)
    line = waves(b.random, 690, 120, 900)
    b.under(line, "#9aa757")
    for i in range(15):
        x = 40 + i * 112
        y = line(x) + 14
        b.rect(x - 5, y - 190 - (i * 31 % 60), 10, 196 + (i * 31 % 60), c.BARK)
        for k in range(4):
            b.disc(
                x + (k % 2 * 2 - 1) * 22,
                y - 150 - k * 32 - (i * 31 % 60),
                40 - k * 5,
                mix(c.PALM, c.LEAF, (i + k) % 3 * 0.22),
                30 - k * 3,
            )
    ground(b, 800, "#879648", 24)
    if hives:
        for row in range(2):
            for i in range(6):
                x, y = 70 + i * 290 + row * 120, 860 + row * 130
                if 640 < x < 1000:
                    continue
                w = 140 + row * 26
                tone = ("#d9a24a", "#7fa9a6", "#c8713f", "#e8cf9a")[(i + row) % 4]
                for dx in (0.12, 0.84):
                    b.rect(x + w * dx, y, 12, 56, c.BARK)
                b.rect(x, y - w * 0.62, w, w * 0.66, tone, 5)
                b.rect(x, y - w * 0.3, w, 5, darker(tone, 0.25))
                b.poly(
                    [
                        (x - 14, y - w * 0.6),
                        (x + w + 14, y - w * 0.6),
                        (x + w + 2, y - w * 0.78),
                        (x - 2, y - w * 0.78),
                    ],
                    darker(tone, 0.32),
                )
                b.rect(x + w * 0.25, y - w * 0.07, w * 0.5, 8, c.INK, 4)
        woman(
            b, 800, 1030, 560, Look(c.CREAM, c.INK), lean=8, left=(-0.02, 0.1), right=(0.18, 0.12)
        )
        b.rect(792, 640, 130, 96, "#8a5a30", 4)
        b.rect(802, 650, 110, 76, "#e2a63a")
        for _ in range(70):
            bx, by = 850 + b.random.gauss(0, 190), 640 + b.random.gauss(0, 120)
            b.disc(bx, by, 5, c.INK, 4)
            b.disc(bx + 3, by - 4, 4, "#f4ead0", 3)
    else:
        woman(b, 620, 1010, 470, Look(c.LACQUER, c.INK), left=(-0.12, 0.02), right=(0.14, 0.02))
        woman(
            b,
            860,
            1020,
            490,
            Look(c.INDIGO, c.INK, "scarf"),
            left=(-0.12, 0.02),
            right=(0.14, 0.05),
        )
        basket(b, 1010, 1030, 74, c.CLAY, c.LEAF)
    for x, y in ((1130, 230), (1210, 270), (1290, 220)):
        bird(b, x, y, 26, c.FOREST)


def mountain_road(b: Board, kind: str = "rain") -> None:
    """The health worker on her way, in the rain; or stilt houses of an evening."""
    sky(b, kind, None if kind == "rain" else (1180, 260, 110), 620)
    ranges(b, kind, 600, c.PALM, 4, 300)
    line = waves(b.random, 720, 120, 1000)
    b.under(line, mix(c.PALM, c.TEA, 0.35))
    stilt_house(b, 1270, line(1270) + 50, 330)
    stilt_house(b, 940, line(940) + 20, 210)
    palm(b, 1490, line(1490) + 60, 330)
    b.under(lambda x: 820 + 50 * math.sin(x / 400 + 1), "#6f8a4c")
    b.poly(
        [
            *c.smooth(
                [(1150, 790), (1000, 850), (700, 880), (420, 960), (240, 1100)], closed=False
            ),
            *c.smooth(
                [(760, 1100), (800, 980), (960, 900), (1120, 860), (1200, 796)], closed=False
            ),
        ],
        "#c3a273",
    )
    if kind == "rain":
        hands = woman(
            b,
            560,
            1040,
            560,
            Look("#e9e6dc", "#34405a", "non"),
            lean=5,
            left=(-0.16, 0.08),
            right=(0.13, 0.06),
        )
        b.line([(hands[0][0], hands[0][1] - 90), (hands[0][0] - 14, 1050)], c.BARK, 12)
        b.rect(606, 640, 96, 120, "#dfe6e2", 14)
        b.rect(644, 664, 20, 64, c.TEA)
        b.rect(622, 686, 64, 20, c.TEA)
        for _ in range(170):
            x, y = b.random.uniform(0, WIDTH), b.random.uniform(0, HEIGHT)
            b.line([(x, y), (x - 12, y + 46)], "#dbe4de", 2)
    else:
        stilt_house(b, 400, 980, 620, lit=kind in ("dusk", "night"))
        woman(
            b,
            860,
            1020,
            330,
            Look("#f1e6cf", "#241f28", "scarf", sash=c.LACQUER, long=False),
            left=(-0.12, 0.0),
            right=(0.16, 0.04),
        )
        basket(b, 930, 1020, 44, c.CLAY, c.LEAF)


def lacquer_wood(b: Board) -> None:
    """Tapping lacquer trees by the light of head lamps."""
    b.gradient("#101a2e", "#26374a", 0, HEIGHT)
    for layer in range(3):
        tone = mix("#1b2c3c", "#3d5560", 0.7 - layer * 0.32)
        for _i in range(12 + layer * 2):
            x = b.random.uniform(-20, WIDTH)
            w = 18 + layer * 16
            b.poly(
                [
                    (x - w / 2, HEIGHT),
                    (x + w / 2, HEIGHT),
                    (x + w * 0.35 + 12, 0),
                    (x - w * 0.35 + 12, 0),
                ],
                tone,
            )
        b.under(
            waves(b.random, 820 + layer * 70, 50, 600), mix("#16242f", "#2c4a44", 0.4 - layer * 0.1)
        )
    for x, h, way, y in ((420, 560, 1, 1010), (1120, 520, -1, 990), (800, 330, 1, 900)):
        hx, hy = x + way * h * 0.02, y - h * 0.94
        b.veil(
            [
                [
                    (hx, hy),
                    (hx + way * h * 0.62, hy - h * 0.14),
                    (hx + way * h * 0.66, hy + h * 0.42),
                ]
            ],
            "#ffe6a0",
            0.4,
            6,
        )
        tx = x + way * h * 0.46
        b.poly([(tx - 34, y + 40), (tx + 34, y + 40), (tx + 26, 0), (tx - 26, 0)], "#6a4a38")
        for k in range(4):
            yy = y - h * (0.42 + 0.13 * k)
            b.line([(tx - 24, yy - 16), (tx, yy + 8), (tx + 24, yy - 16)], "#f3ead8", 6)
            b.disc(tx, yy + 20, 11, "#e8dcc0", 8)
        woman(
            b,
            x,
            y,
            h,
            Look((c.LACQUER, "#c98a2e", c.DEEP)[int(y) % 3], c.INK, "scarf", scarf="#d9cdb4"),
            lean=way * 6,
            left=(0.1 * way - 0.06, 0.14),
            right=(0.24 * way, 0.2),
        )
        b.disc(hx + way * h * 0.03, hy, h * 0.022, "#fff7d8")
        b.glow(hx + way * h * 0.03, hy, h * 0.16, "#ffe6a0", 0.6)
