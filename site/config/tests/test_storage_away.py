"""While the place of the files is away: what people are told, that nothing is half kept, and that
it goes on afterwards. On the disk and with a bucket."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document
from ninja import NinjaAPI
from wagtail.models import Revision

from config import problems
from media.models import Consent, File, Picture
from media.people.purposes import Purpose, Scope
from media.people.tests.test_screens import pdf
from media.stores.base import StorageDown
from media.tests.originals import saved
from stories import factories
from stories.moderation.bundle_release import release_due
from stories.moderation.tests import bundling
from stories.pages.models import StoryPage
from stories.pages.services import sections
from stories.releases.models import Item
from stories.units.models import Unit

pytestmark = pytest.mark.django_db
AWAY = "Kho tệp đang tạm ngừng"
PDF = pdf()


def document(content: bytes = PDF) -> File:
    collection = sections.ensure_collection(Unit.objects.get(code=factories.LAM_THAO))
    file = ContentFile(content, "quyet-dinh.pdf")
    return File.objects.create(title="Quyết định", file=file, collection=collection)


def test_public_pages_stay_and_their_pictures_say_why_not(client, people, place) -> None:
    picture = factories.picture()
    page = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    address = Item.objects.get(pk=page.uuid).path
    names = [one.file.name for one in picture.renditions.all()]
    with place.down():
        assert client.get(address).status_code == 200
        answers = [client.get(f"/tep/{name}", headers={"accept": "text/html"}) for name in names]
        plain = client.get(f"/tep/{names[0]}")
        hidden = client.get(f"/tep/{picture.file.name}")
    assert {answer.status_code for answer in answers} == {503} and hidden.status_code == 404
    assert all(AWAY in answer.content.decode() for answer in answers)
    assert AWAY in plain.json()["error_message"]
    assert (plain["Retry-After"], plain["Cache-Control"]) == ("60", "no-store")
    assert {client.get(f"/tep/{name}").status_code for name in names} == {200}


def test_the_admin_lists_pictures_without_showing_them(client, people, place) -> None:
    picture = factories.picture()
    client.force_login(people["editor"])
    with place.down():
        assert picture.title in client.get(reverse("wagtailimages:index")).content.decode()


def test_an_approval_is_not_given_and_can_be_given_later(client, people, place) -> None:
    draft = factories.story(people["editor"], lead_picture=factories.picture())
    page = factories.act(factories.submit(draft, people["editor"]), people["reviewer"])
    before = place.names()
    url = reverse("review_page", args=[page.pk])
    seen = page.get_latest_revision_as_object().content_sha256()
    data = {"approve": "1", "sha256": seen, "accepted": factories.ambers(page)}
    client.force_login(people["board"])
    with place.down():
        answer = client.post(url, data, headers={"accept": "text/html"})
    assert answer.status_code == 503
    assert AWAY in answer.content.decode()
    assert not StoryPage.objects.get(pk=page.pk).live
    assert not Item.objects.exists()
    assert place.names() == before
    client.post(url, data)
    assert StoryPage.objects.get(pk=page.pk).live


def test_a_bundle_comes_out_when_the_place_is_back(people, place) -> None:
    page = bundling.at_board(people, lead_picture=factories.picture())
    made = bundling.scheduled(people, page)
    later = made.release_at + timedelta(minutes=1)
    with place.down():
        (outcome,) = release_due(later)
    assert outcome.why == "Kho tệp đang tạm ngừng; lần chạy sau sẽ làm lại."
    assert bundling.reload(made).status == made.status
    assert not Item.objects.exists()
    assert [outcome.why for outcome in release_due(later)] == [""]
    assert StoryPage.objects.get(pk=page.pk).live


def test_a_text_comes_out_late_when_the_place_is_back(people, place) -> None:
    draft = factories.story(people["editor"], lead_picture=factories.picture())
    draft = StoryPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision(user=people["editor"])
    page = factories.publish(StoryPage.objects.get(pk=draft.pk), people)
    due = Revision.objects.get(object_id=str(page.pk), approved_go_live_at__isnull=False)
    due.approved_go_live_at = timezone.now() - timedelta(minutes=1)  # an hour later
    due.content["go_live_at"] = due.approved_go_live_at.isoformat()
    due.save(update_fields=["approved_go_live_at", "content"])
    said = io.StringIO()
    with place.down():
        call_command("publish_scheduled", stderr=said)
    assert "Kho tệp đang tạm ngừng; lần chạy sau sẽ làm lại." in said.getvalue()
    assert not StoryPage.objects.get(pk=page.pk).live
    call_command("publish_scheduled")
    assert StoryPage.objects.get(pk=page.pk).live


def test_a_signed_form_is_not_taken_and_its_consent_not_recorded(client, people, place) -> None:
    person = factories.person()
    url = reverse("consent_record", args=[person.pk])

    def data() -> dict:
        return {
            "purposes": Purpose.values,
            "scopes": Scope.values,
            "taken_on": timezone.localdate().isoformat(),
            "form": SimpleUploadedFile("phieu.pdf", PDF),
        }

    client.force_login(people["editor"])
    with place.down():
        assert AWAY in client.post(url, data()).content.decode()
    assert not Consent.objects.recorded().exists() and place.names() == []
    assert client.post(url, data()).status_code == 302
    consent = Consent.objects.recorded().get()
    assert place.names() == [consent.form.name]
    form = client.get(reverse("consent_form", args=[consent.pk]))
    assert b"".join(form) == PDF
    with place.down():
        assert client.get(reverse("consent_form", args=[consent.pk])).status_code == 503


def test_a_signed_form_goes_with_the_row_that_was_undone(people, place) -> None:
    person = factories.person()
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.consent(person, people["editor"])
        assert len(place.names()) == 1
        raise DatabaseError
    assert place.names() == []


def test_a_word_file_is_not_taken_and_makes_no_draft(client, people, place) -> None:
    paper, content = Document(), io.BytesIO()
    paper.add_paragraph("Chị Lan giữ nghề nón lá")
    paper.add_picture(io.BytesIO(saved("JPEG")))
    paper.save(content)
    section = sections.ensure_section(Unit.objects.get(code=factories.LAM_THAO))
    url = f"/quan-tri/tu-word/{section.pk}/"
    client.force_login(people["editor"])
    with place.down():
        answer = client.post(url, {"file": SimpleUploadedFile("bai.docx", content.getvalue())})
    assert answer.status_code == 422
    assert AWAY in answer.content.decode()
    assert not any(model.objects.exists() for model in (StoryPage, Picture, File))
    assert place.names() == []
    client.post(url, {"file": SimpleUploadedFile("bai.docx", content.getvalue())})
    assert StoryPage.objects.count() == Picture.objects.count() == File.objects.count() == 1


def test_documents_come_through_our_own_view(client, people, place) -> None:
    kept = document()
    client.force_login(people["editor"])
    answer = client.get(kept.url)
    assert (answer.status_code, b"".join(answer)) == (200, PDF)
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["Content-Disposition"].startswith("inline")
    again = client.get(kept.url, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    with place.down():
        assert client.get(kept.url).status_code == 503
    place.lose(kept.file.name)
    assert client.get(kept.url).status_code == 404


def test_whether_the_machine_is_ready_tells_of_the_storage(client, place) -> None:
    assert client.get("/readyz").json()["storage"] == "ok"
    with place.down():
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["storage"]) == (200, "down")
    assert client.get("/readyz").json()["storage"] == "ok"


def test_the_api_tells_it_as_a_problem(rf) -> None:
    api = NinjaAPI(urls_namespace="thu")
    problems.register(api)
    answer = api.on_exception(rf.get("/api/v1/thu/"), StorageDown("away"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer["Content-Type"] == problems.MEDIA_TYPE
    assert AWAY in answer.content.decode()
