"""The temple, Xoan singing before drum and lanterns; portraits."""

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
from stories.website.demo.art.figures import Look, basket, head, non, star_sun, woman
from stories.website.demo.art.growth import hedge, palm, tree
from stories.website.demo.art.places import (
    lantern,
    ranges,
    sky,
    steps,
    stilt_house,
    temple,
)

SINGERS = (
    Look("#b23a2c", c.CREAM, "turban", scarf="#3a2a45", long=True, sash=c.TURMERIC),
    Look("#3f6f78", c.CREAM, "turban", scarf="#7c2a2a", long=True, sash="#d98d78"),
    Look("#c98a2e", c.CREAM, "turban", scarf="#3a2a45", long=True, sash=c.PALM),
    Look("#6d4a63", c.CREAM, "turban", scarf="#7c2a2a", long=True, sash=c.TURMERIC),
    Look("#5f8142", c.CREAM, "turban", scarf="#3a2a45", long=True, sash=c.LACQUER),
)


def fan(b: Board, x: float, y: float, r: float, colour: Colour, angle: float = -1.57) -> None:
    points = [c.around(x, y, r, angle + (k / 12 - 0.5) * 2.1) for k in range(13)]
    b.poly([(x, y), *points], colour)
    for k in range(13):
        b.line([(x, y), points[k]], darker(colour, 0.3), r * 0.025)
    b.line(points, lighter(colour, 0.4), r * 0.06)


def temple_yard(b: Board, kind: str = "night") -> None:
    """Women practising Xoan singing before a communal house, under lanterns."""
    sky(b, kind, (1300, 200, 84), 640)
    ranges(b, kind, 620, c.PALM, 2, 150)
    tree(b, 120, 800, 560, c.FOREST if kind == "night" else c.PALM)
    tree(b, 1530, 800, 480, c.FOREST if kind == "night" else c.PALM)
    temple(b, 800, 790, 1050)
    b.glow(800, 700, 640, "#ffb95e", 0.35)
    yard = "#8d6a55" if kind == "night" else "#c99f70"
    b.gradient(yard, darker(yard, 0.25), 786, HEIGHT)
    for i in range(1, 6):
        b.line([(0, 786 + i * i * 11), (WIDTH, 786 + i * i * 11)], darker(yard, 0.16), 4)
    for i, x in enumerate((210, 500, 800, 1100, 1390)):
        lantern(b, x, 250 + abs(i - 2) * -26 + 60, 46, (c.LACQUER, c.TURMERIC)[i % 2])
    b.curve([(0, 150), (400, 215), (800, 235), (1200, 215), (1600, 150)], c.INK, 4)
    for i, x in enumerate((250, 520, 1080, 1350)):
        hands = woman(
            b, x, 1020 + (i % 2) * 20, 420, SINGERS[i], left=(-0.2, 0.14), right=(0.2, 0.2)
        )
        fan(b, *hands[1], 70, ("#e2a63a", "#d98d78")[i % 2], -1.0)
    woman(b, 800, 1040, 450, SINGERS[4], left=(-0.12, 0.1), right=(0.14, 0.1), seated=True)
    b.rect(745, 900, 110, 96, c.LACQUER, 20)
    b.disc(800, 900, 60, "#e8cf9a", 22)
    b.ring(800, 900, 60, c.BARK, 6, 22)


def drum_dance(b: Board) -> None:
    """Singers in a row before the star of the bronze drum."""
    b.gradient("#e9c583", "#f3dfae", 0, HEIGHT)
    x, y, r = 800, 500, 470
    b.disc(x, y, r + 30, "#c7873e")
    b.disc(x, y, r + 12, "#b36f2e")
    for share, tone in (
        (1, "#c98a42"),
        (0.86, "#bd7a35"),
        (0.7, "#cf944c"),
        (0.52, "#c07f3a"),
        (0.38, "#d8a25a"),
    ):
        b.disc(x, y, r * share, tone)
        b.ring(x, y, r * share, "#8d5220", 4)
    for k in range(56):
        b.disc(*c.around(x, y, r * 0.93, k * math.tau / 56), 9, "#e9c583")
        b.ring(*c.around(x, y, r * 0.93, k * math.tau / 56), 13, "#8d5220", 3)
    for k in range(14):
        a = k * math.tau / 14
        drum_bird(b, x, y, r * 0.78, a, 52)
    for k in range(72):
        p, q = (
            c.around(x, y, r * 0.56, k * math.tau / 72),
            c.around(x, y, r * 0.66, (k + 0.5) * math.tau / 72),
        )
        b.line([p, q], "#8d5220", 5)
    points = [
        c.around(x, y, r * (0.36 if k % 2 == 0 else 0.13), k * math.pi / 14 - 1.57)
        for k in range(28)
    ]
    b.poly(points, "#f6dc9e")
    b.disc(x, y, r * 0.09, "#b36f2e")
    b.under(waves(b.random, 900, 40, 900), "#7c2a2a")
    b.under(waves(b.random, 950, 30, 700), "#5d1f22")
    for i in range(5):
        px = 260 + i * 270
        hands = woman(
            b,
            px,
            1020 + abs(i - 2) * 12,
            600,
            SINGERS[i],
            lean=(-3, 3)[i % 2],
            left=(-0.22, 0.22 if i % 2 else 0.06),
            right=(0.22, 0.06 if i % 2 else 0.22),
        )
        fan(
            b, *hands[0 if i % 2 else 1], 92, ("#f0c66a", "#e9a08a")[i % 2], -1.9 if i % 2 else -1.2
        )


def drum_bird(b: Board, cx: float, cy: float, radius: float, angle: float, size: float) -> None:
    """A bird of the drum, flying round it."""

    def at(dx: float, dy: float) -> tuple[float, float]:
        x, y = c.around(cx, cy, radius + dy * size, angle + dx * size / radius)
        return x, y

    b.poly(
        [
            at(-1.1, 0.1),
            at(-0.3, 0.3),
            at(0.4, 0.05),
            at(1.2, 0.12),
            at(0.45, -0.12),
            at(-0.25, -0.12),
        ],
        "#8d5220",
    )
    b.poly([at(-0.2, 0.1), at(-0.7, 0.62), at(0.2, 0.15)], "#8d5220")
    b.poly([at(-0.2, -0.05), at(-0.75, -0.5), at(0.15, -0.08)], "#8d5220")


def hung_temple(b: Board, kind: str = "morning") -> None:
    sky(b, kind, (800, 330, 210), 660)
    ranges(b, kind, 660, c.PALM, 3, 240)
    for x, s in ((90, 520), (330, 380), (1290, 400), (1530, 540)):
        tree(b, x, 860, s, mix(c.PALM, c.TEA, 0.3))
    temple(b, 800, 740, 640)
    b.under(lambda x: 740 + abs(x - 800) * 0.09, "#7d8a48")
    steps(b, 800, 740, 1067, 300, 760)
    for i, (px, py, h) in enumerate(((640, 960, 250), (760, 1000, 280), (930, 980, 265))):
        woman(b, px, py, h, SINGERS[i], back=True, left=(-0.1, 0.06), right=(0.1, 0.06))


def portrait(
    b: Board,
    hat: str = "non",
    dress: Colour = c.LACQUER,
    scarf: Colour = c.PAPER,
    ground_: Colour = "#e9c583",
    disc: Colour = "#d9793f",
    scene: str = "tea",
    holds: str = "",
) -> None:
    """A half-length portrait before the drum sun."""
    b.gradient(lighter(ground_, 0.25), ground_, 0, HEIGHT)
    star_sun(b, 800, 470, 400, disc, 0.3)
    for i in range(3):
        b.under(
            waves(b.random, 780 + i * 90, 150 - i * 30, 620), mix(c.PALM, ground_, 0.55 - i * 0.22)
        )
    if scene == "tea":
        for row, y in enumerate((960, 1040)):
            hedge(
                b,
                [(x, y + 16 * math.sin(x / 260 + row)) for x in range(-60, 1700, 130)],
                54,
                mix(c.TEA, c.LEAF, 0.2 - row * 0.2),
            )
    elif scene == "palms":
        for x in (110, 330, 1300, 1500):
            palm(b, x, 1000, 420, lean=(-0.05, 0.04)[x % 3 % 2])
    elif scene == "houses":
        stilt_house(b, 260, 930, 360)
        stilt_house(b, 1360, 930, 340)
    look = Look(dress, c.INK, hat, scarf=scarf, sash=None, long=True)
    h, feet = 1330, 1560
    woman(b, 800, feet, h, look, left=(-0.035, 0.07), right=(0.04, 0.085))
    collar = lighter(dress, 0.35)
    top = feet - h * 0.838
    b.ring(800, top + h * 0.006, h * 0.042, c.TURMERIC, h * 0.0035, h * 0.03)
    b.line(
        [(800 - h * 0.03, top + 6), (800, top + h * 0.045), (800 + h * 0.03, top + 6)],
        collar,
        h * 0.008,
    )
    head(b, (800, feet - h * 0.905), h, look)
    if holds == "hat":
        non(b, 800, feet - h * 0.47, 190)
    elif holds == "basket":
        basket(b, 800, feet - h * 0.42, 130, c.CLAY, c.LEAF)
    elif holds == "noodles":
        b.rect(640, feet - h * 0.56, 320, 92, "#b98d52", 8)
        for k in range(28):
            b.line(
                [(650 + k * 11.2, feet - h * 0.555), (650 + k * 11.2, feet - h * 0.5)], "#fdf6e6", 7
            )
    elif holds == "book":
        y = feet - h * 0.56
        b.poly([(800, y + 24), (676, y), (676, y + 120), (800, y + 146)], c.CREAM)
        b.poly([(800, y + 24), (924, y), (924, y + 120), (800, y + 146)], "#efe2c6")
        b.line([(800, y + 24), (800, y + 146)], c.CLAY, 6)
