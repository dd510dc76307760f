"""A small drawing board for flat illustrations: Pillow only, the same picture for the same seed.

Scenes draw in a space of 1600 × 1067 units (`WIDTH`, `HEIGHT`), whatever the size asked for. The
board draws at twice the size and shrinks at the end, which smooths the edges.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
OVERSAMPLE = 2

Point = tuple[float, float]
Colour = str | tuple[int, int, int]

# Lacquer red, turmeric, tea green, palm green, river blue and indigo on cream paper.
PAPER = "#f6ead2"
CREAM = "#fbf3e0"
STRAW = "#e8cf9a"
TURMERIC = "#e2a63a"
CLAY = "#c8713f"
LACQUER = "#b23a2c"
WINE = "#7c2a2a"
SOIL = "#7a4d33"
BARK = "#4f3428"
INK = "#2b2622"
LEAF = "#8aa14f"
TEA = "#5f8142"
PALM = "#34583d"
FOREST = "#22402f"
RIVER = "#7fa9a6"
DEEP = "#3f6f78"
INDIGO = "#2c3d5c"
NIGHT = "#1d2740"
ROSE = "#d98d78"
SKIN = "#dba57c"
HAIR = "#2a201d"


def rgb(colour: Colour) -> tuple[int, int, int]:
    if isinstance(colour, str):
        value = colour.lstrip("#")
        return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)
    return colour


def mix(one: Colour, other: Colour, share: float) -> tuple[int, int, int]:
    """`share` of `other` in `one`: 0 gives `one`, 1 gives `other`."""
    a, b = rgb(one), rgb(other)
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


def lighter(colour: Colour, share: float = 0.2) -> tuple[int, int, int]:
    return mix(colour, "#fff6e0", share)


def darker(colour: Colour, share: float = 0.2) -> tuple[int, int, int]:
    return mix(colour, "#241a1c", share)


class Board:
    """One picture being drawn. `random` is seeded, so that a scene always comes out the same."""

    def __init__(self, size: tuple[int, int], seed: str) -> None:
        self.size = size
        self.scale = max(size[0] / WIDTH, size[1] / HEIGHT) * OVERSAMPLE
        self.image = Image.new(
            "RGB", (round(WIDTH * self.scale), round(HEIGHT * self.scale)), PAPER
        )
        self.pen = ImageDraw.Draw(self.image)
        self.random = random.Random(seed)  # noqa: S311 - grain and scatter, nothing secret

    # -- areas ---------------------------------------------------------------------------------

    def gradient(
        self,
        top: Colour,
        bottom: Colour,
        y0: float = 0,
        y1: float = HEIGHT,
        x0: float = 0,
        x1: float = WIDTH,
    ) -> None:
        """A vertical gradient over a rectangle."""
        strip = Image.new("RGB", (1, 64))
        strip.putdata([mix(top, bottom, i / 63) for i in range(64)])
        left, upper, right, lower = (round(v * self.scale) for v in (x0, y0, x1, y1))
        if right > left and lower > upper:
            column = strip.resize((1, lower - upper), Image.Resampling.BICUBIC)
            area = column.resize((right - left, lower - upper), Image.Resampling.NEAREST)
            self.image.paste(area, (left, upper))

    def glow(
        self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.6
    ) -> None:
        """A soft round light."""
        side = max(2, round(radius * 2 * self.scale))
        mask = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda v: int(max(0, (v - 75)) / 180 * 255 * strength)
        )
        mask = mask.resize((side, side), Image.Resampling.BILINEAR)
        corner = (round((x - radius) * self.scale), round((y - radius) * self.scale))
        self.image.paste(Image.new("RGB", (side, side), rgb(colour)), corner, mask)

    def veil(
        self, shapes: Iterable[Sequence[Point]], colour: Colour, strength: float, blur: float = 0
    ) -> None:
        """Half transparent polygons: mist, light through a window, shadow."""
        small = 8 if blur else 2
        mask = Image.new("L", (self.image.width // small, self.image.height // small), 0)
        pen = ImageDraw.Draw(mask)
        factor = self.scale / small
        for shape in shapes:
            pen.polygon([(x * factor, y * factor) for x, y in shape], fill=round(255 * strength))
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * factor))
        mask = mask.resize(self.image.size, Image.Resampling.BILINEAR)
        self.image.paste(Image.new("RGB", self.image.size, rgb(colour)), (0, 0), mask)

    # -- shapes --------------------------------------------------------------------------------

    def _points(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def poly(self, points: Iterable[Point], colour: Colour) -> None:
        self.pen.polygon(self._points(points), fill=rgb(colour))

    def rect(
        self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 0
    ) -> None:
        box = [v * self.scale for v in (x, y, x + width, y + height)]
        self.pen.rounded_rectangle(box, radius * self.scale, fill=rgb(colour))

    def disc(self, x: float, y: float, rx: float, colour: Colour, ry: float | None = None) -> None:
        ry = rx if ry is None else ry
        box = [v * self.scale for v in (x - rx, y - ry, x + rx, y + ry)]
        self.pen.ellipse(box, fill=rgb(colour))

    def ring(
        self, x: float, y: float, rx: float, colour: Colour, width: float, ry: float | None = None
    ) -> None:
        ry = rx if ry is None else ry
        box = [v * self.scale for v in (x - rx, y - ry, x + rx, y + ry)]
        self.pen.ellipse(box, outline=rgb(colour), width=max(1, round(width * self.scale)))

    def arc(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        start: float,
        end: float,
        colour: Colour,
        width: float,
    ) -> None:
        box = [v * self.scale for v in (x - rx, y - ry, x + rx, y + ry)]
        self.pen.arc(box, start, end, fill=rgb(colour), width=max(1, round(width * self.scale)))

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A line with round joints and round ends."""
        self.pen.line(
            self._points(points), rgb(colour), max(1, round(width * self.scale)), joint="curve"
        )
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour)

    def curve(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        self.line(smooth(points, closed=False), colour, width)

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        self.poly(smooth(points, closed=True), colour)

    def under(
        self, height: Callable[[float], float], colour: Colour, bottom: float = HEIGHT
    ) -> None:
        """Everything below the curve y = height(x)."""
        top = [(x, height(x)) for x in range(0, WIDTH + 17, 16)]
        self.poly([*top, (WIDTH + 16, bottom), (0, bottom)], colour)

    # -- the end -------------------------------------------------------------------------------

    def finish(self, grain: float = 0.025, edge: float = 0.14) -> Image.Image:
        """Shrink, cut to size, and lay the grain of paper and a slightly darker edge over it."""
        picture = self.image.reduce(OVERSAMPLE)
        width, height = self.size
        left, upper = (picture.width - width) // 2, (picture.height - height) // 2
        picture = picture.crop((left, upper, left + width, upper + height))
        if edge:
            dark = Image.radial_gradient("L").point(
                lambda v: 255 - int(max(0, v - 120) * edge * 1.6)
            )
            shade = dark.resize((width, height), Image.Resampling.BILINEAR)
            picture = ImageChops.multiply(picture, Image.merge("RGB", (shade, shade, shade)))
        if grain:
            half = (max(1, width // 2), max(1, height // 2))
            noise = Image.frombytes("L", half, self.random.randbytes(half[0] * half[1]))
            noise = noise.resize((width, height), Image.Resampling.BILINEAR)
            noise = noise.point(lambda v: int(128 + (v - 128) * grain * 2.2))
            picture = ImageChops.overlay(picture, Image.merge("RGB", (noise, noise, noise)))
        return picture


def smooth(points: Sequence[Point], *, closed: bool, steps: int = 8) -> list[Point]:
    """Catmull-Rom spline through the points."""
    count = len(points)
    out: list[Point] = []
    for i in range(count if closed else count - 1):
        p0 = points[(i - 1) % count] if closed or i else points[0]
        p1, p2 = points[i], points[(i + 1) % count]
        p3 = points[(i + 2) % count] if closed or i + 2 < count else points[-1]
        for step in range(steps):
            t = step / steps
            out.append(
                tuple(  # type: ignore[arg-type]
                    0.5
                    * (
                        2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t * t
                        + (3 * b - a - 3 * c + d) * t * t * t
                    )
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    if not closed:
        out.append(tuple(points[-1]))  # type: ignore[arg-type]
    return out


def waves(
    rng: random.Random, base: float, height: float, length: float = 520
) -> Callable[[float], float]:
    """A soft skyline: y of x, around `base`, going up by `height` at most."""
    parts = [
        (height * 0.5 / k, rng.uniform(0, 6.3), length / k * rng.uniform(0.8, 1.25))
        for k in (1, 2, 3)
    ]
    return lambda x: (
        base - sum(a * (1 + math.sin(x / long * 6.283 + p)) / 2 for a, p, long in parts) * 1.1
    )


def around(x: float, y: float, radius: float, angle: float) -> Point:
    """The point at `angle` (radians, 0 is right, clockwise) and `radius` from x, y."""
    return x + radius * math.cos(angle), y + radius * math.sin(angle)
