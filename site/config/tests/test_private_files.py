"""Files are private until a release opens exactly those that its version uses."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, reverse
from wagtail.models import Collection

from config.tests.walls import signed_in
from media.models import File, Picture, PublicFile
from media.models.picture import RENDITION_SPECS
from stories import factories
from stories.pages.models import StoryPage, Withdrawal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("place")]
OTHER_SPECS = ["original", "width-400", "max-165x165", "fill-100x100|format-png"]


def drawn(picture: Picture, specs=()) -> list[str]:
    """Storage names of these renditions, made as a preview makes them, and of the newest press
    file, where a release has made one."""
    wanted = [spec for name, spec in RENDITION_SPECS.items() if name != "press"]
    names = [picture.get_rendition(spec).file.name for spec in [*wanted, *specs]]
    press = picture.renditions.filter(filter_spec__contains="notes-").order_by("-pk")[:1]
    return names + [one.file.name for one in press]


def statuses(client, names, **headers) -> set[int]:
    return {client.get(f"/tep/{name}", headers=headers).status_code for name in names}


def corrected(page, people, **fields):
    page = StoryPage.objects.get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.correction_note = "Sửa."
    draft.save_revision(user=people["editor"])
    return factories.publish(StoryPage.objects.get(pk=page.pk), people)


@pytest.mark.parametrize("role", ["anonymous", "press key", "other unit's editor"])
def test_no_file_of_a_draft_is_served_to_who_may_not_read_it(client, people, role) -> None:
    picture = factories.picture()
    page = factories.submit(
        factories.story(people["editor"], lead_picture=picture), people["editor"]
    )
    names = [picture.file.name, *drawn(picture, OTHER_SPECS)]
    headers = signed_in(client, {"other unit's editor": people["other_editor"]}, role)
    assert statuses(client, names, **headers) == {404}
    client.force_login(people["editor"])
    assert statuses(client, names) == {200}
    assert not page.live


def test_a_release_opens_exactly_the_files_that_its_version_uses(client, people) -> None:
    used, unused = factories.picture(), factories.picture(seed=1)
    others = [*(used.get_rendition(spec).file.name for spec in OTHER_SPECS), used.file.name]
    factories.publish(factories.story(people["editor"], lead_picture=used), people)
    opened = drawn(used)
    assert set(PublicFile.objects.values_list("name", flat=True)) == set(opened)
    assert statuses(client, opened) == {200}
    assert statuses(client, [*others, unused.file.name, *drawn(unused)]) == {404}


def test_a_correction_closes_the_files_that_it_no_longer_uses(client, people) -> None:
    first, second = factories.picture(), factories.picture(seed=1)
    page = factories.publish(factories.story(people["editor"], lead_picture=first), people)
    page = corrected(page, people, lead_picture=second)
    assert statuses(client, drawn(first)) == {404}
    assert statuses(client, drawn(second)) == {200}


def test_a_picture_that_another_story_shows_stays_open(client, people) -> None:
    picture = factories.picture()
    page = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    factories.publish(factories.story(people["editor"], lead_picture=picture, slug="khac"), people)
    corrected(page, people, lead_picture=None)
    assert statuses(client, drawn(picture)) == {200}


def test_renditions_of_an_earlier_focal_point_are_closed(client, people) -> None:
    picture = factories.picture()
    page = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    before = set(drawn(picture))
    picture.focal_point_x = picture.focal_point_y = 50
    picture.focal_point_width = picture.focal_point_height = 20
    picture.save()
    page = corrected(page, people, lead="Sa-pô khác.")
    after = set(drawn(Picture.objects.get(pk=picture.pk)))
    assert after != before
    assert statuses(client, after) == {200}
    assert statuses(client, before - after) == {404}


@pytest.mark.parametrize("code", ["error", "consent", "suspension", "end"])
def test_any_withdrawal_closes_all_at_once(client, people, code) -> None:
    picture = factories.picture()
    page = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    names = drawn(picture)
    etag = client.get(f"/tep/{names[0]}").headers["ETag"]
    page.withdraw(Withdrawal.typed(code, "Lý do."), people["board"])
    assert statuses(client, [*names, picture.file.name]) == {404}
    # A cache that asks whether what it has still holds learns that it doesn't.
    asked = client.get(f"/tep/{names[0]}", headers={"If-None-Match": etag})
    assert asked.status_code == 404


def test_caches_ask_each_time_and_are_answered_without_the_file(client, people) -> None:
    picture = factories.picture()
    factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    href = f"/tep/{drawn(picture)[0]}"
    first = client.get(href)
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(href, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_documents_and_consent_forms_have_no_public_address(client, people) -> None:
    woman = factories.person()
    consent = factories.consent(woman, people["editor"])
    document = File.objects.create(
        title="Quyết định",
        file=ContentFile(b"%PDF-1.4\n", "quyet-dinh.pdf"),
        collection=Collection.objects.get(pk=woman.collection_id),
    )
    factories.publish(factories.story(people["editor"], named=[woman]), people)
    for role in ("anonymous", "press key", "other unit's editor"):
        cast = {"other unit's editor": people["other_editor"]}
        headers = signed_in(client, cast, role)
        assert statuses(client, [document.file.name, consent.form.name], **headers) == {404}
        assert client.get(document.url, headers=headers).status_code == 404
        form = client.get(reverse("consent_form", args=[consent.pk]), headers=headers)
        assert form.status_code in (302, 404)  # to the sign-in, or nowhere
    client.force_login(people["editor"])
    assert statuses(client, [document.file.name, consent.form.name]) == {404}
    assert client.get(document.url).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../db",
        "..%2Fdb",
        "%2e%2e/db",
        "/etc/passwd",
        "images/",
        "original_images/",
        "consents/",
    ],
)
def test_no_folder_is_listed_and_none_is_left(client, people, name) -> None:
    factories.consent(factories.person(), people["editor"])
    assert client.get(f"/tep/{name}").status_code == 404
    client.force_login(people["admin"])
    assert client.get(f"/tep/{name}").status_code == 404


def test_wagtails_own_picture_addresses_draw_nothing_for_strangers(client, people) -> None:
    picture = factories.picture()
    with pytest.raises(NoReverseMatch):
        reverse("wagtailimages_serve", args=["x", picture.pk, "width-100"])
    preview = reverse("wagtailimages:preview", args=[picture.pk, "width-100"])
    assert client.get(preview).status_code == 302
    client.force_login(people["other_editor"])
    assert client.get(preview).status_code in (302, 403, 404)
    assert client.get(f"/quan-tri/images/{picture.pk}/").status_code in (302, 403, 404)
    assert settings.MEDIA_URL == "/tep/"
