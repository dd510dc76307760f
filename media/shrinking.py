"""Making a large picture smaller without a second large picture beside it in memory."""

from __future__ import annotations

from PIL import Image

STRIP = 256  # rows of the original that are worked on at a time
TURNS = {  # EXIF orientation → what undoes it
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
KEPT = {"L", "RGB", "RGBA", "CMYK"}


def shrunk(image: Image.Image, factor: int) -> Image.Image:
    """The decoded picture with sides divided by `factor`, in a mode that resizes well.

    In strips: Pillow would copy the whole of a picture with transparency or a palette first.
    """
    mode = _mode(image)
    if factor <= 1 and image.mode == mode:
        return image
    width, height = -(-image.width // factor), -(-image.height // factor)
    result = Image.new(mode, (width, height))
    step = max(1, STRIP // factor)
    for top in range(0, height, step):
        rows = (top * factor, min((top + step) * factor, image.height))
        strip = _converted(image.crop((0, rows[0], image.width, rows[1])), mode)
        result.paste(strip.reduce(factor) if factor > 1 else strip, (0, top))
    return result


def fitting(image: Image.Image, side: int) -> Image.Image:
    """Shrunk to a longer side of at least `side` pixels, and less than twice that."""
    return shrunk(image, max(1, max(image.size) // side))


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as it is to be seen, for an EXIF orientation 1-8."""
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def _mode(image: Image.Image) -> str:
    if image.mode in KEPT:
        return "RGBA" if image.mode in ("L", "RGB") and _keyed(image) else image.mode
    if image.mode in ("1", "I", "F") or image.mode.startswith("I;16"):
        return "L"
    return "RGBA" if image.mode in ("LA", "PA", "La", "RGBa") or _keyed(image) else "RGB"


def _keyed(image: Image.Image) -> bool:
    return "transparency" in image.info


def _converted(strip: Image.Image, mode: str) -> Image.Image:
    if strip.mode == mode:
        return strip
    if strip.mode.startswith("I;16"):
        return strip.point(lambda value: value * (1 / 256)).convert("L")
    return strip.convert(mode)
