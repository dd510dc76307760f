"""Sewing, weaving, embroidery, hats."""

from __future__ import annotations

import math
from collections.abc import Sequence

from stories.website.demo.art import canvas as c
from stories.website.demo.art.canvas import (
    HEIGHT,
    WIDTH,
    Board,
    Colour,
    darker,
    mix,
)
from stories.website.demo.art.figures import Look, non, woman
from stories.website.demo.art.places import (
    light_from,
    room,
    window,
)

TEXTILE = ("#5a1f24", "#e2a63a", "#f6ead2", "#c8713f", "#5f8142")


INDIGO_TEXTILE = ("#22304a", "#c0392f", "#f6ead2", "#e2a63a", "#7fa9a6")


def weave(
    b: Board,
    x: float,
    y: float,
    width: float,
    height: float,
    tones: Sequence[Colour],
    unit: float = 22,
    down: bool = True,
) -> None:
    """A band of woven or embroidered ornaments: stripes, diamonds, zigzags, trees."""
    b.rect(x, y, width, height, tones[0])
    rows = max(1, int(height / (unit * 3)))
    for row in range(rows):
        top = y + row * unit * 3
        first, second = tones[1 + row % (len(tones) - 1)], tones[1 + (row + 1) % (len(tones) - 1)]
        b.rect(x, top, width, unit * 0.22, first)
        b.rect(x, top + unit * 0.4, width, unit * 0.12, second)
        middle = top + unit * 1.75
        steps = int(width / (unit * 2))
        for i in range(steps):
            px = x + (i + 0.5) * width / steps
            if row % 3 == 0:
                for share, tone in ((1, first), (0.62, tones[0]), (0.32, second)):
                    r = unit * share * 0.92
                    b.poly(
                        [(px, middle - r), (px + r, middle), (px, middle + r), (px - r, middle)],
                        tone,
                    )
            elif row % 3 == 1:
                half = width / steps / 2
                b.line(
                    [
                        (px - half, middle + unit * 0.6),
                        (px, middle - unit * 0.6),
                        (px + half, middle + unit * 0.6),
                    ],
                    first,
                    unit * 0.2,
                )
                b.line(
                    [
                        (px - half, middle + unit * 1.0),
                        (px, middle - unit * 0.15),
                        (px + half, middle + unit * 1.0),
                    ],
                    second,
                    unit * 0.14,
                )
            else:
                b.rect(px - unit * 0.08, middle - unit * 0.8, unit * 0.16, unit * 1.7, first)
                for k in range(3):
                    r = unit * (0.7 - k * 0.16)
                    yy = middle + unit * (0.7 - k * 0.52)
                    b.line([(px - r, yy), (px, yy - r * 0.6), (px + r, yy)], first, unit * 0.15)


def loom(b: Board) -> None:
    room(b, "#cfa877", "#8a6038", 740, boards=True)
    for i in range(20):
        b.line([(i * 84, 0), (i * 84, 730)], "#bb9464", 5)
    window(b, 1120, 110, 390, 350, "day", 2)
    weave(b, 90, 70, 250, 560, INDIGO_TEXTILE, 24)
    b.rect(70, 52, 290, 22, c.BARK, 8)
    woman(
        b,
        560,
        1080,
        860,
        Look("#f1e6cf", "#241f28", "scarf", sash=c.LACQUER),
        lean=9,
        left=(0.04, 0.13),
        right=(0.22, 0.16),
        seated=True,
    )
    frame = "#6e4527"
    for x in (680, 1330):
        b.rect(x, 330, 38, 700, frame, 6)
    b.rect(640, 318, 770, 36, darker(frame, 0.15), 10)
    for i in range(60):
        b.line([(740 + i * 9.8, 392), (716 + i * 10.2, 760)], "#f4ead4" if i % 3 else "#d9a24a", 3)
    b.rect(700, 380, 640, 22, darker(frame, 0.1), 9)
    for y in (500, 560):
        b.rect(690, y, 650, 16, "#b98a4e", 7)
        b.rect(690, y + 16, 650, 30, "#d6b27c")
        for i in range(64):
            b.line([(694 + i * 10.1, y + 16), (694 + i * 10.1, y + 46)], "#b98a4e", 2)
    weave(b, 716, 745, 612, 200, TEXTILE, 23)
    b.rect(688, 930, 660, 40, darker(frame, 0.2), 16)
    b.blob([(760, 700), (850, 684), (940, 702), (850, 722)], c.BARK)
    b.disc(850, 702, 20, c.TURMERIC)
    for i, tone in enumerate((c.LACQUER, c.TURMERIC, c.PALM, c.CREAM)):
        b.disc(1430 + (i % 2) * 70, 960 + (i // 2) * 56, 40, tone)
        for k in range(4):
            b.arc(
                1430 + (i % 2) * 70,
                960 + (i // 2) * 56,
                34 - k * 8,
                34 - k * 8,
                200 + k * 30,
                330 + k * 30,
                darker(tone, 0.2),
                4,
            )
    light_from(b, 1130, 120, 370, 330, strength=0.14, slant=-420)


def embroidery(b: Board) -> None:
    """Two hands over a Dao embroidery."""
    b.gradient("#2a3350", "#1b2238", 0, HEIGHT)
    for i in range(9):
        weave(
            b,
            -20,
            -30 + i * 124,
            WIDTH + 40,
            122,
            INDIGO_TEXTILE if i % 2 else ("#1e2740", "#c0392f", "#f6ead2", "#e2a63a"),
            40,
        )
    b.veil([[(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)]], "#151b30", 0.35)
    b.disc(800, 560, 410, "#c99a5c")
    b.disc(800, 560, 384, "#1e2740")
    for i in range(5):
        half = math.sqrt(max(0, 372**2 - (-250 + i * 124 + 0) ** 2)) if i != 4 else 250
        weave(b, 800 - half + 14, 265 + i * 122, half * 2 - 28, 118, INDIGO_TEXTILE, 38)
    b.ring(800, 560, 410, "#b07f42", 26)
    for side in (-1, 1):
        x = 800 + side * 470
        b.poly(
            [
                (x + side * 330, 1120),
                (x + side * 130, 1120),
                (x - side * 30, 880),
                (x + side * 70, 800),
            ],
            "#22304a",
        )
        b.poly(
            [
                (x + side * 112, 850),
                (x + side * 14, 930),
                (x - side * 34, 872),
                (x + side * 66, 792),
            ],
            c.LACQUER,
        )
        b.poly(
            [
                (x + side * 52, 810),
                (x - side * 18, 866),
                (x - side * 96, 768),
                (x - side * 44, 706),
            ],
            c.SKIN,
        )
        b.blob(
            [
                (x - side * 90, 790),
                (x - side * 40, 690),
                (x - side * 120, 640),
                (x - side * 190, 690),
                (x - side * 150, 770),
            ],
            c.SKIN,
        )
        for k in range(4):
            tip = (x - side * (226 - k * 26), 668 - k * 26)
            b.line(
                [(x - side * (140 - k * 14), 716 - k * 18), tip],
                mix(c.SKIN, c.SOIL, 0.07 * (k % 2) + 0.03),
                27,
            )
        b.line([(x - side * 92, 700), (x - side * 196, 616)], c.SKIN, 30)
    b.line([(566, 646), (690, 520)], "#efefe8", 7)
    b.curve([(690, 520), (800, 440), (900, 540), (1014, 618)], c.LACQUER, 6)


def bags(b: Board) -> None:
    """Embroidered bags in a row, and the woman who made them."""
    room(b, "#d9b98a", "#8a6038", 820, boards=True)
    window(b, 640, 120, 340, 300, "dusk", 2)
    b.line([(40, 240), (1560, 240)], c.BARK, 14)
    for i in range(6):
        x = 70 + i * 262
        if 540 < x < 900:
            continue
        tones = (TEXTILE, INDIGO_TEXTILE, ("#34583d", "#f6ead2", "#e2a63a", "#c0392f"))[i % 3]
        b.curve(
            [(x + 24, 420), (x + 60, 246), (x + 100, 236), (x + 140, 246), (x + 176, 420)],
            tones[1],
            12,
        )
        weave(b, x, 410, 200, 250, tones, 21)
        for k in range(13):
            b.line([(x + 8 + k * 15.4, 660), (x + 8 + k * 15.4, 708)], tones[1 + k % 3], 5)
    woman(
        b,
        800,
        1060,
        660,
        Look("#22304a", c.INK, "turban", scarf="#7c2a2a", sash=c.LACQUER),
        left=(-0.1, 0.1),
        right=(0.12, 0.1),
    )
    weave(b, 716, 630, 176, 104, TEXTILE, 15)


def hats(b: Board, bags: bool = False) -> None:
    """Sewing palm-leaf hats on a porch."""
    room(b, "#d8b988", "#b78a58", 720)
    window(b, 90, 110, 420, 360, "day", 3)
    for i in range(8):
        x, y = 640 + (i % 4) * 252, 210 + (i // 4) * 190 + (i % 2) * 26
        b.line([(x, 40), (x, y - 84)], "#9a7a4a", 4)
        non(b, x, y, 112)
    b.rect(0, 24, WIDTH, 24, c.BARK)
    for i in range(5):
        for k in range(7):
            a = -2.3 + k * 0.24
            b.line(
                [(1430, 980 - i * 4), c.around(1430, 980 - i * 4, 330 - i * 20, a)],
                mix("#e8dfb4", c.LEAF, (k % 3) * 0.14),
                24,
            )
    looks = (Look(c.LACQUER, c.INK, "bun"), Look("#6d4a63", c.INK, "scarf"))
    for i, x in enumerate((510, 1060)):
        y, h = 1130, 860
        b.rect(x - 160, 980, 320, 100, "#8a6038", 10)
        woman(
            b,
            x,
            y,
            h,
            looks[i],
            lean=8 if i == 0 else -6,
            left=(-0.12, 0.07),
            right=(0.13, 0.08),
            seated=True,
        )
        if bags and i:
            b.arc(x, 720, 100, 110, 180, 360, c.TURMERIC, 14)
            b.disc(x, 830, 150, "#5a1f24")
            for k in range(1, 7):
                b.ring(x, 830, 150 - k * 21, TEXTILE[1 + k % 4], 8)
            for k in range(16):
                b.disc(*c.around(x, 830, 118, k * 0.3927), 8, c.CREAM)
        else:
            non(b, x, 880, 215)
            for k in range(1, 12):
                b.arc(x, 880 - 176 * (1 - k / 12), 215 * k / 12, 36 * k / 12, 0, 180, "#c09a5e", 3)
    for i in range(6):
        non(b, 160, 1040 - i * 34, 150)
