from __future__ import annotations

from wagtail import hooks


@hooks.register("construct_help_menu")
def no_english_guides(request, menu_items) -> None:
    """Wagtail's own guides are in English and describe buttons that nobody has here."""
    menu_items[:] = [
        item
        for item in menu_items
        if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]
