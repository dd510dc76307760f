from __future__ import annotations

from django import template
from django.urls import reverse

from stories.pages.help.guides import PARTS, SCREENS

register = template.Library()


@register.simple_tag(takes_context=True)
def help_address(context) -> str:
    """Of the part that explains the screen under way; "" where none does."""
    match = getattr(context.get("request"), "resolver_match", None)
    anchor = SCREENS.get(match.url_name) if match else None
    if anchor is None or not PARTS[anchor].is_shown:
        return ""
    return reverse("help_part", args=[anchor])
