"""Each route that takes a picture or a document in: bad ones are refused and leave nothing behind,
good ones are kept whole, and what fails half-way leaves neither a row nor a file."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from storages.backends.s3 import S3Storage
from wagtail.models import Collection, UploadedFile

from media.models import File, Picture
from media.stores.base import StorageDown
from media.tests.hostile.documents import DOCUMENTS, package, pdf
from media.tests.hostile.pictures import PICTURES
from media.tests.originals import saved
from stories import factories
from stories.pages.services import sections
from stories.units.models import Unit

PICTURE_CASES = [
    "an SVG with a script",
    "a PNG in a JPEG's name",
    "a truncated JPEG",
    "a PNG bomb of 200 megapixels",
    "a JPEG and a zip",
    "a JPEG with PHP in its comment",
]
DOCUMENT_CASES = [
    "a program",
    "a PDF in a Word file's name",
    "a PDF that runs a script",
    "a Word file with macros",
    "a Word bomb in one part",
    "a truncated Word file",
]
LONG = unicodedata.normalize("NFD", "Chị Nguyễn Thị Lan giữ nghề nón lá ở làng nón Gia Thanh " * 6)


def collection() -> Collection:
    return sections.ensure_collection(Unit.objects.get(code=factories.LAM_THAO))


def send(client, route: str, name: str, content: bytes, **fields):
    file = SimpleUploadedFile(name, content)
    where = {"collection": collection().pk}
    prefix = {
        "wagtailimages_chooser:create": "image-chooser-upload-",
        "wagtaildocs_chooser:create": "document-chooser-upload-",
    }.get(route, "")
    if "multiple" in route:
        return client.post(reverse(route), {"title": name, **where, "files[]": file, **fields})
    data = {"title": "Thử", "file": file} | where | fields
    return client.post(reverse(route), {f"{prefix}{key}": value for key, value in data.items()})


def words(response) -> str:
    """Everything that the answer says to a person, JSON unpacked."""
    text = response.content.decode()
    if response.headers["Content-Type"].startswith("application/json"):
        answer = json.loads(text)
        text = f"{answer.get('error_message', '')} {answer.get('htmlFragment', '')}"
    return text


PICTURE_ROUTES = [
    "wagtailimages:add",
    "wagtailimages:add_multiple",
    "wagtailimages_chooser:create",
]
DOCUMENT_ROUTES = ["wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:create"]


@pytest.fixture
def stored(place):
    """The names of all stored files."""
    return place.names


@pytest.mark.django_db
@pytest.mark.parametrize("route", PICTURE_ROUTES)
def test_bad_pictures_are_refused_and_leave_nothing(client, people, stored, route) -> None:
    client.force_login(people["editor"])
    for case in PICTURE_CASES:
        name, content, _code = PICTURES[case]
        response = send(client, route, name, content)
        assert response.status_code == 200
        assert re.search("[Tt]ệp|Ảnh", words(response)), case
        assert not Picture.objects.exists(), case
        assert not UploadedFile.objects.exists(), case
        assert stored() == [], case


@pytest.mark.django_db
@pytest.mark.parametrize("route", DOCUMENT_ROUTES)
def test_bad_documents_are_refused_and_leave_nothing(client, people, stored, route) -> None:
    client.force_login(people["editor"])
    for case in DOCUMENT_CASES:
        name, content, _code = DOCUMENTS[case]
        response = send(client, route, name, content() if callable(content) else content)
        assert response.status_code == 200
        assert re.search("[Tt]ệp|tài liệu", words(response)), case
        assert "“”" not in words(response), case
        assert not File.objects.exists(), case
        assert not UploadedFile.objects.exists(), case
        assert stored() == [], case


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../../etc/passwd.jpg", "..\\..\\a.jpg", f"{LONG}.jpg"])
@pytest.mark.parametrize("route", PICTURE_ROUTES)
def test_a_name_that_reaches_out_or_is_too_long_is_made_safe(
    client, people, stored, route, name
) -> None:
    client.force_login(people["editor"])
    send(client, route, name, saved("JPEG"), title="" if name is LONG else name)
    picture = Picture.objects.get()
    assert re.fullmatch(r"original_images/[a-z0-9-]{1,60}\.jpg", picture.file.name)
    assert picture.file.name in stored()
    assert picture.title == unicodedata.normalize("NFC", picture.title)
    assert 0 < len(picture.title) <= 255


@pytest.mark.django_db
def test_a_picture_without_a_title_is_called_after_its_file(client, people, stored) -> None:
    client.force_login(people["editor"])
    name = unicodedata.normalize("NFD", "Chị_Lan khâu nón.jpg")
    send(client, "wagtailimages:add_multiple", name, saved("JPEG"), title="")
    assert Picture.objects.get().title == "Chị Lan khâu nón"


UPLOADS = [(route, "a.jpg", saved("JPEG")) for route in PICTURE_ROUTES] + [
    (route, "a.pdf", pdf()) for route in DOCUMENT_ROUTES
]


@pytest.fixture
def full(place, monkeypatch):
    """A storage that keeps the first bytes of a file and fails, which it didn't tell before."""
    kind = {"Disk": FileSystemStorage, "Bucket": S3Storage}[type(place).__name__]
    whole = kind._save

    def half(storage, name, content):
        whole(storage, name, ContentFile(content.read()[:100]))
        raise StorageDown("No space left on device")

    return lambda: monkeypatch.setattr(kind, "_save", half)


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "name", "content"), UPLOADS)
def test_a_storage_that_fails_leaves_no_row_and_no_part(
    client, people, stored, full, route, name, content
) -> None:
    client.force_login(people["editor"])
    full()
    response = send(client, route, name, content)
    assert response.status_code == 503
    assert "Kho tệp đang tạm ngừng nên tệp chưa được lưu" in words(response)
    assert not Picture.objects.exists() and not File.objects.exists()
    assert stored() == []


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "name", "content"), UPLOADS)
def test_while_the_storage_is_away_the_screen_says_so_and_later_takes_the_file(
    client, people, place, route, name, content
) -> None:
    client.force_login(people["editor"])
    with place.down():
        response = send(client, route, name, content)
    assert response.status_code == 200
    assert "Kho tệp đang tạm ngừng nên tệp chưa được lưu" in words(response)
    for model in (Picture, File, UploadedFile):
        assert not model.objects.exists()
    assert place.names() == []
    send(client, route, name, content)
    found = [name for name in place.names() if not name.startswith("images/")]
    assert len(found) == Picture.objects.count() + File.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "name", "content"), UPLOADS)
def test_a_database_that_fails_leaves_no_file(
    client, people, stored, monkeypatch, route, name, content
) -> None:
    client.force_login(people["editor"])
    model = Picture if "images" in route else File
    insert = model._do_insert

    def fail(self, *args):
        insert(self, *args)
        assert len(stored()) == 1
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(model, "_do_insert", fail)
    with pytest.raises(DatabaseError):
        send(client, route, name, content)
    assert not model.objects.exists()
    assert stored() == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Picture, File])
def test_a_transaction_that_is_undone_takes_the_file_with_it(people, stored, model) -> None:
    content = SimpleUploadedFile("a.jpg", saved("JPEG"))
    with pytest.raises(RuntimeError), transaction.atomic():
        kept = model.objects.create(title="Thử", file=content, collection=collection())
        assert kept.file.name in stored()
        raise RuntimeError
    assert stored() == []


@pytest.mark.django_db
def test_renditions_of_a_transaction_that_is_undone_go_and_are_made_again(people, stored) -> None:
    picture = factories.picture()
    with pytest.raises(RuntimeError), transaction.atomic():
        picture.get_renditions("max-100x100", "max-200x200")
        raise RuntimeError
    assert stored() == [picture.file.name]
    picture = Picture.objects.get(pk=picture.pk)
    assert picture.get_rendition("max-100x100").file.name in stored()


def refuse(storage, name, content):
    raise StorageDown("away")


@pytest.mark.django_db
def test_a_replaced_document_is_there_until_the_new_one_is_sure(
    client, people, stored, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    client.force_login(people["editor"])
    with django_capture_on_commit_callbacks(execute=True):
        send(client, "wagtaildocs:add", "cu.pdf", pdf())
    document = File.objects.get()
    old = document.file.name
    url = reverse("wagtaildocs:edit", args=[document.pk])
    data = {"title": "Thử", "collection": collection().pk}
    with monkeypatch.context() as patched:
        patched.setattr(type(storages["default"]), "_save", refuse)
        answer = client.post(url, data | {"file": SimpleUploadedFile("moi.docx", package())})
    assert answer.status_code == 503
    assert stored() == [old]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, data | {"file": SimpleUploadedFile("moi.docx", package())})
    assert stored() == [File.objects.get().file.name] != [old]


class Endless:
    """A body of two gigabytes that complains when it is read."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_body_of_two_gigabytes_is_refused_before_it_is_read(client, accept) -> None:
    response = client.generic(
        "POST",
        "/quan-tri/images/multiple/add/",
        content_type="multipart/form-data; boundary=x",
        headers={"accept": accept},
        **{"CONTENT_LENGTH": str(2 * 1024**3), "wsgi.input": Endless()},
    )
    assert response.status_code == 413
    text = response.content.decode()
    text = text if accept == "text/html" else json.loads(text)["error_message"]
    assert "Tệp quá lớn: mỗi lần gửi không quá 60" in text


@pytest.mark.django_db
def test_a_long_upload_goes_through_the_disk(client, people, stored, monkeypatch) -> None:
    from media import uploads

    seen: list[str] = []
    finish = uploads.DiskHandler.file_complete
    monkeypatch.setattr(
        uploads.DiskHandler,
        "file_complete",
        lambda self, size: seen.append(self.file.temporary_file_path()) or finish(self, size),
    )
    client.force_login(people["editor"])
    content = saved("JPEG") + b"\0" * 3_000_000
    send(client, "wagtailimages:add_multiple", "to.jpg", content)
    assert len(seen) == 1 and Picture.objects.get().file_size == len(content)


@pytest.mark.django_db
def test_what_a_crash_left_behind_is_found_and_removed(people, place, capsys) -> None:
    picture = factories.picture()
    consent = factories.consent(factories.person(), people["editor"])
    old = ["consents/cu.pdf", "original_images/cu.jpg"]
    for name in old:
        place.put(name, days=2)
    place.put("original_images/moi.jpg")
    call_command("media_files", "check")
    told = capsys.readouterr().out
    assert [name in told for name in (*old, "moi.jpg")] == [True, True, False]
    call_command("media_files", "clean")
    kept = [picture.file.name, "original_images/moi.jpg", consent.form.name]
    assert place.names() == sorted(kept)
    place.lose(picture.file.name)
    with pytest.raises(SystemExit):
        call_command("media_files", "check")
    assert f"Mất tệp: {picture.file.name}" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["check", "clean"])
def test_while_the_storage_is_away_nothing_is_called_missing(people, place, what) -> None:
    factories.picture()
    before = place.names()
    with place.down(), pytest.raises(CommandError, match="Kho tệp đang tạm ngừng"):
        call_command("media_files", what)
    assert place.names() == before


@pytest.mark.django_db
def test_a_bad_picture_in_a_word_file_is_left_out_and_said_so(client, people, stored) -> None:
    from io import BytesIO

    from docx import Document

    paper = Document()
    paper.add_paragraph("Chị Lan giữ nghề nón lá")
    paper.add_paragraph("Sáng sớm ở khu 5, chị Lan đã ngồi bên khung nón.")
    paper.add_picture(BytesIO(PICTURES["a JPEG and a zip"][1]))
    paper.add_picture(BytesIO(saved("JPEG")))
    content = BytesIO()
    paper.save(content)
    section = sections.ensure_section(Unit.objects.get(code=factories.LAM_THAO))
    client.force_login(people["editor"])
    file = SimpleUploadedFile("bai.docx", content.getvalue())
    response = client.post(f"/quan-tri/tu-word/{section.pk}/", {"file": file}, follow=True)
    assert "lẫn nội dung của loại tệp khác" in response.content.decode()
    assert Picture.objects.count() == File.objects.count() == 1
    assert len([name for name in stored() if not name.startswith("images/")]) == 2
