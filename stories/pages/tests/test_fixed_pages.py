"""The tree's fixed pages and the units' sections stay where they are, with all that is in them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

from stories import factories
from stories.pages.models import ColumnPage, HomePage, UnitSectionPage
from stories.releases.models import Item

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [HomePage, ColumnPage, UnitSectionPage])
@pytest.mark.parametrize("route", ["delete", "unpublish", "move"])
def test_not_even_an_administrator_takes_a_fixed_page_away(client, people, model, route) -> None:
    factories.publish(factories.story(people["editor"]), people)
    page = model.objects.first()
    client.force_login(people["admin"])
    client.post(reverse(f"wagtailadmin_pages:{route}", args=[page.pk]))
    assert Page.objects.get(pk=page.pk).live
    assert Item.objects.public().stories().count() == 1


def test_the_bulk_way_is_closed_too(client, people) -> None:
    factories.publish(factories.story(people["editor"]), people)
    section = UnitSectionPage.objects.get(unit__code=factories.LAM_THAO)
    client.force_login(people["admin"])
    client.post(f"/quan-tri/bulk/wagtailcore/page/delete/?id={section.pk}")
    assert Item.objects.public().stories().count() == 1
