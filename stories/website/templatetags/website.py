"""The few tags that the public templates need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media import credits
from stories.website import menus, presenters

register = template.Library()

WEEKDAYS = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ Nhật"),
)


@register.simple_tag
def picture(
    shot: Mapping[str, Any],
    sizes: str = "100vw",
    loading: str = "lazy",
    alt: str | None = None,
    css: str = "",
) -> SafeString:
    """`<picture>` of a payload picture: AVIF and WebP by width, and a JPEG for other browsers.

    With width and height (no jump while loading). A release without the JPEG gets an `<img>` of
    its WebP alone. `alt=""` marks a picture that only repeats the text beside it. Empty without
    web renditions.
    """
    renditions = presenters.web_renditions(shot)
    if not renditions:
        return SafeString("")
    sources = presenters.sources(shot)
    fallback = presenters.rendition(shot, presenters.FALLBACK)
    if fallback is None:
        middle = renditions[min(1, len(renditions) - 1)]
        more = format_html(' srcset="{}" sizes="{}"', sources[-1][1], sizes)
        return _image(shot, middle, more, loading, alt, css)
    offered = format_html_join(
        "", '<source type="{}" srcset="{}" sizes="{}">', ((*source, sizes) for source in sources)
    )
    image = _image(shot, fallback, SafeString(""), loading, alt, css)
    return format_html("<picture>{}{}</picture>", offered, image)


def _image(
    shot: Mapping[str, Any],
    rendition: Mapping[str, Any],
    more: SafeString,
    loading: str,
    alt: str | None,
    css: str,
) -> SafeString:
    return format_html(
        '<img src="{}"{} width="{}" height="{}" alt="{}" {}{}>',
        rendition["href"],
        more,
        rendition["width"],
        rendition["height"],
        shot.get("alt") or shot.get("title") or "" if alt is None else alt,
        mark_safe(
            'loading="lazy" decoding="async"' if loading == "lazy" else 'fetchpriority="high"'
        ),
        format_html(' class="{}"', css) if css else "",
    )


@register.filter
def vn_date(value: object, style: str = "short") -> str:
    """20/11/2026, or with "long" Thứ Sáu, 20/11/2026, or with "time" 10:00 ngày 20/11/2026.

    Takes an ISO date, an ISO time (shown in the site's time zone), a date or a datetime; anything
    else gives "".
    """
    moment = as_moment(value)
    if moment is None:
        return ""
    day = f"{moment.day:02}/{moment.month:02}/{moment.year}"
    if style == "long":
        return f"{WEEKDAYS[moment.weekday()]}, {day}"
    if style == "time" and isinstance(moment, dt.datetime):
        clock = f"{moment.hour:02}:{moment.minute:02}"
        return _("%(clock)s ngày %(day)s") % {"clock": clock, "day": day}
    return day


def as_moment(value: object) -> dt.date | dt.datetime | None:
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value) if len(value) == 10 else parse_time(value)
        except ValueError:
            return None
    if isinstance(value, dt.datetime):
        return localtime(value) if value.tzinfo else value
    return value if isinstance(value, dt.date) else None


def parse_time(value: str) -> dt.datetime:
    return dt.datetime.fromisoformat(value.replace("Z", "+00:00"))


@register.filter
def thousands(value: object) -> str:
    """1234567 -> 1.234.567, the Vietnamese way."""
    try:
        return f"{int(value):,}".replace(",", ".")  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return str(value)


@register.filter
def roman(value: int) -> str:
    """1 to 4 as quarters are numbered in Vietnamese: I, II, III, IV."""
    return ("I", "II", "III", "IV")[value - 1]


@register.simple_tag
def absolute(path: str) -> str:
    """A site path as an address that can be shared."""
    return f"{settings.PUBLIC_BASE_URL}{path}"


register.filter(credits.credit_line)


@register.simple_tag
def menu(name: str) -> menus.Menu:
    """One of the site's menus: `{% menu "main" as main %}`, then `main.home.path` by name."""
    return menus.ALL[name]
