"""Kitchens, classrooms, shelves of books, things on a table."""

from __future__ import annotations

from stories.website.demo.art import canvas as c
from stories.website.demo.art.canvas import (
    WIDTH,
    Board,
    Colour,
    darker,
    lighter,
    mix,
)
from stories.website.demo.art.figures import Look, basket, heap, woman
from stories.website.demo.art.growth import palm, tree
from stories.website.demo.art.places import (
    light_from,
    room,
    steam,
    table,
    window,
)


def kitchen(b: Board, what: str = "steamers") -> None:
    night = what in ("steamers", "pots")
    room(b, "#8c5a3e" if night else "#c99f6c", "#6d4730", 760)
    window(b, 1130, 110, 360, 310, "dawn" if night else "day", 2)
    b.glow(560, 720, 560, "#ffb45e", 0.5)
    {"jars": jars, "kettle": kettle}.get(what, lambda board: stove(board, what))(b)


def jars(b: Board) -> None:
    b.rect(60, 210, 900, 20, c.BARK)
    b.rect(60, 430, 900, 20, c.BARK)
    for row in range(2):
        for i in range(8):
            jar(b, 120 + i * 108, 208 + row * 220, 44, ("#d98d78", "#c8713f")[(i + row) % 2])
    for i in range(7):
        x = 1010 + i * 22
        b.line([(x, 0), (x, 120 + (i % 3) * 30)], "#9a7a4a", 4)
    woman(
        b,
        800,
        1110,
        860,
        Look("#f1e6cf", c.INK, "scarf", sash=c.LACQUER),
        lean=-6,
        left=(-0.16, 0.1),
        right=(0.12, 0.12),
    )
    table(b, 800, 860, 1460, 90, 260, "#8a5a34")
    for i in range(5):
        jar(b, 230 + i * 120, 842, 56, ("#d98d78", "#c8713f")[i % 2])
    basket(b, 1060, 845, 96, c.CLAY, c.LEAF)
    b.disc(1310, 822, 130, "#2f2a28", 36)
    b.disc(1310, 812, 118, "#d9b06a", 28)


def kettle(b: Board) -> None:
    x, y = 640, 600
    b.rect(x - 330, 860, 900, 60, "#5a463a", 12)
    for dx in (-150, 150):
        b.blob(
            [
                (x + dx - 50, 870),
                (x + dx - 34, 760),
                (x + dx + 34, 760),
                (x + dx + 50, 870),
            ],
            "#6b5a4e",
        )
    for i in range(9):
        b.blob(
            [
                (x - 100 + i * 25, 868),
                (x - 118 + i * 25, 800 - (i % 3) * 34),
                (x - 96 + i * 25, 748 - (i % 4) * 26),
                (x - 80 + i * 25, 810),
            ],
            ("#e8803a", "#f2b84a", "#d8553a")[i % 3],
        )
    b.disc(x, y + 60, 190, "#39434a", 150)
    b.disc(x - 40, y + 30, 120, "#4a565e", 80)
    b.arc(x, y - 60, 150, 140, 190, 350, "#39434a", 20)
    b.blob(
        [(x + 160, y + 30), (x + 270, y - 60), (x + 300, y - 50), (x + 190, y + 110)],
        "#39434a",
    )
    b.disc(x, y - 84, 60, "#2a3238", 16)
    b.disc(x, y - 104, 18, c.TURMERIC)
    steam(b, x + 310, y - 90, 120, 0.55)
    table(b, 1230, 870, 640, 70, 240, "#8a5a34")
    for i in range(4):
        x = 1020 + i * 125
        b.disc(x, 850, 52, "#e9e2d2", 14)
        b.poly([(x - 40, 800), (x + 40, 800), (x + 28, 850), (x - 28, 850)], "#f6f1e6")
        b.disc(x, 800, 40, "#dcd2bc", 11)
        b.disc(x, 801, 33, "#8a6a2f", 8)
    for i in range(5):
        b.blob(
            [
                (1180 + i * 44, 742),
                (1202 + i * 44, 712),
                (1232 + i * 44, 736),
                (1206 + i * 44, 758),
            ],
            mix(c.TEA, c.LEAF, (i % 3) * 0.3),
        )


def stove(b: Board, what: str) -> None:
    b.rect(90, 800, 940, 190, "#6a4a3a", 12)
    for i in range(3):
        x = 240 + i * 300
        b.blob([(x - 90, 985), (x - 80, 880), (x, 840), (x + 80, 880), (x + 90, 985)], "#2b1d18")
        for k in range(6):
            b.blob(
                [
                    (x - 56 + k * 22, 980),
                    (x - 70 + k * 22, 930 - (k % 3) * 14),
                    (x - 54 + k * 22, 890 - (k % 2) * 18),
                    (x - 40 + k * 22, 940),
                ],
                ("#e8803a", "#f2b84a", "#d8553a")[k % 3],
            )
        if what == "steamers":
            for k in range(3):
                y = 792 - k * 62
                b.rect(x - 118, y - 56, 236, 58, "#d8b06e", 8)
                b.disc(x, y - 56, 118, "#e8c88c", 24)
                for t in range(9):
                    b.line([(x - 110 + t * 27, y - 48), (x - 110 + t * 27, y)], "#b98a4e", 4)
            b.disc(x, 612, 104, "#c79a5a", 20)
            for t in range(7):
                bx, by = x - 66 + t * 22, 606 + (t % 2) * 9
                b.blob([(bx - 18, by + 4), (bx, by - 14), (bx + 18, by + 4), (bx, by)], "#fbf6ea")
            steam(b, x, 560, 150, 0.5)
        else:
            b.rect(x - 130, 640, 260, 170, "#8f989a", 20)
            b.disc(x, 640, 130, "#b9c2c2", 30)
            b.disc(x, 642, 112, "#efe6d2", 24)
            for dx in (-142, 142):
                b.ring(x + dx, 700, 26, "#707a7c", 9, 34)
            steam(b, x, 590, 160, 0.5)
    woman(
        b,
        1190,
        1050,
        760,
        Look(c.LACQUER, c.INK, "scarf"),
        lean=-12,
        left=(-0.26, 0.14),
        right=(-0.06, 0.02),
    )
    if what == "pots":
        woman(
            b,
            1430,
            1060,
            700,
            Look("#8a6038", c.INK, "bun"),
            left=(-0.13, 0.08),
            right=(0.11, 0.06),
        )
        b.line([(985, 580), (900, 690)], "#cfd3d0", 12)
    else:
        basket(b, 1450, 1030, 100, c.CLAY, "#fbf6ea")


def jar(b: Board, x: float, y: float, half: float, colour: Colour) -> None:
    b.rect(x - half, y - half * 1.9, half * 2, half * 1.9, "#e9e2cf", half * 0.3)
    b.rect(x - half * 0.86, y - half * 1.6, half * 1.72, half * 1.5, colour, half * 0.25)
    for k in range(5):
        b.disc(
            x - half * 0.5 + k * half * 0.25,
            y - half * (0.4 + (k % 3) * 0.4),
            half * 0.16,
            lighter(colour, 0.3),
        )
    b.rect(x - half * 0.9, y - half * 2.12, half * 1.8, half * 0.32, c.PALM, half * 0.08)
    b.rect(x - half * 0.8, y - half * 1.75, half * 0.2, half * 1.5, "#fbf6ea", half * 0.1)


def classroom(b: Board, night: bool = False) -> None:
    room(b, "#6d5a6b" if night else "#ead7a6", "#8f6640", 700, boards=True)
    if night:
        for x in (110, 1230):
            window(b, x, 120, 260, 280, "night", 1)
    else:
        for x in (70, 1210):
            window(b, x, 110, 320, 320, "day", 2)
    b.rect(470, 120, 660, 370, c.BARK, 8)
    b.rect(486, 136, 628, 338, "#2f4a3f")
    chalk = "#e9efe0"
    b.disc(610, 260, 46, "#d9c36a")
    for k in range(12):
        b.line(
            [c.around(610, 260, 60, k * 0.5236), c.around(610, 260, 84, k * 0.5236)], "#d9c36a", 6
        )
    b.curve([(700, 400), (790, 250), (850, 330), (930, 210), (1070, 400)], chalk, 6)
    for k in range(4):
        b.curve([(520 + k * 48, 430), (532 + k * 48, 396), (544 + k * 48, 430)], chalk, 5)
    if night:
        b.line([(800, 0), (800, 70)], c.INK, 5)
        b.glow(800, 110, 620, "#ffd98a", 0.5)
        b.disc(800, 96, 28, "#fff4cf", 34)
    teacher = Look(
        "#b23a2c" if not night else "#22304a",
        c.CREAM,
        "bun" if not night else "turban",
        scarf=c.WINE,
        long=not night,
    )
    woman(b, 1180, 800, 560, teacher, left=(-0.24, 0.34), right=(0.12, 0.02))
    for row, (y, size, n) in enumerate(((760, 64, 5), (870, 82, 4), (1010, 106, 4))):
        for i in range(n):
            x = 800 + (i - (n - 1) / 2) * size * 3.9 + (row % 2) * 30 - 60
            tone = (c.LACQUER, c.INDIGO, "#c98a2e", c.TEA, "#7d3d63")[(i * 2 + row) % 5]
            b.blob(
                [
                    (x - size * 0.95, y + size * 0.9),
                    (x - size * 0.8, y - size * 0.5),
                    (x, y - size * 0.78),
                    (x + size * 0.8, y - size * 0.5),
                    (x + size * 0.95, y + size * 0.9),
                ],
                tone,
            )
            b.disc(x, y - size * 1.12, size * 0.56, c.HAIR, size * 0.62)
            if night:
                b.blob(
                    [
                        (x - size * 0.64, y - size),
                        (x - size * 0.5, y - size * 1.62),
                        (x, y - size * 1.84),
                        (x + size * 0.5, y - size * 1.62),
                        (x + size * 0.64, y - size),
                        (x, y - size * 1.2),
                    ],
                    (c.WINE, "#22304a", c.LACQUER)[(i + row) % 3],
                )
            b.rect(x - size * 1.55, y + size * 0.35, size * 3.1, size * 0.26, "#b07f4a", 5)
            b.rect(x - size * 1.4, y + size * 0.6, size * 0.16, size * 1.3, "#7d5330")
            b.rect(x + size * 1.24, y + size * 0.6, size * 0.16, size * 1.3, "#7d5330")
            b.poly(
                [
                    (x + size * 0.3, y + size * 0.34),
                    (x + size * 1.05, y + size * 0.34),
                    (x + size * 1.2, y + size * 0.18),
                    (x + size * 0.45, y + size * 0.18),
                ],
                c.CREAM,
            )


def still(b: Board, what: str = "pigs") -> None:
    """Things on a table: clay pigs with coins, or a telephone beside the tea."""
    room(b, "#e7c893" if what == "pigs" else "#54607a", "#8a6038", 640)
    window(b, 130, 80, 430, 350, "morning" if what == "pigs" else "night", 3)
    if what == "pigs":
        table(b, 800, 900, 1700, 300, 200, "#9a6a3f")
        for x, y, r, tone in (
            (440, 760, 150, "#c8553f"),
            (1150, 770, 165, "#d98d78"),
            (800, 690, 120, "#c8713f"),
            (660, 880, 96, "#d9a24a"),
            (1400, 880, 84, "#c8553f"),
        ):
            pig(b, x, y, r, tone)
        for i in range(16):
            x, y = 830 + (i * 53) % 330, 905 + (i * 29) % 60
            b.disc(x, y, 26, "#a97c2c", 11)
            b.disc(x, y - 5, 26, "#e2b84a", 11)
        b.rect(180, 850, 260, 90, "#f6efdc", 8)
        for k in range(5):
            b.line([(200, 868 + k * 15), (410 - k % 2 * 40, 868 + k * 15)], "#c9b994", 4)
        light_from(b, 140, 90, 410, 330, strength=0.2, slant=420)
    else:
        b.line([(980, 0), (980, 120)], c.INK, 6)
        b.poly([(880, 220), (1080, 220), (1020, 120), (940, 120)], c.TURMERIC)
        b.glow(980, 420, 620, "#ffd98a", 0.55)
        for x, look, side in (
            (560, Look("#6d4a63", c.INK, "scarf", scarf="#8a6a80"), 1),
            (1330, Look(c.LACQUER, c.INK, "long"), -1),
        ):
            woman(
                b,
                x,
                1190,
                1010,
                look,
                lean=side * 7,
                left=(0.06 if side > 0 else -0.17, 0.1),
                right=(0.17 if side > 0 else -0.06, 0.1),
                seated=True,
            )
        table(b, 940, 930, 1500, 190, 200, "#9a6a3f")
        b.poly([(800, 770), (960, 770), (990, 900), (790, 900)], "#20262e")
        b.poly([(814, 782), (948, 782), (974, 888), (806, 888)], "#dff0ea")
        b.disc(880, 826, 26, c.TEA)
        b.rect(850, 858, 66, 10, c.LACQUER, 4)
        b.poly([(1050, 800), (1220, 800), (1250, 890), (1060, 890)], "#f6efdc")
        for k in range(4):
            b.line([(1074, 820 + k * 18), (1200 + k * 6, 820 + k * 18)], "#9aa0a8", 5)
        b.disc(650, 850, 60, "#e9e2d2", 18)
        b.poly([(610, 780), (690, 780), (676, 846), (624, 846)], "#f6f1e6")
        b.disc(650, 780, 40, "#8a6a2f", 11)
        steam(b, 650, 740, 70, 0.4)


def pig(b: Board, x: float, y: float, r: float, colour: Colour) -> None:
    b.disc(x + 10, y + r * 0.82, r * 0.95, darker("#9a6a3f", 0.35), r * 0.14)
    for dx in (-0.5, -0.2, 0.3, 0.58):
        b.rect(x + dx * r, y + r * 0.45, r * 0.2, r * 0.42, darker(colour, 0.25), r * 0.08)
    b.disc(x, y, r, colour, r * 0.74)
    b.disc(x - r * 0.16, y - r * 0.22, r * 0.62, lighter(colour, 0.16), r * 0.36)
    b.disc(x + r * 0.74, y - r * 0.08, r * 0.42, colour, r * 0.4)
    b.disc(x + r * 1.08, y, r * 0.16, darker(colour, 0.15), r * 0.2)
    b.disc(x + r * 1.1, y, r * 0.04, c.INK, r * 0.06)
    b.poly(
        [(x + r * 0.5, y - r * 0.36), (x + r * 0.52, y - r * 0.76), (x + r * 0.84, y - r * 0.44)],
        darker(colour, 0.18),
    )
    b.disc(x + r * 0.84, y - r * 0.16, r * 0.05, c.INK)
    b.rect(x - r * 0.22, y - r * 0.75, r * 0.44, r * 0.07, c.INK, r * 0.03)
    b.arc(x - r * 1.05, y - r * 0.1, r * 0.14, r * 0.14, 30, 330, darker(colour, 0.2), r * 0.06)
    for k in range(6):
        b.disc(*c.around(x - r * 0.25, y + r * 0.08, r * 0.2, k * 1.047), r * 0.09, c.CREAM)
    b.disc(x - r * 0.25, y + r * 0.08, r * 0.1, c.TURMERIC)


def library(b: Board, porch: bool = False) -> None:
    """Shelves of books, readers; or a reading corner on a porch."""
    if porch:
        room(b, "#e6cf9f", "#b78a58", 760)
        window(b, 560, 90, 480, 420, "dusk", 3)
        palm(b, 60, 1000, 520, lean=0.05)
        tree(b, 1540, 1040, 420, c.TEA, "#e5c44a")
    else:
        room(b, "#d7a877", "#8a6038", 820, boards=True)
        for shelf in range(4):
            y = 170 + shelf * 160
            x = 40
            while x < 1550:
                w, h = b.random.choice((22, 28, 34, 40)), b.random.choice((96, 108, 120, 128))
                if b.random.random() < 0.08:
                    x += 40
                    continue
                tone = b.random.choice(
                    (c.LACQUER, c.INDIGO, c.TURMERIC, c.PALM, c.CREAM, c.DEEP, "#7d3d63", c.CLAY)
                )
                b.rect(x, y - h, w, h, tone, 3)
                b.rect(x + 4, y - h * 0.8, w - 8, 6, lighter(tone, 0.35))
                b.rect(x + 4, y - h * 0.3, w - 8, 4, lighter(tone, 0.35))
                x += w + 2
            b.rect(0, y, WIDTH, 20, "#7d5330")
    for x, look, h in (
        (420, Look(c.DEEP, c.INK, "bun"), 640),
        (1160, Look(c.LACQUER, c.INK, "long"), 660),
    ):
        b.rect(x - 150, 930, 300, 26, "#7d5330", 8)
        b.rect(x - 130, 950, 22, 120, "#5f3e24")
        b.rect(x + 108, 950, 22, 120, "#5f3e24")
        hands = woman(
            b, x, 1080, h, look, lean=4, left=(-0.09, 0.16), right=(0.1, 0.16), seated=True
        )
        bx, by = (hands[0][0] + hands[1][0]) / 2, hands[0][1]
        b.poly([(bx - 88, by - 62), (bx, by - 40), (bx, by + 36), (bx - 88, by + 14)], c.CREAM)
        b.poly([(bx + 88, by - 62), (bx, by - 40), (bx, by + 36), (bx + 88, by + 14)], "#efe2c6")
        b.line([(bx, by - 40), (bx, by + 36)], c.CLAY, 6)
    heap(b, 790, 1010, 60, c.TURMERIC, 22)
    for i, tone in enumerate((c.INDIGO, c.LACQUER, c.PALM)):
        b.rect(720, 1036 - i * 0 + i * 18, 150, 18, tone, 4)
