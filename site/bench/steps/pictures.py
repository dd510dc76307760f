"""Pictures, ours or plain Wagtail's, by what the settings install: the same file, the same specs.

`renditions`: three responsive WebP renditions of a 12-megapixel JPEG, made at once, and the peak
memory of the process. `listing`: the admin's list of pictures with few and with many of them.
"""

from __future__ import annotations

import io
import resource
import sys

import django

from bench.steps import Times, answer, visits

SPECS = (
    "max-360x640|format-webp|webpquality-72",
    "max-720x1280|format-webp|webpquality-74",
    "max-1200x2000|format-webp|webpquality-76",
)
SIDE = (4000, 3000)
ROUNDS = 5


def jpeg() -> bytes:
    """Something between a photograph and noise: gradients with grain, as a phone would store it."""
    from PIL import Image

    grain = Image.effect_noise((1000, 750), 60).resize(SIDE, Image.Resampling.BICUBIC)
    slope = Image.linear_gradient("L").resize(SIDE)
    round_ = Image.radial_gradient("L").resize(SIDE)
    out = io.BytesIO()
    bands = Image.blend(grain, slope, 0.6), Image.blend(grain, round_, 0.6), slope
    Image.merge("RGB", bands).save(out, "JPEG", quality=90)
    return out.getvalue()


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def picture(number: int, content: bytes):
    """A picture in the installed model, and its file in the storage."""
    from django.core.files.base import ContentFile
    from wagtail.images import get_image_model
    from wagtail.models import Collection

    return get_image_model().objects.create(
        title=f"Ảnh {number}",
        file=ContentFile(content, f"{number}.jpg"),
        collection=Collection.get_first_root_node(),
    )


def renditions() -> None:
    content = jpeg()
    taken = Times()
    before = peak()
    for number in range(ROUNDS + 1):
        made = picture(number, content)
        (taken if number else Times()).of(lambda made=made: made.get_renditions(*SPECS))
        made.renditions.all().delete()
        made.delete()
    answer(**taken.figures(), peak_mb=peak(), before_mb=before, file_mb=len(content) / 1e6)


def listing(path: str, username: str, *counts: str) -> None:
    """Queries and times of the list with so many pictures; thumbnails are made when first seen."""
    from django.contrib.auth import get_user_model
    from PIL import Image
    from wagtail.images import get_image_model

    out = io.BytesIO()
    Image.new("RGB", (640, 480), (120, 40, 30)).save(out, "JPEG")
    model = get_image_model()
    first = picture(0, out.getvalue())
    user = get_user_model().objects.get(username=username)
    values = {
        field.attname: getattr(first, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.unique
    }
    found = {}
    for count in map(int, counts):
        rows = [
            model(**values | {"title": f"Ảnh {number}"})
            for number in range(model.objects.count(), count)
        ]
        model.objects.bulk_create(rows, batch_size=500)
        found[str(count)] = visits(user, {"list": path}, 3)["list"]
    answer(**found)


if __name__ == "__main__":
    django.setup()
    {"renditions": renditions, "listing": listing}[sys.argv[1]](*sys.argv[2:])
