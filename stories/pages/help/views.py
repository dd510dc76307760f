from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stories.pages.help.guides import GUIDES, PARTS, first_for, holding


@require_safe
def guide(request: HttpRequest, slug: str = "") -> HttpResponse:
    """`/quan-tri/huong-dan/`: the guide of the person's role; `…/<slug>/`: any of them."""
    shown = GUIDES.get(slug) if slug else first_for(request.user)
    if shown is None:
        raise Http404
    context = {"guide": shown, "guides": GUIDES.values()}
    return render(request, "pages/help/guide.html", context)


@require_safe
def part(request: HttpRequest, anchor: str) -> HttpResponse:
    """`/quan-tri/huong-dan/muc/<anchor>/`: leads to the part, in the person's guide if there."""
    found = PARTS.get(anchor)
    if found is None or not found.is_shown:
        raise Http404
    return redirect(f"{reverse('help', args=[holding(found, request.user).slug])}#{anchor}")
