"""Markets by day and night, and the street after dark."""

from __future__ import annotations

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
from stories.website.demo.art.figures import Look, basket, heap, woman
from stories.website.demo.art.growth import tree
from stories.website.demo.art.places import (
    sky,
)

SKY_TONE: dict[str, Colour] = {
    "dawn": "#8a6b78",
    "day": "#cfd8c4",
    "night": "#2a3450",
    "dusk": "#9c6a66",
}


def market(b: Board, kind: str = "dawn", phones: bool = False, swap: bool = False) -> None:
    sky(b, kind, (1250, 190, 90), 620)
    for i, x in enumerate(range(-30, 1650, 180)):
        h = 230 + (i * 71 % 150)
        wall = mix("#e2b98a", SKY_TONE[kind], 0.35 + (i % 3) * 0.08)
        b.rect(x, 640 - h, 166, h, wall)
        b.poly(
            [(x - 14, 640 - h), (x + 180, 640 - h), (x + 150, 600 - h), (x + 16, 600 - h)],
            mix(c.LACQUER, SKY_TONE[kind], 0.35),
        )
        for k in range(4):
            b.rect(
                x + 24 + (k % 2) * 70,
                640 - h + 34 + (k // 2) * 84,
                44,
                56,
                "#ffdb92" if (i + k) % 3 and kind != "day" else "#7c6a5c",
            )
    b.gradient("#b58a63", "#8f6a4c", 630, HEIGHT)
    stripes = ((c.LACQUER, c.CREAM), (c.DEEP, c.CREAM), (c.TURMERIC, c.CREAM), (c.PALM, c.CREAM))
    if swap:
        tree(b, 800, 700, 480, c.TEA)
    for row in range(2):
        y, width = 760 + row * 250, 430 + row * 70
        for i in range(-1, 4):
            x = 210 + i * (width + 20) - row * 240
            first, second = stripes[(i + row * 2) % 4]
            if not swap or row == 0:
                for dx in (0.03, 0.97):
                    b.rect(x + width * dx - 6, y - 320 - row * 40, 12, 330 + row * 40, c.BARK)
            look = (
                Look(c.LACQUER, c.INK, "non"),
                Look("#6d4a63", c.INK, "bun"),
                Look(c.INDIGO, c.INK, "non"),
                Look("#c98a2e", c.INK, "scarf"),
                Look(c.DEEP, c.INK, "long"),
            )[(i + row * 3) % 5]
            woman(
                b,
                x + width * 0.5,
                y + 120,
                410 + row * 70,
                look,
                left=(-0.14, 0.08),
                right=(0.16, 0.12),
            )
            b.rect(x, y - 40, width * 0.94, 150 + row * 40, "#9a6a3f", 6)
            b.rect(x, y - 40, width * 0.94, 22, "#b98850", 6)
            wares(b, x, y - 40, width * 0.94, (i + row * 2) % 4, swap)
            if phones:
                px, py = x + width * 0.62, y - 54
                b.poly(
                    [(px - 26, py - 62), (px + 22, py - 62), (px + 26, py + 4), (px - 22, py + 4)],
                    c.CREAM,
                )
                for k in range(16):
                    if (k * 7 + i) % 3:
                        b.rect(px - 18 + (k % 4) * 9.5, py - 54 + (k // 4) * 13, 7, 9, c.INK)
            if not swap or row == 0:
                top = y - 340 - row * 40
                n = 8
                for k in range(n):
                    a, z = x - 22 + (width + 24) * k / n, x - 22 + (width + 24) * (k + 1) / n
                    tone = first if k % 2 else second
                    b.poly(
                        [
                            (a + 16, top - 76),
                            (z + 16 if k < n - 1 else z - 16, top - 76),
                            (z, top),
                            (a, top),
                        ],
                        tone,
                    )
                    b.disc((a + z) / 2, top, (z - a) / 2, darker(tone, 0.1), 15)
                if kind in ("dawn", "night"):
                    b.glow(x + width / 2, top + 70, 170, "#ffd58a", 0.5)
                    b.disc(x + width / 2, top + 46, 16, "#fff1c2", 20)


def wares(b: Board, x: float, y: float, width: float, kind: int, swap: bool = False) -> None:
    if swap:
        for k, tone in enumerate((c.LACQUER, c.TURMERIC, c.DEEP, "#d98d78")):
            px = x + width * (0.08 + 0.23 * k)
            if k % 2:
                b.rect(px, y - 46, width * 0.16, 44, tone, 6)
                b.rect(px + 6, y - 60, width * 0.13, 16, lighter(tone, 0.3), 4)
            else:
                b.disc(px + width * 0.09, y - 26, width * 0.09, tone, 28)
                b.disc(px + width * 0.09, y - 50, width * 0.07, darker(tone, 0.3), 8)
        return
    fruits = (
        ("#e5c44a", "#5f8142", "#c8553f"),
        ("#c8553f", "#8aa14f", "#e2a63a"),
        ("#7d3d63", "#e8cf9a", "#5f8142"),
        ("#e58b3e", "#f6ead2", "#8aa14f"),
    )[kind]
    for k, tone in enumerate(fruits):
        px = x + width * (0.18 + 0.31 * k)
        basket(b, px, y + 10, width * 0.13, "#b98a4e", None)
        heap(b, px, y - width * 0.115, width * 0.11, tone, width * 0.034)


def wholesale(b: Board) -> None:
    """The night market: a lorry, scales, heaps of vegetables."""
    sky(b, "night", (260, 180, 64), 560)
    b.poly([(0, 430), (800, 210), (1600, 430), (1600, 470), (0, 470)], "#3b3f4a")
    b.gradient("#6a4f49", "#7f6250", 470, HEIGHT)
    for x in (90, 480, 1120, 1510):
        b.rect(x - 10, 400, 20, 420, "#2d303a")
    for x in (290, 800, 1310):
        b.line([(x, 330), (x, 400)], c.INK, 4)
        b.glow(x, 430, 330, "#ffd58a", 0.55)
        b.disc(x, 412, 22, "#fff1c2", 26)
    b.rect(880, 510, 560, 250, "#8f5a3c", 8)
    for k in range(8):
        b.rect(900 + k * 68, 520, 10, 230, "#6f432c")
    heap(b, 1160, 518, 240, "#8aa14f", 40, 2)
    b.blob([(660, 770), (664, 560), (720, 520), (870, 516), (880, 770)], c.DEEP)
    b.poly([(690, 640), (706, 560), (800, 556), (800, 640)], "#cfe3e0")
    b.disc(690, 716, 24, "#ffe9a8")
    for x in (770, 1040, 1330):
        b.disc(x, 780, 70, c.INK)
        b.disc(x, 780, 30, "#9aa0a4")
    for i, (x, tone) in enumerate(
        ((120, "#8aa14f"), (330, "#e58b3e"), (1500, "#7d3d63"), (1290, "#e5c44a"))
    ):
        basket(b, x, 1010, 130, "#a9763f", tone)
        basket(b, x + 60, 860, 84, "#a9763f", (tone, "#c8553f")[i % 2])
    b.rect(700, 985, 300, 34, "#5a6a70", 6)
    b.rect(930, 760, 26, 230, "#5a6a70")
    b.rect(880, 700, 128, 92, "#39454c", 10)
    b.rect(894, 714, 100, 50, "#b8e0c8", 4)
    for k in range(3):
        b.rect(906 + k * 28, 722, 18, 34, "#2f5a44", 3)
    basket(b, 800, 985, 96, c.CLAY, "#8aa14f")
    woman(b, 560, 1050, 600, Look(c.LACQUER, c.INK, "bun"), left=(-0.12, 0.0), right=(0.2, 0.06))
    woman(
        b,
        1120,
        1040,
        560,
        Look("#c98a2e", c.INK, "non"),
        lean=-6,
        left=(-0.18, 0.02),
        right=(0.12, 0.0),
    )


def night_street(b: Board) -> None:
    sky(b, "night", (320, 170, 60), 600)
    for i, x in enumerate(range(-40, 1660, 170)):
        h = 260 + (i * 97 % 220)
        b.rect(x, 690 - h, 160, h + 20, mix("#2b3550", "#4a4560", (i % 3) * 0.4))
        for k in range(8):
            b.rect(
                x + 22 + (k % 3) * 44,
                690 - h + 28 + (k // 3) * 66,
                26,
                38,
                "#ffd98a" if (i * 3 + k) % 5 == 0 else "#38425c",
            )
    b.gradient("#3a3d4e", "#2a2c3a", 700, HEIGHT)
    b.rect(0, 700, WIDTH, 40, "#565a68")
    for k in range(7):
        b.poly(
            [(40 + k * 260, 900), (160 + k * 260, 900), (150 + k * 260, 914), (24 + k * 260, 914)],
            "#d9d2b8",
        )
    for x in (300, 920, 1500):
        b.line([(x, 740), (x, 250), (x + 90, 220)], "#20242f", 14)
        b.veil(
            [[(x + 60, 236), (x + 120, 236), (x + 330, 1000), (x - 150, 1000)]], "#ffdf94", 0.2, 10
        )
        b.glow(x + 90, 240, 150, "#ffe6a6", 0.75)
    tree(b, 660, 740, 300, "#2f4a3f")
    tree(b, 1250, 740, 270, "#2f4a3f")
    for i, (x, h) in enumerate(((560, 560), (1120, 520))):
        y = 1030
        woman(
            b,
            x,
            y,
            h,
            Look("#e58b3e", "#27406a", "non" if i else "scarf", scarf="#d9cdb4"),
            lean=8 if i == 0 else -8,
            left=(-0.02 if i == 0 else -0.16, 0.06),
            right=(0.17 if i == 0 else 0.02, 0.1),
        )
        for dy in (0.68, 0.6):
            b.line([(x - h * 0.07, y - h * dy), (x + h * 0.07, y - h * dy)], "#f4f2d8", h * 0.022)
        way = 1 if i == 0 else -1
        bx = x + way * h * 0.17
        b.line([(bx - way * 40, y - h * 0.72), (bx + way * 66, y - 40)], "#b98a4e", 12)
        b.poly(
            [
                (bx + way * 50, y - 70),
                (bx + way * 84, y - 60),
                (bx + way * 150, y + 20),
                (bx + way * 20, y + 20),
            ],
            "#a9863e",
        )
    b.blob([(780, 1040), (760, 880), (940, 880), (920, 1040)], c.PALM)
    for dx in (800, 900):
        b.disc(dx, 1040, 24, c.INK)
    heap(b, 850, 880, 80, "#c98a2e", 22, 2)
    for k in range(40):
        b.disc(
            b.random.uniform(200, 1500),
            b.random.uniform(940, 1050),
            8,
            ("#c98a2e", "#a5512f", "#e2b84a")[k % 3],
            4,
        )
