"""Two texts of one title, by the editor's form: each gets an address of its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from stories import factories
from stories.pages.models import StoryPage, UnitSectionPage
from stories.pages.tests.editor_form import posted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("by_itself", [False, True])
def test_a_text_may_have_the_title_of_another(client, people, by_itself) -> None:
    """Also one that the editor saved by itself a moment before it is sent off."""
    form = posted(factories.story(people["editor"], title="Bài khác"))
    section = UnitSectionPage.objects.get(unit__code=factories.LAM_THAO)
    address = reverse("wagtailadmin_pages:add", args=["pages", "storypage", section.pk])
    client.force_login(people["editor"])
    headers = {"accept": "application/json"} if by_itself else {}

    client.post(address, form | {"title": "Quán sách ở chợ"}, headers=headers)
    sent = form | {"title": "Quán sách ở chợ", "action-submit": "1"}
    assert client.post(address, sent).status_code == 302

    first, second = StoryPage.objects.filter(title="Quán sách ở chợ").order_by("pk")
    assert (first.slug, second.slug) == ("quan-sach-o-cho", "quan-sach-o-cho-2")
    assert not first.current_workflow_state
    assert second.current_workflow_state
