"""What the desk adds to Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from stories.moderation.permissions import standing_in
from stories.pages.desk import menu, panels, urls


@hooks.register("register_admin_urls")
def desk_urls() -> list:
    return urls.urlpatterns


@hooks.register("register_admin_menu_item")
def queue_item() -> menu.QueueItem:
    return menu.QueueItem()


@hooks.register("register_admin_menu_item")
def bundle_item() -> menu.BundleItem:
    return menu.BundleItem()


@hooks.register("register_admin_menu_item")
def deputy_item() -> menu.DeputyItem:
    return menu.DeputyItem()


@hooks.register("construct_homepage_panels")
def home_page(request, items) -> None:
    panels.put_ours(request, items)


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts(request, items) -> None:
    """How many pages, pictures and documents there are helps nobody to begin."""
    items[:] = [item for item in items if not panels.of_wagtail(item)]


@hooks.register("stands_in_for")
def holders(user) -> list:
    """A deputy reads the pictures of the drafts that they review."""
    return [deputy.holder for deputy in standing_in(user)]
