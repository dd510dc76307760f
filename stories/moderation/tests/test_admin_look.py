"""What the admin says around the drafts: our words where Wagtail's own are English or wrong."""

from __future__ import annotations

import re

from django.urls import reverse

from stories import factories


def visible(html: str) -> str:
    """The words of a page, one space between them, without markup, scripts and styles."""
    html = re.sub(r"(?s)<(script|style|noscript|svg)\b.*?</\1>", " ", html)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_admin_greets_by_name_and_offers_no_guide_in_english(client, people) -> None:
    client.force_login(people["editor"])
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Chào bientap.lamthao" in visible(page)
    assert "guide.wagtail.org" not in page
    assert "whats-new-in-wagtail" not in page


def test_the_search_of_pages_names_what_it_found(client, people) -> None:
    factories.story(people["editor"])
    client.force_login(people["editor"])
    found = client.get(reverse("wagtailadmin_pages:search"), {"q": "Lan"}).content.decode()
    assert "1–1 trong số 1 trang" in visible(found)
