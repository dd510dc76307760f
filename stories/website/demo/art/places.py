"""Skies, hills, houses and furniture that several scenes share."""

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
from stories.website.demo.art.figures import cloud, star_sun

SKIES: dict[str, tuple[Colour, Colour, Colour]] = {
    # top, horizon, sun
    "morning": ("#f3c98b", "#fbeccb", "#e0803f"),
    "day": ("#a9c9bf", "#f4ecd0", "#f0c66a"),
    "dusk": ("#5d4a66", "#eaa06b", "#d8553a"),
    "mist": ("#c9d6c4", "#f5efd9", "#efd9a0"),
    "rain": ("#6d8488", "#c3ccbd", "#aebbb0"),
    "night": ("#141c33", "#3a4668", "#f0dca0"),
    "dawn": ("#39476b", "#eeb27f", "#f3d28c"),
}


def sky(
    b: Board,
    kind: str,
    sun: tuple[float, float, float] | None = (1180, 300, 130),
    horizon: float = 640,
) -> None:
    top, low, disc = SKIES[kind]
    b.gradient(top, low, 0, horizon)
    b.gradient(low, low, horizon, HEIGHT)
    if kind == "night":
        for _ in range(70):
            b.disc(
                b.random.uniform(0, WIDTH),
                b.random.uniform(0, horizon * 0.8),
                b.random.uniform(1.2, 3),
                "#f2e6c2",
            )
    elif kind != "rain":
        for x, y, width in ((250, 170, 330), (760, 110, 240), (1400, 200, 280)):
            cloud(
                b,
                x + b.random.uniform(-60, 60),
                y + b.random.uniform(-25, 30),
                width,
                mix(top, "#fff4dc", 0.4),
            )
    if sun:
        x, y, r = sun
        b.glow(x, y, r * 2.9, lighter(disc, 0.3), 0.5)
        star_sun(b, x, y, r, disc)


def ranges(
    b: Board,
    kind: str,
    base: float = 640,
    colour: Colour = c.PALM,
    layers: int = 3,
    height: float = 190,
) -> None:
    """Mountain ranges, paler the farther."""
    low = SKIES[kind][1]
    for i in range(layers):
        share = 0.72 - i * (0.5 / max(1, layers - 1)) if layers > 1 else 0.4
        line = waves(b.random, base + i * 42, height * (1 - i * 0.17), 560 - i * 70)
        b.under(line, mix(colour, low, share))


def ground(b: Board, y: float, colour: Colour, bump: float = 18) -> None:
    b.under(waves(b.random, y + bump / 2, bump, 700), colour)


def house(
    b: Board,
    x: float,
    y: float,
    width: float,
    roof: Colour = c.LACQUER,
    wall: Colour = c.PAPER,
    lit: bool = False,
) -> None:
    """A low tiled house of the midlands, `x` in the middle, `y` on the ground."""
    h = width * 0.3
    b.rect(x - width * 0.42, y - h, width * 0.84, h, wall)
    b.rect(x - width * 0.42, y - h, width * 0.84, h * 0.2, darker(wall, 0.22))
    door = "#ffd98a" if lit else c.BARK
    for i in range(3):
        px = x + (i - 1) * width * 0.26
        b.rect(px - width * 0.07, y - h * 0.68, width * 0.14, h * 0.68, door)
        b.rect(px - width * 0.006, y - h * 0.68, width * 0.012, h * 0.68, darker(door, 0.4))
    top = y - h - width * 0.21
    b.poly(
        [
            (x - width * 0.55, y - h * 0.93),
            (x + width * 0.55, y - h * 0.93),
            (x + width * 0.4, top),
            (x - width * 0.4, top),
        ],
        roof,
    )
    for i in range(1, 14):
        share = i / 14
        b.line(
            [
                (x - width * (0.4 - 0.8 * share), top),
                (x - width * (0.55 - 1.1 * share), y - h * 0.95),
            ],
            darker(roof, 0.18),
            width * 0.007,
        )
    b.rect(
        x - width * 0.41,
        top - width * 0.02,
        width * 0.82,
        width * 0.034,
        darker(roof, 0.35),
        width * 0.015,
    )


def stilt_house(
    b: Board, x: float, y: float, width: float, lit: bool = True, roof: Colour = "#8a6a45"
) -> None:
    """A stilt house of the Mường: palm-leaf roof, posts, a ladder."""
    floor = y - width * 0.24
    wall = floor - width * 0.19
    for i in range(5):
        px = x + (i - 2) * width * 0.19
        b.rect(px - width * 0.012, floor, width * 0.024, y - floor, c.BARK)
    b.rect(x - width * 0.44, wall, width * 0.88, floor - wall, "#a87848")
    for i in range(1, 22):
        px = x - width * 0.44 + width * 0.04 * i
        b.line([(px, wall), (px, floor)], "#8f6239", width * 0.005)
    for dx in (-0.26, 0, 0.26):
        b.rect(
            x + dx * width - width * 0.055,
            wall + width * 0.045,
            width * 0.11,
            width * 0.1,
            "#ffd27d" if lit else c.BARK,
        )
        b.line(
            [(x + dx * width, wall + width * 0.045), (x + dx * width, wall + width * 0.145)],
            c.BARK,
            width * 0.008,
        )
    b.rect(x - width * 0.47, floor - width * 0.012, width * 0.94, width * 0.026, c.BARK)
    top = wall - width * 0.3
    b.poly(
        [
            (x - width * 0.54, wall + width * 0.05),
            (x + width * 0.54, wall + width * 0.05),
            (x + width * 0.36, top),
            (x - width * 0.36, top),
        ],
        roof,
    )
    for i in range(1, 8):
        yy = top + (wall + width * 0.05 - top) * i / 8
        half = width * (0.36 + 0.18 * i / 8)
        b.line([(x - half, yy), (x + half, yy)], darker(roof, 0.15), width * 0.008)
    b.line([(x - width * 0.37, top), (x + width * 0.37, top)], darker(roof, 0.4), width * 0.026)
    for dx in (0, 0.05):
        b.line(
            [(x + width * (0.4 + dx), floor), (x + width * (0.5 + dx), y)], c.BARK, width * 0.011
        )
    for i in range(1, 6):
        px, py = x + width * (0.4 + 0.1 * i / 6), floor + (y - floor) * i / 6
        b.line([(px, py), (px + width * 0.05, py)], c.BARK, width * 0.011)


def temple(
    b: Board, x: float, y: float, width: float, roof: Colour = "#8e3b2f", tiers: int = 2
) -> None:
    """The curved roofs of a temple or a communal house (đình)."""
    h = width * 0.2
    b.rect(x - width * 0.4, y - h, width * 0.8, h, "#d9b98a")
    for i in range(7):
        px = x + (i - 3) * width * 0.125
        b.rect(px - width * 0.014, y - h, width * 0.028, h, c.WINE)
    for i in range(6):
        px = x + (i - 2.5) * width * 0.125
        b.rect(
            px - width * 0.042,
            y - h * 0.82,
            width * 0.084,
            h * 0.82,
            "#5c2b22" if i % 5 else "#6c4636",
        )
    level = y - h
    for tier in range(tiers):
        half = width * (0.5 - tier * 0.13)
        rise = width * 0.17
        eave, ridge = level + width * 0.012, level - rise
        left = [
            (x - half * 1.16, eave - width * 0.085),
            (x - half * 1.02, eave - width * 0.016),
            (x - half * 0.75, eave + width * 0.014),
        ]
        edge = [*left, (x, eave + width * 0.02), *[(2 * x - px, py) for px, py in reversed(left)]]
        side = [(x + half * 0.84, ridge + rise * 0.42), (x + half * 0.66, ridge)]
        outline = [
            *c.smooth(edge, closed=False),
            *c.smooth([edge[-1], *side], closed=False),
            *c.smooth([(2 * x - px, py) for px, py in reversed(side)] + [edge[0]], closed=False),
        ]
        b.poly(outline, mix(roof, c.BARK, tier * 0.12))
        for i in range(-8, 9):
            b.line(
                [(x + i * half * 0.078, ridge + 4), (x + i * half * 0.105, eave + width * 0.008)],
                darker(roof, 0.2),
                width * 0.005,
            )
        b.curve(edge, darker(roof, 0.4), width * 0.014)
        b.line(
            [(x - half * 0.68, ridge), (x + half * 0.68, ridge)], darker(roof, 0.45), width * 0.022
        )
        level = ridge - width * 0.035
        if tier + 1 < tiers:
            b.rect(x - half * 0.55, ridge - width * 0.055, half * 1.1, width * 0.06, "#c9a273")
    crest = width * 0.028
    b.disc(x, level + width * 0.035 - crest * 1.1, crest, c.TURMERIC)
    for side in (-1, 1):
        b.curve(
            [
                (x + side * half * 0.68, level + width * 0.035),
                (x + side * half * 0.78, level - width * 0.0),
                (x + side * half * 0.7, level - width * 0.025),
            ],
            darker(roof, 0.45),
            width * 0.016,
        )


def steps(
    b: Board,
    x: float,
    y0: float,
    y1: float,
    top: float,
    bottom: float,
    count: int = 9,
    colour: Colour = "#cdb48c",
) -> None:
    for i in range(count):
        a, z = i / count, (i + 1) / count
        ya, yz = y0 + (y1 - y0) * a**1.25, y0 + (y1 - y0) * z**1.25
        half = (top + (bottom - top) * z) / 2
        b.rect(x - half, ya, half * 2, yz - ya + 1, mix(colour, c.SOIL, 0.1 + 0.12 * (i % 2)))
        b.rect(x - half, ya, half * 2, (yz - ya) * 0.3, lighter(colour, 0.25))


def room(b: Board, wall: Colour, floor: Colour, edge: float = 760, boards: bool = False) -> None:
    b.gradient(lighter(wall, 0.14), darker(wall, 0.06), 0, edge)
    b.gradient(darker(floor, 0.1), lighter(floor, 0.1), edge, HEIGHT)
    if boards:
        for i in range(-8, 9):
            b.line(
                [(WIDTH / 2 + i * 110, edge), (WIDTH / 2 + i * 250, HEIGHT)], darker(floor, 0.2), 4
            )
    b.rect(0, edge - 12, WIDTH, 14, darker(wall, 0.35))


def window(
    b: Board,
    x: float,
    y: float,
    width: float,
    height: float,
    kind: str = "morning",
    bars: int = 3,
    hills: bool = True,
) -> None:
    """A window with what is outside; `x`, `y` its upper left corner."""
    top, low, disc = SKIES[kind]
    b.rect(x - 16, y - 16, width + 32, height + 32, c.BARK, 6)
    b.gradient(top, low, y, y + height, x, x + width)
    if kind == "night":
        b.disc(x + width * 0.72, y + height * 0.28, min(width, height) * 0.1, disc)
    else:
        b.disc(x + width * 0.7, y + height * 0.34, min(width, height) * 0.13, lighter(disc, 0.2))
    if hills:
        for i, share in enumerate((0.55, 0.3)):
            line = waves(
                b.random,
                y + height * (0.78 + 0.1 * i),
                height * (0.26 - i * 0.08),
                width * (0.8 + i * 0.2),
            )
            pts = [
                (px, min(line(px), y + height)) for px in [x + width * k / 24 for k in range(25)]
            ]
            b.poly([*pts, (x + width, y + height), (x, y + height)], mix(c.PALM, low, share))
    for i in range(1, bars + 1):
        px = x + width * i / (bars + 1)
        b.rect(px - 5, y, 10, height, c.BARK)
    b.rect(x, y + height * 0.42, width, 9, c.BARK)
    b.rect(x - 30, y + height + 10, width + 60, 18, darker(c.BARK, 0.1), 5)


def light_from(
    b: Board,
    x: float,
    y: float,
    width: float,
    height: float,
    colour: Colour = "#fff0c4",
    strength: float = 0.16,
    slant: float = 380,
) -> None:
    b.veil(
        [
            [
                (x, y),
                (x + width, y),
                (x + width + slant * 1.3, y + height + 560),
                (x + slant, y + height + 560),
            ]
        ],
        colour,
        strength,
        14,
    )


def table(
    b: Board,
    x: float,
    y: float,
    width: float,
    depth: float = 60,
    height: float = 190,
    colour: Colour = "#9a6a3f",
) -> None:
    """A table seen a little from above: `y` is the front edge of its top."""
    for dx in (-0.42, 0.42):
        b.rect(x + dx * width - 13, y, 26, height, darker(colour, 0.4))
    b.poly(
        [
            (x - width * 0.46, y - depth),
            (x + width * 0.46, y - depth),
            (x + width * 0.5, y),
            (x - width * 0.5, y),
        ],
        lighter(colour, 0.12),
    )
    b.rect(x - width * 0.5, y, width, 22, darker(colour, 0.2), 4)


def lantern(
    b: Board, x: float, y: float, r: float, colour: Colour = c.LACQUER, lit: bool = True
) -> None:
    b.line([(x, y - r * 2.4), (x, y - r)], c.BARK, r * 0.06)
    if lit:
        b.glow(x, y, r * 3, "#ffcf7a", 0.55)
    b.disc(x, y, r, colour, r * 0.86)
    for share in (0.72, 0.38):
        b.ring(x, y, r * share, lighter(colour, 0.3), r * 0.05, r * 0.86)
    for dy in (-0.86, 0.78):
        b.rect(x - r * 0.4, y + dy * r - r * 0.02, r * 0.8, r * 0.16, c.TURMERIC, r * 0.05)
    for dx in (-0.18, 0, 0.18):
        b.line([(x + dx * r, y + r * 0.95), (x + dx * r, y + r * 1.6)], c.TURMERIC, r * 0.06)


def steam(b: Board, x: float, y: float, size: float, strength: float = 0.5) -> None:
    for i in range(4):
        dx, dy = math.sin(i * 1.9) * size * 0.22, -i * size * 0.42
        b.glow(x + dx, y + dy, size * (0.42 + i * 0.13), "#fff7e6", strength * (1 - i * 0.17))
