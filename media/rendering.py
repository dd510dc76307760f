"""Drawing renditions: nothing of an original but its pixels gets into them.

Wagtail's operations and formats stay; what differs is where the pixels come from. An original is
decoded once for all its renditions, a JPEG at the fraction of its size that is needed, turned
upright, brought to sRGB, and stripped of everything that a camera or a program wrote beside it.
"""

from __future__ import annotations

import io
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from PIL import Image, ImageCms
from wagtail.images.image_operations import FilterOperation, ImageTransform
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

from media.metadata import exif
from media.shrinking import fitting, shrunk, turned


@dataclass(slots=True)
class Master:
    """An original made ready: its pixels, and how many of them stand for one of the original."""

    pixels: Image.Image
    width: int
    height: int
    has_alpha: bool

    def cut(self, rect, size: tuple[int, int]) -> Image.Image:
        """The part `rect` (pixels of the original) drawn at `size`."""
        scale_x, scale_y = self.pixels.width / self.width, self.pixels.height / self.height
        box = (
            max(0.0, rect.left * scale_x),
            max(0.0, rect.top * scale_y),
            min(float(self.pixels.width), rect.right * scale_x),
            min(float(self.pixels.height), rect.bottom * scale_y),
        )
        drawn = self.pixels.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
        drawn.info = {}
        return drawn


class DrawnFilter(Filter):
    """Wagtail's filter, on a master instead of the original file."""

    def __init__(self, spec: str, master: Master) -> None:
        super().__init__(spec)
        self.master = master

    @contextmanager
    def get_willow_image(self, image, source=None):
        transform = Filter.get_transform(self, image, (self.master.width, self.master.height))
        size = tuple(max(1, round(side)) for side in transform.size)
        drawn = PillowImage(self.master.cut(transform.get_rect().round(), size))
        drawn.format_name = "png" if self.master.has_alpha else "jpeg"
        yield drawn

    def get_transform(self, image, size=None):
        """What comes is cut and scaled already."""
        return ImageTransform(size)


class NotesOperation(FilterOperation):
    """`notes-<digest>`: changes nothing; makes one rendition per text that is written into it."""

    def construct(self, digest: str) -> None:
        self.digest = digest

    def run(self, willow, image, env):
        return willow


def master(file, filters: list[Filter], picture) -> Master:
    """Decode an original for these filters. Raises OSError for a file that is missing or broken."""
    file.seek(0)
    with Image.open(file) as image:
        turn = exif.read(image).orientation
        width, height = image.size if turn < 5 else image.size[::-1]
        need = max(_need(one, picture, (width, height)) for one in filters)
        # A JPEG's decoder scales for nothing, by 2, 4 or 8.
        image.draft(None, (max(1, int(image.width * need)), max(1, int(image.height * need))))
        image.load()
        scale = image.width / (width if turn < 5 else height)
        pixels = shrunk(image, max(1, int(scale / need)) if need else 1)
        profile = image.info.get("icc_profile")
    pixels = turned(_in_srgb(pixels, profile), turn)
    return Master(pixels, width, height, pixels.mode == "RGBA")


def _need(one: Filter, picture, size: tuple[int, int]) -> float:
    """Which part of the original's resolution a filter needs, 0 < n ≤ 1."""
    transform = one.get_transform(picture, size)
    rect = transform.get_rect()
    wanted = max(transform.size[0] / (rect.width or 1), transform.size[1] / (rect.height or 1))
    return min(1.0, max(wanted, 1 / max(size)))


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB, which is what a file without a profile means; so the profile can stay behind."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and image.mode != "L":
        # A broken profile, or one for another kind of colour, is passed over.
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            image = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode,
            )
    return image if image.mode == mode else image.convert(mode)


def as_jpeg(file, side: int) -> bytes:
    """The whole picture as a JPEG of at most `side` pixels a side, without any metadata.

    Raises OSError for a file that is broken.
    """
    file.seek(0)
    with Image.open(file) as image:
        turn = exif.read(image).orientation
        image.load()
        pixels = turned(_in_srgb(fitting(image, side), image.info.get("icc_profile")), turn)
    pixels.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    pixels.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()
