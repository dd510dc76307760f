"""Under the editor, what she came to do lies open: to save, and to send."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from stories import factories
from stories.pages.models import Movement

pytestmark = pytest.mark.django_db


def footer(client, address: str) -> tuple[str, str]:
    """The buttons that lie open under the editor, and those behind the arrow."""
    html = client.get(address).content.decode()
    shown = html[html.index('<footer class="footer') :].partition("</footer>")[0]
    lying_open, _arrow, behind = shown.partition("w-dropdown__toggle")
    return lying_open, behind


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_saving_and_sending_lie_open_side_by_side(client, people) -> None:
    draft = factories.story(people["editor"])
    client.force_login(people["editor"])
    section = draft.get_parent().pk
    new = reverse("wagtailadmin_pages:add", args=["pages", "storypage", section])
    for address in (edit(draft), new):
        lying_open, behind = footer(client, address)
        assert "action-save" in lying_open
        assert re.search(r'name="action-submit" value="Gửi duyệt"', lying_open)
        assert "action-submit" not in behind


def test_a_returned_draft_is_sent_again_by_the_same_button(client, people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    said = {"reason": "facts", "comment": "Xin ghi rõ số hộ."}
    page = factories.act(page, people["reviewer"], "reject", **said)
    client.force_login(people["editor"])
    lying_open, behind = footer(client, edit(page))
    assert 'value="Gửi duyệt lại"' in lying_open
    assert "action-cancel-workflow" in behind


def test_a_draft_in_review_offers_nothing_to_send(client, people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    client.force_login(people["editor"])
    assert "action-submit" not in "".join(footer(client, edit(page)))


@pytest.mark.parametrize("way", ["one", "many"])
def test_a_term_in_use_is_not_deleted_and_the_reason_is_said(client, people, way) -> None:
    movement = Movement.objects.filter(contents__isnull=False).first()
    client.force_login(people["admin"])
    if way == "one":
        address = reverse("wagtailsnippets_pages_movement:delete", args=[movement.pk])
    else:
        address = reverse("wagtail_bulk_action", args=["pages", "movement", "delete"])
        address += f"?id={movement.pk}"
    answer = client.post(address, follow=True)
    assert "đang được dùng nên không xóa được" in answer.content.decode()
    assert Movement.objects.filter(pk=movement.pk).exists()


def test_a_term_that_nothing_uses_is_deleted(client, people) -> None:
    movement = Movement.objects.create(code="thu", name="Phong trào thử")
    client.force_login(people["admin"])
    client.post(reverse("wagtailsnippets_pages_movement:delete", args=[movement.pk]))
    assert not Movement.objects.filter(pk=movement.pk).exists()
