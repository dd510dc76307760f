"""One unit's editor neither reads nor alters another unit's drafts, by whatever address."""

from __future__ import annotations

import pytest
from django.urls import reverse

from media.models import File
from media.models.picture import RENDITION_SPECS
from stories import factories
from stories.pages.models import StoryPage

pytestmark = pytest.mark.django_db
SECRET = "Bí mật của Lâm Thao"

PAGE_ROUTES = [
    "wagtailadmin_explore",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:usage",
    "wagtailadmin_pages:workflow_history",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:preview_on_edit",
]


@pytest.fixture
def draft(people) -> StoryPage:
    picture = factories.picture(title=f"{SECRET} (ảnh)")
    return factories.story(people["editor"], title=SECRET, lead_picture=picture)


def closed(response) -> bool:
    words = response.content.decode() if hasattr(response, "content") else ""
    return response.status_code in {302, 403, 404} and SECRET not in words


@pytest.mark.parametrize("route", PAGE_ROUTES)
@pytest.mark.parametrize("who", ["other_editor", "other_reviewer"])
def test_a_draft_is_closed_to_other_units(client, people, draft, route, who) -> None:
    client.force_login(people[who])
    response = client.get(reverse(route, args=[draft.pk]))
    assert closed(response), response.status_code


@pytest.mark.parametrize("route", ["revisions_view", "revisions_revert"])
def test_a_drafts_revisions_are_closed_to_other_units(client, people, draft, route) -> None:
    client.force_login(people["other_editor"])
    url = reverse(f"wagtailadmin_pages:{route}", args=[draft.pk, draft.latest_revision_id])
    assert closed(client.get(url))


@pytest.mark.parametrize(
    "url",
    [
        "/quan-tri/pages/search/?q=B%C3%AD+m%E1%BA%ADt",
        "/quan-tri/choose-page/search/?q=B%C3%AD+m%E1%BA%ADt&page_type=wagtailcore.page",
        "/quan-tri/images/?q=B%C3%AD+m%E1%BA%ADt",
        "/quan-tri/images/chooser/results/?q=B%C3%AD+m%E1%BA%ADt",
        "/quan-tri/",
        "/quan-tri/reports/site-history/",
        "/quan-tri/reports/workflow/",
        "/quan-tri/reports/workflow_tasks/",
        "/quan-tri/reports/locked/",
        "/quan-tri/reports/page-types-usage/",
    ],
)
def test_a_draft_is_in_no_listing_of_other_units(client, people, draft, url) -> None:
    factories.submit(draft, people["editor"])
    client.force_login(people["other_editor"])
    response = client.get(url)
    assert response.status_code in {200, 302, 403}
    assert "(ảnh)" not in response.content.decode()
    assert SECRET not in response.content.decode()


def test_choosing_a_page_offers_no_draft_of_others(client, people, draft) -> None:
    client.force_login(people["other_editor"])
    parent = draft.get_parent().pk
    response = client.get(f"/quan-tri/choose-page/{parent}/?page_type=wagtailcore.page")
    assert SECRET not in response.content.decode()


def test_another_units_editor_cannot_save_into_a_draft(client, people, draft) -> None:
    client.force_login(people["other_editor"])
    client.post(
        reverse("wagtailadmin_pages:edit", args=[draft.pk]), {"title": "Đổi", "slug": "doi"}
    )
    assert StoryPage.objects.get(pk=draft.pk).revisions.count() == 1


@pytest.mark.parametrize("who", [None, "other_editor"])
def test_a_drafts_picture_files_are_closed(client, people, draft, who) -> None:
    if who:
        client.force_login(people[who])
    picture = draft.lead_picture
    rendition = picture.get_rendition("max-165x165")
    for url in (picture.file.url, rendition.url):
        assert client.get(url).status_code == 404


def test_the_editor_herself_sees_her_picture(client, people, draft) -> None:
    client.force_login(people["editor"])
    assert client.get(draft.lead_picture.file.url).status_code == 200


@pytest.mark.parametrize("who", [None, "other_editor"])
def test_documents_are_closed_to_the_public_and_other_units(client, people, draft, who) -> None:
    from django.core.files.base import ContentFile

    document = File.objects.create(
        title="Phiếu đồng ý",
        file=ContentFile(b"%PDF-1.4", "phieu.pdf"),
        collection=draft.lead_picture.collection,
    )
    if who:
        client.force_login(people[who])
    assert client.get(document.url).status_code in {302, 403, 404}


def test_a_release_opens_its_renditions_and_withdrawal_closes_them(client, people, draft) -> None:
    from stories.pages.models import Withdrawal
    from stories.releases.models import Item

    page = factories.publish(draft, people)
    data = Item.objects.public().stories().get().current.data
    urls = [rendition["href"] for rendition in data["pictures"][0]["renditions"]]
    assert len(urls) == len(RENDITION_SPECS)
    for url in urls:
        assert client.get(url).status_code == 200
    assert client.get(page.lead_picture.file.url).status_code == 404
    page.withdraw(Withdrawal("canceled", "Nhân vật đề nghị."), people["board"])
    for url in urls:
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "name", ["../guong-sang.sqlite3", "..%2f..%2fetc/passwd", "a\x00b", "images/"]
)
def test_a_file_name_that_reaches_out_is_not_found(client, people, name) -> None:
    assert client.get(f"/tep/{name}").status_code == 404


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
@pytest.mark.parametrize("who", ["other_editor", "other_reviewer"])
def test_a_bulk_action_tells_nothing_of_others_drafts(client, people, draft, action, who) -> None:
    client.force_login(people[who])
    response = client.get(f"/quan-tri/bulk/wagtailcore/page/{action}/?id={draft.pk}")
    assert closed(response)


def test_a_bulk_action_over_all_of_anothers_section_is_closed(client, people, draft) -> None:
    client.force_login(people["other_editor"])
    section = draft.get_parent().pk
    url = f"/quan-tri/bulk/wagtailcore/page/delete/?id=all&childOf={section}"
    assert closed(client.get(url))
    assert closed(client.get("/quan-tri/bulk/media/picture/delete/?id=all"))


def test_a_bulk_action_tells_nothing_of_others_pictures(client, people, draft) -> None:
    client.force_login(people["other_editor"])
    url = f"/quan-tri/bulk/media/picture/delete/?id={draft.lead_picture_id}"
    assert closed(client.get(url))


@pytest.mark.parametrize("what", ["images", "documents"])
def test_the_admins_own_api_lists_nobody_s_media(client, people, draft, what) -> None:
    client.force_login(people["other_editor"])
    assert client.get(f"/quan-tri/api/main/{what}/").status_code == 404
    own = f"/quan-tri/api/main/{what}/{draft.lead_picture_id}/"
    assert client.get(own).status_code == 404


def test_a_unit_uses_bulk_actions_on_its_own(client, people, draft) -> None:
    client.force_login(people["editor"])
    response = client.get(f"/quan-tri/bulk/wagtailcore/page/delete/?id={draft.pk}")
    assert SECRET in response.content.decode()
