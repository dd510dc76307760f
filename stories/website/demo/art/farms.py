"""Scenes of orchards, fields, gardens and yards."""

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
)
from stories.website.demo.art.figures import Look, basket, woman
from stories.website.demo.art.growth import palm, tree
from stories.website.demo.art.places import (
    ground,
    house,
    ranges,
    sky,
)


def orchard(b: Board, kind: str = "day", crates: bool = False, hens: bool = False) -> None:
    fruit = "#e5c44a" if not hens else "#d2664a"
    sky(b, kind, (300, 230, 110), 600)
    ranges(b, kind, 560, c.PALM, 2, 160)
    ground(b, 640, "#a7ae62", 20)
    for i, x in enumerate((90, 420, 760, 1120, 1500)):
        tree(b, x, 720 + (i % 2) * 20, 235, mix(c.TEA, "#e9e2b8", 0.22), fruit)
    ground(b, 780, "#97a152", 26)
    for _ in range(60):
        x, y = b.random.uniform(0, WIDTH), b.random.uniform(800, HEIGHT)
        b.line([(x, y), (x + 5, y - 16)], "#7f8c42", 4)
    tree(b, 210, 1010, 470, c.TEA, fruit)
    tree(b, 1440, 1030, 500, mix(c.TEA, c.PALM, 0.2), fruit)
    if hens:
        woman(b, 800, 1010, 520, Look("#c98a2e", c.INK), left=(-0.2, 0.03), right=(0.26, 0.08))
        basket(b, 660, 770, 58, c.CLAY, "#e8cf6a")
        for i in range(17):
            x, y = 340 + i * 62 + b.random.uniform(-24, 24), 930 + (i * 37 % 110)
            hen(
                b,
                x,
                y,
                25 + (y - 900) * 0.07,
                ("#b5552e", "#8a4a2b", "#d9a04a", "#efe2c4")[i % 4],
                1 if i % 3 else -1,
            )
    elif crates:
        woman(
            b, 620, 1000, 560, Look(c.INDIGO, c.CREAM, "bun"), left=(-0.14, 0.08), right=(0.18, 0.1)
        )
        woman(b, 1010, 990, 560, Look(c.LACQUER, c.INK), left=(-0.17, 0.1), right=(0.12, 0.04))
        for x, y, half in ((470, 1040, 92), (800, 1050, 108), (1130, 1045, 96)):
            basket(b, x, y, half, "#b98a4e", "#e5c44a")
    else:
        woman(
            b,
            760,
            1005,
            540,
            Look(c.LACQUER, c.INK),
            lean=-4,
            left=(-0.25, 0.42),
            right=(0.16, 0.02),
        )
        b.disc(628, 512, 30, "#e5c44a")
        basket(b, 925, 1020, 86, c.CLAY, "#e5c44a")


def hen(b: Board, x: float, y: float, size: float, colour: Colour, way: int = 1) -> None:
    b.blob(
        [
            (x - way * size, y - size * 0.5),
            (x - way * size * 1.25, y - size * 1.1),
            (x - way * size * 0.4, y - size * 0.75),
            (x + way * size * 0.5, y - size * 0.9),
            (x + way * size * 0.75, y - size * 1.5),
            (x + way * size * 1.02, y - size * 1.2),
            (x + way * size * 0.85, y - size * 0.4),
            (x, y),
        ],
        colour,
    )
    b.disc(x + way * size * 0.82, y - size * 1.4, size * 0.25, colour)
    b.disc(x + way * size * 0.8, y - size * 1.68, size * 0.12, c.LACQUER)
    b.poly(
        [
            (x + way * size * 1.0, y - size * 1.46),
            (x + way * size * 1.3, y - size * 1.34),
            (x + way * size * 1.0, y - size * 1.26),
        ],
        c.TURMERIC,
    )
    b.line(
        [(x - size * 0.12, y - size * 0.1), (x - size * 0.12, y + size * 0.25)],
        c.TURMERIC,
        size * 0.09,
    )
    b.line(
        [(x + size * 0.22, y - size * 0.1), (x + size * 0.22, y + size * 0.25)],
        c.TURMERIC,
        size * 0.09,
    )


CROPS = {
    "greens": (c.TEA, "#7fa04b", "#4d7440", "#a4b95c"),
    "flowers": ("#e9b93a", "#9a6fae", "#f0d058", "#e58b3e"),
}


def field(b: Board, kind: str = "morning", crop: str = "greens", kilns: bool = False) -> None:
    """Beds running to the horizon, women at work."""
    sky(b, kind, (800, 330, 130), 560)
    ranges(b, kind, 545, c.PALM, 2, 120)
    if kilns:
        kiln(b, 330, 210)
        kiln(b, 560, 170)
    else:
        house(b, 270, 640, 250)
        house(b, 1330, 632, 210, roof="#a5512f")
        palm(b, 440, 640, 190)
    ground(b, 618, mix("#9a7a4a", c.LEAF, 0.3), 6)
    for number in range(-9, 10):
        bed(b, number, crop)
    woman(b, 520, 880, 330, Look(c.LACQUER), lean=32, left=(0.04, -0.2), right=(0.17, -0.18))
    look = Look(c.INDIGO if crop == "greens" else "#8a3f5a")
    hands = woman(b, 1090, 985, 520, look, left=(-0.17, 0.03), right=(0.15, 0.04))
    if crop == "greens":
        can(b, *hands[0], -1)
        can(b, *hands[1], 1)
    else:
        x, y = hands[1]
        for k in range(14):
            fx, fy = x - 2 + (k * 29 % 66), y - 52 - (k * 17 % 60)
            b.line([(x, y), (fx, fy)], c.TEA, 4)
            b.disc(fx, fy, 17, CROPS[crop][k % 4])
            b.disc(fx, fy, 6, darker(CROPS[crop][k % 4], 0.3))


def bed(b: Board, number: int, crop: str, centre: float = 800, top: float = 622) -> None:
    """The bed `number` places right of the middle, from the horizon to the lower edge."""
    tone = CROPS[crop][number % 4]
    base = tone if crop == "greens" else "#7a9a4a"
    far = (centre + number * 90, centre + (number + 0.72) * 90)
    near = (centre + number * 310, centre + (number + 0.74) * 310)
    b.poly([(far[0], top), (far[1], top), (near[1], HEIGHT), (near[0], HEIGHT)], darker(base, 0.18))
    for row in range(24):
        share = (row / 24) ** 1.7
        y = top + (HEIGHT + 30 - top) * share
        left = far[0] + (near[0] - far[0]) * share
        width = far[1] + (near[1] - far[1]) * share - left
        size = 5 + 25 * share
        count = max(2, int(width / (size * 1.5)))
        for k in range(count):
            x = left + width * (k + 0.5) / count + b.random.uniform(-2, 2)
            if crop == "greens":
                b.disc(x, y, size, base, size * 0.72)
                light = lighter(base, 0.16)
                b.disc(x - size * 0.15, y - size * 0.22, size * 0.55, light, size * 0.36)
                continue
            b.disc(x, y, size, mix(base, c.PALM, 0.15), size * 0.72)
            if (k + row) % 4:
                b.disc(x, y - size * 0.35, size * 0.62, tone, size * 0.5)
                b.disc(x, y - size * 0.38, size * 0.22, darker(tone, 0.25), size * 0.18)


def kiln(b: Board, x: float, width: float) -> None:
    """An old brick kiln."""
    half, slim = width / 2, width * 0.36
    sides = [(x - half, 640), (x - slim, 400), (x + slim, 400), (x + half, 640)]
    b.poly(sides, mix(c.CLAY, "#f3dcae", 0.2))
    for i in range(8):
        reach, y = width * (0.36 + i * 0.018), 415 + i * 29
        b.line([(x - reach, y), (x + reach, y)], mix(c.SOIL, c.CLAY, 0.5), 3)
    b.blob([(x - 34, 640), (x - 30, 580), (x, 552), (x + 30, 580), (x + 34, 640)], c.BARK)


def can(b: Board, x: float, y: float, way: int) -> None:
    """A watering can in a hand at x, y, pouring to the left (-1) or the right (1)."""
    b.poly([(x - 26, y + 16), (x + 26, y + 16), (x + 32, y + 84), (x - 32, y + 84)], "#b9c2bd")
    b.ring(x, y + 14, 24, "#8d9894", 6, 20)
    b.line([(x + way * 30, y + 66), (x + way * 78, y + 26)], "#9fa9a4", 10)
    for k in range(5):
        drop = [(x + way * 80, y + 26), (x + way * (104 + k * 9), y + 104 - k * 5)]
        b.line(drop, "#dfeceb", 3)


def garden(b: Board, roof: bool = False) -> None:
    """A kitchen garden: trellis, beds, a house; or boxes on a flat roof."""
    kind = "dusk" if roof else "day"
    sky(b, kind, (1240, 260, 105), 600)
    if roof:
        for i, x in enumerate(range(-20, 1650, 150)):
            h = 150 + (i * 83 % 190)
            b.rect(x, 640 - h, 138, h + 40, mix("#8a5f63", "#e8a878", 0.25 + (i % 3) * 0.14))
            for k in range(6):
                b.rect(
                    x + 22 + (k % 3) * 38,
                    640 - h + 24 + (k // 3) * 56,
                    18,
                    26,
                    "#f6cd84" if (i + k) % 3 else "#74545c",
                )
        b.gradient("#c98f6d", "#dba982", 640, HEIGHT)
        b.rect(0, 630, WIDTH, 30, "#a8694f")
        for row in range(3):
            for i in range(8):
                x, y = 60 + i * 205 + row * 22, 775 + row * 118
                if 560 < x < 900 and row:
                    continue
                plant(b, x + 80, y, 70, i + row)
                b.rect(x, y, 165, 62, "#eee6d6", 8)
                b.rect(x, y, 165, 12, "#cfc4b0", 5)
        woman(
            b,
            740,
            1040,
            560,
            Look(c.DEEP, c.INK, "bun"),
            lean=6,
            left=(-0.16, 0.04),
            right=(0.17, 0.06),
        )
    else:
        ranges(b, kind, 560, c.PALM, 2, 150)
        ground(b, 640, "#a9ad63", 12)
        house(b, 1010, 760, 620)
        palm(b, 1420, 770, 330)
        tree(b, 180, 790, 300, c.TEA, "#d2664a")
        ground(b, 770, "#93743f", 8)
        for row in range(3):
            for i in range(11):
                plant(b, 40 + i * 155 + row * 30, 860 + row * 92, 52 + row * 14, i + row)
        for x in (360, 640):
            b.line([(x, 980), (x, 560)], c.BARK, 12)
        b.line([(330, 566), (670, 566)], c.BARK, 11)
        for i in range(16):
            x = 345 + i * 20
            b.disc(x, 560 + (i % 3) * 12, 30, mix(c.TEA, c.LEAF, (i % 4) * 0.2))
        for i in range(5):
            x = 385 + i * 56
            b.rect(x - 11, 590, 22, 70 + (i % 2) * 30, "#a9c46a", 11)
        woman(
            b,
            1170,
            1020,
            500,
            Look(c.LACQUER, c.INK),
            lean=30,
            left=(0.02, -0.16),
            right=(0.16, -0.14),
        )
        basket(b, 1330, 1030, 62, c.CLAY, "#8aa14f")


def plant(b: Board, x: float, y: float, size: float, seed: int) -> None:
    colour = (c.TEA, "#7fa04b", "#4d7440", "#9c5f7a")[seed % 4]
    for k in range(5):
        a = -1.57 + (k - 2) * 0.55
        b.blob(
            [
                (x, y),
                (x + size * 0.55 * math.cos(a - 0.3), y + size * 0.55 * math.sin(a - 0.3)),
                (x + size * math.cos(a), y + size * math.sin(a)),
                (x + size * 0.55 * math.cos(a + 0.3), y + size * 0.55 * math.sin(a + 0.3)),
            ],
            mix(colour, c.LEAF, (k % 2) * 0.3),
        )
    if seed % 4 == 1:
        b.disc(x, y - size * 0.35, size * 0.16, c.LACQUER)
