"""Sewing: a hall full of machines, or one by the window."""

from __future__ import annotations

from stories.website.demo.art import canvas as c
from stories.website.demo.art.canvas import (
    WIDTH,
    Board,
    Colour,
    darker,
)
from stories.website.demo.art.figures import Look, woman
from stories.website.demo.art.places import (
    light_from,
    room,
    table,
    window,
)


def machine(b: Board, x: float, y: float, size: float, colour: Colour = "#2f3f4f") -> None:
    """A sewing machine standing on a table at y."""
    b.rect(x - size * 0.5, y - size * 0.1, size, size * 0.1, darker(colour, 0.3), size * 0.03)
    b.blob(
        [
            (x + size * 0.3, y - size * 0.08),
            (x + size * 0.32, y - size * 0.5),
            (x + size * 0.44, y - size * 0.56),
            (x + size * 0.5, y - size * 0.3),
            (x + size * 0.48, y - size * 0.08),
        ],
        colour,
    )
    b.rect(x - size * 0.46, y - size * 0.6, size * 0.92, size * 0.2, colour, size * 0.09)
    b.rect(x - size * 0.46, y - size * 0.55, size * 0.17, size * 0.32, colour, size * 0.05)
    b.rect(x - size * 0.39, y - size * 0.26, size * 0.03, size * 0.15, "#cfd3d0")
    b.disc(x + size * 0.53, y - size * 0.48, size * 0.12, darker(colour, 0.4))
    b.disc(x + size * 0.53, y - size * 0.48, size * 0.05, c.TURMERIC)
    b.rect(x + size * 0.06, y - size * 0.74, size * 0.1, size * 0.14, c.LACQUER, size * 0.02)
    b.line(
        [(x - size * 0.3, y - size * 0.52), (x + size * 0.24, y - size * 0.52)],
        c.TURMERIC,
        size * 0.018,
    )


def cloth(b: Board, x: float, y: float, width: float, drop: float, colour: Colour) -> None:
    """Cloth over the edge of a table."""
    points = [
        (x, y - 14),
        (x + width, y - 18),
        (x + width * 0.98, y + drop * 0.5),
        (x + width * 0.86, y + drop),
        (x + width * 0.6, y + drop * 0.8),
        (x + width * 0.34, y + drop * 1.05),
        (x + width * 0.1, y + drop * 0.86),
    ]
    b.blob(points, colour)
    for share in (0.25, 0.5, 0.75):
        b.curve(
            [
                (x + width * share, y),
                (x + width * (share - 0.03), y + drop * 0.4),
                (x + width * (share + 0.02), y + drop * 0.78),
            ],
            darker(colour, 0.16),
            6,
        )


def sewing(
    b: Board,
    many: bool = True,
    wall: Colour = "#e9d3a8",
    kind: str = "morning",
    wheelchair: bool = False,
) -> None:
    room(b, wall, "#b98b5c", 720)
    if many:
        hall(b, kind)
    else:
        corner(b, kind, wheelchair)


def hall(b: Board, kind: str) -> None:
    for i in range(4):
        window(b, 70 + i * 390, 90, 300, 290, kind, 2, hills=i % 2 == 0)
    for i in range(4):
        x = 220 + i * 390
        b.line([(x, 0), (x, 60)], c.BARK, 5)
        b.poly([(x - 66, 86), (x + 66, 86), (x + 26, 48), (x - 26, 48)], c.PALM)
        b.glow(x, 120, 130, "#fff2c8", 0.35)
    colours = ("#7fa9a6", "#c8713f", "#e2a63a", "#d98d78", "#5f8142")
    looks = (
        Look(c.LACQUER, c.INK, "bun"),
        Look(c.INDIGO, c.INK, "scarf"),
        Look("#c98a2e", c.INK, "long"),
        Look(c.DEEP, c.INK, "bun"),
    )
    for row, (y, h, n) in enumerate(((640, 330, 5), (805, 430, 4), (1000, 560, 3))):
        for i in range(n):
            x = WIDTH / n * (i + 0.5) + (row - 1) * 34
            woman(
                b,
                x,
                y + h * 0.2,
                h,
                looks[(i + row) % 4],
                lean=5,
                left=(-0.11, 0.09),
                right=(0.1, 0.1),
                seated=True,
            )
        table(b, WIDTH / 2, y, WIDTH * 1.1, 34 + row * 12, 260, "#a9763f")
        for i in range(n):
            x = WIDTH / n * (i + 0.5) + (row - 1) * 34
            machine(b, x + h * 0.2, y - 10, h * 0.31)
            cloth(b, x - h * 0.22, y - 8, h * 0.36, h * 0.16, colours[(i * 2 + row) % 5])


def corner(b: Board, kind: str, wheelchair: bool) -> None:
    window(b, 640, 90, 760, 470, kind, 3)
    woman(
        b,
        560,
        1110,
        950,
        Look(c.LACQUER if not wheelchair else c.DEEP, c.INK, "bun"),
        lean=7,
        left=(0.0, 0.12),
        right=(0.19, 0.13),
        seated=True,
    )
    if wheelchair:
        b.ring(400, 960, 175, c.INK, 22)
        b.ring(400, 960, 128, "#b9c2bd", 8)
        for k in range(8):
            b.line([(400, 960), c.around(400, 960, 160, k * 0.785)], "#b9c2bd", 4)
    table(b, 1000, 830, 1040, 90, 300, "#a9763f")
    machine(b, 920, 806, 410, "#2f4a48" if wheelchair else "#2f3f4f")
    cloth(b, 590, 822, 370, 190, "#e2a63a" if not wheelchair else "#d98d78")
    for i, tone in enumerate((c.LACQUER, c.TEA, c.INDIGO, c.TURMERIC)):
        x = 1220 + i * 62
        b.rect(x, 742, 42, 58, tone, 8)
        b.rect(x - 4, 736, 50, 10, c.STRAW, 4)
        b.rect(x - 4, 796, 50, 10, c.STRAW, 4)
    b.rect(150, 180, 300, 12, c.BARK, 5)
    for i, tone in enumerate(("#7fa9a6", "#e8cf9a", "#c8713f")):
        x = 175 + i * 92
        b.poly([(x, 194), (x + 66, 194), (x + 78, 330), (x - 12, 330)], tone)
        b.poly([(x, 194), (x - 30, 250), (x - 8, 262), (x + 6, 230)], darker(tone, 0.1))
    light_from(b, 660, 100, 720, 440, strength=0.15)
