from __future__ import annotations

from django import template
from django.db.models import Prefetch
from django.template import Context

from stories.moderation.models import ReviewLink, ReviewLinkVisit
from stories.pages.guest.forms import InviteForm

register = template.Library()
MOST_LINKS, MOST_VISITS = 20, 10


@register.inclusion_tag("pages/guest/links.html", takes_context=True)
def review_links(context: Context) -> dict:
    """The disclosure on the review screen: the form, and who was invited to this text so far."""
    page, state = context["page"], context["state"]
    visits = ReviewLinkVisit.objects.order_by("-pk")[:MOST_VISITS]
    links = (
        ReviewLink.objects.filter(item=page.uuid)
        .select_related("invited_by")
        .prefetch_related(Prefetch("visits", queryset=visits, to_attr="latest"))
    )
    return {
        "page": page,
        "state": state,
        "form": InviteForm(initial={"sha256": context["sha256"]}),
        "links": links[:MOST_LINKS],
    }
