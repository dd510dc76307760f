"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from stories.pages.models import HomePage
from stories.releases.models import Item
from stories.units.tiles import joined_provinces, tiles
from stories.website import page_cache, presenters, selectors, structured
from stories.website.page_cache import Content
from stories.website.sections import section
from stories.website.views.common import UNITS_PATH
from stories.website.watching import Watch, shown

STORIES = 12  # the lead story, five beside it, six in the column
BESIDE = 5
EXEMPLARS = 8
LEAST_EXEMPLARS = 3  # of a quarter; where it has fewer, the newest whatever their quarter


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    return page_cache.respond(request, "/", _home)


def _home() -> Content:
    # What was back-filled has its place in the column's years and in the archive: it is no news.
    news = Item.objects.public().stories().news()
    stories = selectors.listing(news, size=STORIES)
    exemplars = selectors.listing(Item.objects.public().exemplars(), size=EXEMPLARS)
    told, people = selectors.cards(stories.payloads, exemplars.payloads)
    quarter = presenters.quarter(people[0].date) if people else None
    of_quarter = [card for card in people if presenters.quarter(card.date) == quarter]
    if len(of_quarter) < LEAST_EXEMPLARS:
        quarter, of_quarter = None, people
    intro = section(HomePage)
    places = selectors.places()
    context = {
        "section": intro,
        "lead": told[0] if told else None,
        "beside": told[1 : 1 + BESIDE],
        "column": told[1 + BESIDE :],
        "exemplars": of_quarter,
        "quarter": quarter,
        "numbers": selectors.tally(),
        "units": len(places.communes),
        "tiles": tiles(places.districts, lambda unit: f"{UNITS_PATH}{unit['slug']}/"),
        "joined": joined_provinces(),
        "communes": places.communes,
        "groups": [group for group in selectors.groups() if group["is_active"]],
        "contents": selectors.contents(),
        "share": structured.for_page("/", intro.title, strip_tags(intro.intro)),
        "site_data": structured.website(),
    }
    watch = Watch(
        shown(*stories.payloads, *exemplars.payloads),
        (("story", *stories.dates), ("exemplar", *exemplars.dates)),
    )
    return Content("website/home.html", context, watch)
