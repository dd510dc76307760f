"""What an editor should know of a picture, shown above its fields."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from media.models import Picture
from media.selectors import look_alikes

SHOWN = 3


def of(picture: Picture, user) -> SafeString:
    """HTML; empty when there is nothing to say."""
    return format_html_join("", "{}", ((hint,) for hint in _hints(picture, user)))


def _hints(picture: Picture, user):
    if picture.has_location:
        yield _box(_("Ảnh có vị trí chụp; vị trí không bao giờ được công bố."), "info")
    alike = list(look_alikes(picture, user)[:SHOWN])
    if alike:
        links = format_html_join(
            ", ",
            '<a href="{}" target="_blank">“{}”</a>',
            ((reverse("wagtailimages:edit", args=[one.pk]), one.title) for one in alike),
        )
        yield _box(format_html(_("Giống ảnh {} đã có."), links), "warning")


def _box(words: str, kind: str) -> SafeString:
    return format_html(
        '<div class="help-block help-{}"><svg class="icon icon-{} icon" aria-hidden="true">'
        '<use href="#icon-{}"></use></svg>{}</div>',
        *(kind, "warning" if kind == "warning" else "help"),
        *("warning" if kind == "warning" else "help", words),
    )
