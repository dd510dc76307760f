"""The picture that messengers show with a shared link: headline, place and the story's own picture.

Drawn once for each release (and once more when its photograph is taken down alone), kept in memory,
and never served for what is not public now.
"""

from __future__ import annotations

import hashlib
import io
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont, ImageOps

from stories.releases.models import Item
from stories.website import page_cache, presenters, selectors
from stories.website.selectors import Gone
from stories.website.views.common import gone

SIZE = WIDTH, HEIGHT = 1200, 630  # what Facebook and Zalo ask for
PANEL = 660  # the headline's side, where there is a photograph
MARGIN = 64
LACQUER, GOLD, PAPER = "#7a0f14", "#f4d798", "#fff6e3"
FONTS = settings.BASE_DIR / "stories/website/static/website/fonts"
SOURCES = ("jpeg720", "w1200", "w720", "w360")


@require_safe
def share_picture(request: HttpRequest, ident: UUID) -> HttpResponseBase:
    """JPEG, 1200 × 630. 404 for a picture and what never was public, 410 for what was withdrawn."""
    item = Item.objects.select_related("current").filter(pk=ident).first()
    try:
        payload = selectors.public_payload(item)
    except Item.DoesNotExist as error:
        raise Http404 from error
    except Gone as taken:
        return gone(request, taken)
    if payload["type"] == Item.Type.PICTURE:
        raise Http404
    photograph = presenters.lead_picture_uuid(payload) or ""
    if photograph and not selectors.public_uuids([photograph]):
        photograph = ""
    etag = _etag(payload, photograph)
    store = caches["share_pictures"]
    drawn = store.get(etag)
    if drawn is None:
        drawn = draw(payload, photograph)
        store.set(etag, drawn)
    response = HttpResponse(drawn, content_type="image/jpeg")
    response["ETag"] = etag
    response["Cache-Control"] = page_cache.ASK_AGAIN
    return get_conditional_response(request, etag, None, response) or response


def _etag(payload: Mapping[str, Any], photograph: str) -> str:
    told = f"{payload['uuid']}:{payload['version']}:{photograph}"
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'


def draw(payload: Mapping[str, Any], photograph: str) -> bytes:
    """The picture as JPEG; without the photograph where its file cannot be read."""
    canvas = Image.new("RGB", SIZE, LACQUER)
    shot = _photograph(payload, photograph)
    panel = WIDTH
    if shot is not None:
        panel = PANEL
        canvas.paste(ImageOps.fit(shot, (WIDTH - PANEL, HEIGHT), centering=(0.5, 0.4)), (PANEL, 0))
    pen = ImageDraw.Draw(canvas)
    for x in range(MARGIN // 4, WIDTH, 16):  # the rim of drum dots
        pen.ellipse((x - 3, 13, x + 3, 19), fill=GOLD)
    place = (payload.get("unit") or {}).get("name", "")
    pen.text((MARGIN, 64), place, font=_font("be-vietnam-pro-semibold", 30), fill=GOLD)
    _headline(pen, payload["title"], panel - 2 * MARGIN)
    pen.line((MARGIN, 512, MARGIN + 96, 512), fill=GOLD, width=4)
    pen.text((MARGIN, 530), "Gương sáng Đất Tổ", font=_font("literata-bold", 38), fill=GOLD)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def _headline(pen: ImageDraw.ImageDraw, title: str, width: int) -> None:
    """As large as fits into five lines; what is longer still is cut with an ellipsis."""
    for size in (66, 58, 50, 44):
        font = _font("literata-bold", size)
        lines = _wrapped(pen, title, font, width)
        if len(lines) * size * 1.28 <= 370:
            break
    else:
        lines = [*lines[:5], f"{lines[5]}…"] if len(lines) > 6 else lines
    for number, line in enumerate(lines):
        pen.text((MARGIN, 120 + number * size * 1.28), line, font=font, fill=PAPER)


def _wrapped(pen: ImageDraw.ImageDraw, title: str, font, width: int) -> list[str]:
    lines: list[str] = []
    for word in textwrap.shorten(title, 200, placeholder="…").split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _photograph(payload: Mapping[str, Any], ident: str) -> Image.Image | None:
    picture = next((one for one in payload.get("pictures") or [] if one["uuid"] == ident), None)
    found = presenters.rendition(picture, *SOURCES) if picture else None
    if found is None or not found["href"].startswith(settings.MEDIA_URL):
        return None
    try:
        with default_storage.open(found["href"].removeprefix(settings.MEDIA_URL)) as file:
            shot = Image.open(file)
            shot.load()
    except (OSError, ValueError):
        return None
    return shot.convert("RGB")


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.woff2"), size)
