"""What a chooser doesn't offer can't be smuggled in by its number."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from stories import factories
from stories.pages.models import StoryPage, UnitSectionPage

pytestmark = pytest.mark.django_db


def post_story(client, **fields):
    section = UnitSectionPage.objects.get(unit__code=factories.VIET_TRI)
    data = {
        "title": "Bài của Việt Trì",
        "slug": "",
        "lead": "Sa-pô.",
        "date": "2026-11-20",
        "body-count": "0",
        "told_exemplars-TOTAL_FORMS": "0",
        "told_exemplars-INITIAL_FORMS": "0",
        "told_exemplars-MIN_NUM_FORMS": "0",
        "told_exemplars-MAX_NUM_FORMS": "1000",
        "named_people-TOTAL_FORMS": "0",
        "named_people-INITIAL_FORMS": "0",
        "named_people-MIN_NUM_FORMS": "0",
        "named_people-MAX_NUM_FORMS": "1000",
    } | fields
    url = reverse("wagtailadmin_pages:add", args=["pages", "storypage", section.pk])
    return client.post(url, data)


def picture_block(picture) -> dict[str, str]:
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "picture",
        "body-0-value-picture": str(picture.pk),
        "body-0-value-caption": "",
        "body-0-value-credit": "",
    }


@pytest.mark.parametrize("place", ["lead", "body"])
def test_another_units_unpublished_picture_is_not_taken(client, people, place) -> None:
    picture = factories.picture()
    client.force_login(people["other_editor"])
    fields = {"lead_picture": picture.pk} if place == "lead" else picture_block(picture)
    response = post_story(client, **fields)
    assert "không thuộc kho ảnh của đơn vị bạn" in response.content.decode()
    assert not StoryPage.objects.exists()


def test_a_picture_of_ones_own_is_taken(client, people) -> None:
    client.force_login(people["other_editor"])
    post_story(client, lead_picture=factories.picture(factories.VIET_TRI).pk)
    assert StoryPage.objects.get().lead_picture


def test_another_units_draft_exemplar_is_not_taken(client, people) -> None:
    exemplar = factories.exemplar(people["editor"])
    client.force_login(people["other_editor"])
    told = {
        "told_exemplars-TOTAL_FORMS": "1",
        "told_exemplars-0-exemplar": str(exemplar.pk),
        "told_exemplars-0-ORDER": "1",
        "told_exemplars-0-id": "",
        "told_exemplars-0-DELETE": "",
    }
    response = post_story(client, **told)
    assert not StoryPage.objects.exists()
    assert "điển hình chưa đăng" in response.content.decode()


def test_the_note_of_the_last_correction_is_not_offered_for_the_next(client, people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    page.lead, page.correction_note = "Hai mươi năm.", "Sửa số năm."
    page.save_revision(user=people["editor"])
    page = factories.publish(StoryPage.objects.get(pk=page.pk), people)
    client.force_login(people["editor"])
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Sửa số năm." not in response.content.decode()


@pytest.mark.parametrize("change", ["caption", "credit", "alt_text"])
def test_a_picture_changed_while_it_is_read_is_not_approved(client, people, change) -> None:
    picture = factories.picture()
    page = factories.story(people["editor"], lead_picture=picture)
    page = factories.act(factories.submit(page, people["editor"]), people["reviewer"])
    client.force_login(people["board"])
    url = reverse("review_page", args=[page.pk])
    shown = client.get(url).context["sha256"]
    setattr(picture, change, "Tráo")
    picture.save()
    ticks = factories.ambers(page)
    client.post(url, {"approve": "1", "sha256": shown, "accepted": ticks})
    assert not StoryPage.objects.get(pk=page.pk).live
    shown = client.get(url).context["sha256"]
    client.post(url, {"approve": "1", "sha256": shown, "accepted": ticks})
    assert StoryPage.objects.get(pk=page.pk).live


def test_a_picture_of_a_draft_is_neither_replaced_nor_deleted_under_it(people) -> None:
    picture = factories.picture()
    factories.story(people["editor"], lead_picture=picture)
    with pytest.raises(PermissionDenied), transaction.atomic():
        picture.delete()
    picture.file.name = "original_images/khac.jpg"
    with pytest.raises(PermissionDenied):
        picture.save()
