"""People without faces and the things around them, for the demo illustrations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from stories.website.demo.art import canvas as c
from stories.website.demo.art.canvas import Board, Colour, Point, around, darker, lighter, mix


@dataclass(frozen=True)
class Look:
    """What a woman wears. `hat`: non, scarf, turban, bun or long."""

    dress: Colour = c.LACQUER
    trousers: Colour = c.INK
    hat: str = "non"
    skin: Colour = c.SKIN
    scarf: Colour = c.PAPER
    sash: Colour | None = None
    long: bool = False


def turn(points: Sequence[Point], centre: Point, degrees: float) -> list[Point]:
    if not degrees:
        return list(points)
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    cx, cy = centre
    return [
        (cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos)
        for x, y in points
    ]


def non(
    b: Board, x: float, y: float, half: float, lean: float = 0, colour: Colour = c.STRAW
) -> None:
    """A conical hat, `y` at its rim, seen from the side."""
    at = lambda *points: turn(points, (x, y), lean)  # noqa: E731
    tip, left, right = (x, y - half * 0.82), (x - half, y), (x + half, y)
    rim = [(x + half * math.cos(t / 10), y + half * 0.17 * math.sin(t / 10)) for t in range(32)]
    b.poly(at(*rim), darker(colour, 0.42))
    b.poly(at(left, tip, right, *rim), colour)
    b.poly(
        at(tip, right, (x + half * 0.72, y + half * 0.11), (x + half * 0.3, y + half * 0.16)),
        darker(colour, 0.14),
    )
    b.poly(at(tip, left, (x - half * 0.62, y + half * 0.11)), lighter(colour, 0.4))
    for step in (0.35, 0.58, 0.8):
        edge = half * step
        top = y - half * 0.82 * (1 - step)
        curve = [
            (x + edge * math.cos(t / 10), top + edge * 0.17 * math.sin(t / 10)) for t in range(32)
        ]
        b.line(at(*curve), darker(colour, 0.22), half * 0.014)


def woman(
    b: Board,
    x: float,
    y: float,
    height: float,
    look: Look = Look(),
    lean: float = 0,
    left: Point = (-0.12, -0.02),
    right: Point = (0.12, -0.02),
    seated: bool = False,
    back: bool = False,
) -> tuple[Point, Point]:
    """A standing (or seated) woman, feet at x, y. `lean` bends her at the hip, in degrees.

    `left`, `right`: the hands from the hip, in heights. Returns where the hands are.
    """
    h = height
    hip = (x, y - h * (0.3 if seated else 0.5))
    shift = hip[1] + h * 0.5
    p = lambda dx, dy: (x + dx * h, shift - dy * h)  # noqa: E731
    up = lambda *points: turn(points, hip, lean)  # noqa: E731
    dress, shade = look.dress, darker(look.dress, 0.17)

    if seated:
        b.blob(
            [
                p(-0.12, 0.5),
                p(0.11, 0.52),
                p(0.22, 0.42),
                p(0.21, 0.28),
                p(-0.16, 0.28),
                p(-0.19, 0.38),
            ],
            look.trousers,
        )
        b.blob([p(-0.14, 0.52), p(0.1, 0.54), p(0.18, 0.44), p(0.05, 0.36), p(-0.17, 0.37)], dress)
    else:
        leg = 0.098 if look.long else 0.082
        for side in (-1, 1):
            b.disc(
                x + side * 0.055 * h, y - h * 0.012, h * 0.036, darker(look.skin, 0.25), h * 0.016
            )
            b.poly(
                [
                    p(0, 0.47),
                    p(side * leg * 0.92, 0.47),
                    p(side * leg, 0.03),
                    p(side * 0.016, 0.03),
                    p(side * 0.006, 0.42),
                ],
                look.trousers,
            )
            b.line(
                [p(side * leg * 0.6, 0.4), p(side * leg * 0.66, 0.06)],
                darker(look.trousers, 0.16),
                h * 0.006,
            )

    neck_a, neck_b = up(p(0, 0.79), p(0, 0.87))
    b.line([neck_a, neck_b], darker(look.skin, 0.16), h * 0.042)
    hem = 0.12 if look.long and not seated else 0.425
    flare = 0.088 if look.long else 0.098
    if not seated:
        low_l = c.smooth([p(-0.067, 0.56), p(-0.082, 0.46), p(-flare, hem)], closed=False)
        low_r = c.smooth([p(flare, hem), p(0.082, 0.46), p(0.067, 0.56)], closed=False)
        b.poly([*low_l, p(0, hem - 0.012), *low_r], dress)
        if look.long:
            b.poly([p(0.034, 0.55), *low_r[::-1], p(0.045, hem - 0.008)], shade)
    side_l = c.smooth(
        [p(-0.03, 0.835), p(-0.085, 0.805), p(-0.088, 0.74), p(-0.068, 0.62), p(-0.075, 0.5)],
        closed=False,
    )
    side_r = [(2 * x - px, py) for px, py in side_l][::-1]
    b.poly(up(*side_l, *side_r), dress)
    b.poly(up(p(0.028, 0.5), *side_r[:-9], p(0.04, 0.79)), shade)
    b.poly(
        up(p(-0.032, 0.838), p(0.032, 0.838), p(0.0, 0.79)),
        lighter(dress, 0.25) if not look.long else shade,
    )
    if look.sash:
        b.poly(up(p(-0.074, 0.585), p(0.074, 0.585), p(0.079, 0.515), p(-0.079, 0.515)), look.sash)
        b.line(up(p(-0.074, 0.55), p(0.075, 0.55)), mix(look.sash, c.CREAM, 0.5), h * 0.006)

    shoulders = up(p(-0.075, 0.785), p(0.075, 0.785))
    hands = []
    for shoulder, offset, side in zip(shoulders, (left, right), (-1, 1), strict=True):
        hand = (hip[0] + offset[0] * h, hip[1] - offset[1] * h)
        elbow = bend(shoulder, hand, h * 0.158, side)
        sleeve = shade if side > 0 else mix(dress, shade, 0.35)
        b.line([shoulder, elbow], sleeve, h * 0.05)
        wrist = (elbow[0] + (hand[0] - elbow[0]) * 0.74, elbow[1] + (hand[1] - elbow[1]) * 0.74)
        b.line([wrist, hand], look.skin, h * 0.028)
        b.line([elbow, wrist], sleeve, h * 0.042)
        b.disc(*hand, h * 0.019, look.skin)
        hands.append(hand)

    head(b, up(p(0, 0.905))[0], h, look, lean, back)
    return hands[0], hands[1]


def bend(shoulder: Point, hand: Point, arm: float, side: int) -> Point:
    """The elbow of an arm whose halves are `arm` long."""
    dx, dy = hand[0] - shoulder[0], hand[1] - shoulder[1]
    reach = math.hypot(dx, dy) or 1
    out = min(arm * 0.52, math.sqrt(max(0, arm * arm - reach * reach / 4)))
    nx, ny = -dy / reach, dx / reach
    if nx * side < 0:
        nx, ny = -nx, -ny
    return shoulder[0] + dx / 2 + nx * out, shoulder[1] + dy / 2 + ny * out


def head(b: Board, at: Point, h: float, look: Look, lean: float = 0, back: bool = False) -> None:
    """A head of a woman `h` high; no face, only hair, skin and what she wears on it."""
    x, y = at
    r = h * 0.062

    def put(*points: Point) -> list[Point]:
        """Points given in head radii from its middle, leaning with her."""
        return turn([(x + dx * r, y + dy * r) for dx, dy in points], at, lean * 0.6)

    if look.hat == "long":
        b.blob(
            put((-1.2, -0.7), (0, -1.5), (1.2, -0.7), (1.25, 2.2), (0, 2.5), (-1.25, 2.2)), c.HAIR
        )
    if look.hat == "bun":
        b.disc(*put((0.2, -1.25))[0], r * 0.62, c.HAIR)
    if back:
        b.disc(x, y + r * 0.55, r * 0.8, c.HAIR)
    b.disc(x, y - r * 0.2, r * 1.08, c.HAIR, r * 1.16)
    if not back:
        face = ((-0.84, -0.3), (0, -0.8), (0.84, -0.3), (0.74, 0.65), (0, 1.28), (-0.74, 0.65))
        b.blob(put(*face), look.skin)
        lock = ((0.98, 0.25), (0.95, -0.7), (0, -1.0), (-0.12, -0.72), (0.62, -0.3))
        for side in (-1, 1):
            b.blob(put(*[(dx * side, dy) for dx, dy in lock]), c.HAIR)
    if look.hat == "non":
        strap = put((-1.5, -0.4), (-0.8, 0.72), (0, 1.36), (0.8, 0.72), (1.5, -0.4))
        b.curve(strap, mix(look.dress, c.CREAM, 0.25), r * 0.1)
        non(b, *put((0, -0.42))[0], r * 2.7, lean * 0.8)
    elif look.hat == "scarf":
        over = ((-1.25, -0.1), (-1.05, -1.25), (0, -1.75), (1.05, -1.25), (1.25, -0.1))
        b.blob(put(*over, (0.8, -0.65), (0, -0.8), (-0.8, -0.65)), look.scarf)
        tail = put((0.9, -0.5), (1.45, 0.9), (1.2, 1.7), (0.85, 0.8))
        b.blob(tail, darker(look.scarf, 0.12))
    elif look.hat == "turban":
        over = ((-1.45, -0.55), (-1.2, -1.45), (0, -1.8), (1.2, -1.45), (1.45, -0.55), (0, -0.62))
        b.blob(put(*over), look.scarf)
        for step in (-0.75, -1.05, -1.35):
            fold = put((-1.2, step + 0.12), (0, step - 0.1), (1.2, step + 0.12))
            b.line(fold, mix(look.scarf, c.TURMERIC, 0.55), r * 0.08)


def basket(
    b: Board,
    x: float,
    y: float,
    half: float,
    colour: Colour = c.CLAY,
    fill: Colour | None = None,
    seed: int = 0,
) -> None:
    """A woven basket, `y` at its bottom."""
    top = y - half * 1.05
    b.poly([(x - half, top), (x + half, top), (x + half * 0.74, y), (x - half * 0.74, y)], colour)
    b.disc(x, y, half * 0.74, colour, half * 0.13)
    for i in range(1, 5):
        yy = top + (y - top) * i / 5
        half_here = half * (1 - 0.26 * i / 5)
        b.line(
            [(x - half_here, yy), (x, yy + half * 0.1), (x + half_here, yy)],
            darker(colour, 0.22),
            half * 0.04,
        )
    b.disc(x, top, half, darker(colour, 0.4), half * 0.2)
    if fill is not None:
        heap(b, x, top - half * 0.02, half * 0.86, fill, half * 0.2)
    b.arc(x, top, half, half * 0.2, 0, 180, lighter(colour, 0.2), half * 0.09)


def heap(
    b: Board, x: float, y: float, half: float, colour: Colour, size: float, rows: int = 3
) -> None:
    """A pile of round things."""
    for row in range(rows):
        reach = half * (1 - row / rows * 0.85)
        count = max(1, round(reach * 2 / (size * 1.5)))
        for i in range(count):
            px = x - reach + (i + 0.5) * 2 * reach / count
            tone = mix(colour, c.CREAM if (i + row) % 3 else c.SOIL, 0.12)
            b.disc(px, y - row * size * 1.15 - size * 0.4, size, tone)
            b.disc(
                px - size * 0.28,
                y - row * size * 1.15 - size * 0.75,
                size * 0.3,
                lighter(tone, 0.35),
            )


def star_sun(b: Board, x: float, y: float, r: float, colour: Colour, quiet: float = 0.22) -> None:
    """The sun as the star in the middle of a bronze drum."""
    line = mix(colour, c.CREAM, quiet)
    b.disc(x, y, r, colour)
    for share in (0.93, 0.84, 0.6):
        b.ring(x, y, r * share, line, r * 0.018)
    points = []
    for i in range(28):
        points.append(
            around(x, y, r * (0.55 if i % 2 == 0 else 0.23), math.pi * i / 14 - math.pi / 2)
        )
    b.poly(points, line)
    for i in range(42):
        b.disc(*around(x, y, r * 0.72, math.tau * i / 42), r * 0.026, line)


def cloud(b: Board, x: float, y: float, width: float, colour: Colour) -> None:
    """A cloud as in a woodcut: bars with round ends."""
    h = width * 0.085
    for dx, dy, share in ((0, 0, 1), (0.14, -1.05, 0.62), (-0.12, 1.05, 0.55)):
        half = width * share / 2
        b.rect(x + dx * width - half, y + dy * h - h / 2, half * 2, h * 0.96, colour, h / 2)


def bird(b: Board, x: float, y: float, size: float, colour: Colour) -> None:
    b.curve(
        [(x - size, y - size * 0.25), (x - size * 0.4, y - size * 0.3), (x, y + size * 0.06)],
        colour,
        size * 0.14,
    )
    b.curve(
        [(x + size, y - size * 0.25), (x + size * 0.4, y - size * 0.3), (x, y + size * 0.06)],
        colour,
        size * 0.14,
    )
