"""What tus 1.0.0 (https://tus.io/protocols/resumable-upload) requires of a server, line by line."""

from __future__ import annotations

import base64
import hashlib
import uuid
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.test import Client
from django.utils import timezone

from media.models import Upload
from media.resumable import parts
from media.tests.sending import BASE, Phone, row, told

pytestmark = pytest.mark.django_db
NOWHERE = f"{BASE}{uuid.uuid4()}/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "uploads"


@pytest.fixture
def phone(client, people) -> Phone:
    return Phone(client, people["editor"])


def sum_of(content: bytes, algorithm: str = "sha1") -> str:
    digest = hashlib.new(algorithm, content).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"


# Core protocol


def test_options_tell_what_the_server_can(phone) -> None:
    answer = phone.ask("OPTIONS", BASE, tus_resumable=None)
    assert answer.status_code == 204
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert answer["Tus-Max-Size"] == str(30 * 1024 * 1024)
    assert set(answer["Tus-Extension"].split(",")) == {
        "creation",
        "expiration",
        "checksum",
        "termination",
    }
    assert "sha1" in answer["Tus-Checksum-Algorithm"].split(",")


@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
@pytest.mark.parametrize("version", [None, "0.2.2", "2.0.0"])
def test_another_version_is_412_and_nothing_is_done(phone, method, version) -> None:
    url = phone.begun(10)
    answer = phone.ask(
        method,
        BASE if method == "POST" else url,
        b"12345" if method == "PATCH" else b"",
        tus_resumable=version,
        upload_length=5,
        upload_offset=0,
    )
    assert answer.status_code == 412
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert Upload.objects.count() == 1 and phone.offset(url) == 0


def test_head_tells_offset_and_length_and_is_never_stored(phone) -> None:
    url = phone.begun(10)
    phone.patch(url, 0, b"abc")
    answer = phone.ask("HEAD", url)
    assert answer.status_code == 200 and answer.content == b""
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == ("3", "10")
    assert "no-store" in answer["Cache-Control"].split(", ")


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_what_is_not_there_is_404_without_an_offset(phone, method) -> None:
    answer = phone.ask(method, NOWHERE, upload_offset=0)
    assert answer.status_code == 404
    assert "Upload-Offset" not in answer and answer["Tus-Resumable"] == "1.0.0"


def test_a_part_is_added_at_its_offset(phone) -> None:
    url = phone.begun(6)
    answer = phone.patch(url, 0, b"abc")
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "3")
    answer = phone.patch(url, 3, b"def")
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "6")
    assert parts.path(row(url)).read_bytes() == b"abcdef"


@pytest.mark.parametrize("offset", [0, 2, 4, 6])
def test_another_offset_is_409_and_changes_nothing(phone, offset) -> None:
    """A part sent again, one that overlaps, one with a hole before it."""
    url = phone.begun(10)
    phone.patch(url, 0, b"abc")
    assert phone.patch(url, offset, b"XYZ").status_code == 409
    assert parts.path(row(url)).read_bytes() == b"abc"


@pytest.mark.parametrize("kind", ["application/octet-stream", "image/jpeg", "text/plain"])
def test_a_part_of_another_content_type_is_415(phone, kind) -> None:
    url = phone.begun(10)
    assert phone.ask("PATCH", url, b"abc", kind, upload_offset=0).status_code == 415
    assert phone.offset(url) == 0


@pytest.mark.parametrize("offset", [None, "-1", "x", "", "1.5", "٣", "9" * 30])
def test_an_offset_is_a_whole_number(phone, offset) -> None:
    assert phone.patch(phone.begun(10), offset, b"abc").status_code == 400


def test_more_than_was_announced_is_refused_whole(phone) -> None:
    url = phone.begun(5)
    phone.patch(url, 0, b"abc")
    assert phone.patch(url, 3, b"defg").status_code == 413
    assert phone.offset(url) == 3


def test_a_post_may_stand_for_patch_but_needs_its_csrf_token(people) -> None:
    phone = Phone(Client(enforce_csrf_checks=True), people["editor"])
    phone.client.get("/quan-tri/tai-anh/")
    token = phone.client.cookies["csrftoken"].value
    url = phone.begin(3, x_csrftoken=token)["Location"]
    override = {"upload_offset": 0, "x_http_method_override": "PATCH"}
    for method in ("POST", "PATCH"):
        assert phone.ask(method, url, b"abc", **override).status_code == 403
    assert phone.ask("GET", url, **override).status_code == 405
    assert phone.offset(url) == 0
    answer = phone.ask("POST", url, b"abc", x_csrftoken=token, **override)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "3")


# Creation


def test_a_new_upload_has_an_address_and_begins_at_nought(phone, folder) -> None:
    answer = phone.begin(100, "Chị Lan.jpg")
    assert answer.status_code == 201 and answer["Tus-Resumable"] == "1.0.0"
    assert phone.offset(answer["Location"]) == 0
    upload = Upload.objects.get()
    assert (upload.name, upload.size) == ("Chị Lan.jpg", 100)
    assert [place.name for place in folder.glob("*/*")] == [str(upload.pk)]


@pytest.mark.parametrize(
    "headers",
    [
        {"upload_length": None},
        {"upload_length": "-1"},
        {"upload_length": "ten"},
        {"upload_length": None, "upload_defer_length": "1"},  # an extension that isn't announced
        {"upload_metadata": "filename ???"},
        {"upload_metadata": f"{told('a.jpg')},{told('b.jpg')}"},
        {"upload_metadata": "filename //79"},  # not UTF-8
    ],
)
def test_an_upload_that_is_announced_wrongly_is_400(phone, headers) -> None:
    assert phone.begin(10, **headers).status_code == 400
    assert not Upload.objects.exists()


def test_other_metadata_may_come_with_it(phone) -> None:
    extra = f"relativePath bnVsbA==, {told('anh.jpg')},is_confidential"
    assert phone.begin(10, upload_metadata=extra).status_code == 201


def test_too_large_is_413_before_a_byte_is_sent(phone, settings) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    assert phone.begin(100).status_code == 201
    answer = phone.begin(101)
    assert answer.status_code == 413
    assert "Hãy giảm cỡ ảnh" in answer.json()["error_message"]
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("name", ["phim.mp4", "hinh.svg", "anh", ""])
def test_what_is_no_picture_by_its_name_is_refused_before_a_byte_is_sent(phone, name) -> None:
    answer = phone.begin(100, name)
    assert answer.status_code == 422 and "Hãy chọn ảnh loại" in answer.json()["error_message"]
    assert not Upload.objects.exists()


# Expiration


def test_each_answer_tells_until_when_the_upload_is_kept(phone) -> None:
    answer = phone.begin(10)
    url = answer["Location"]
    until = timezone.now() + timedelta(days=7)
    for one in (answer, phone.patch(url, 0, b"abc"), phone.ask("HEAD", url)):
        told_time = parsedate_to_datetime(one["Upload-Expires"])
        assert abs(told_time - until) < timedelta(minutes=1)


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_an_expired_upload_is_410(phone, method) -> None:
    url = phone.begun(10)
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = phone.ask(method, url, b"abc" if method == "PATCH" else b"", upload_offset=0)
    assert answer.status_code == 410 and "Upload-Offset" not in answer
    assert parts.path(row(url)).read_bytes() == b""
    assert phone.finish(url).status_code == 410


# Checksum


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_part_with_its_checksum_is_taken(phone, algorithm) -> None:
    url = phone.begun(10)
    answer = phone.patch(url, 0, b"abc", upload_checksum=sum_of(b"abc", algorithm))
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "3")


def test_a_part_that_is_not_that_of_its_checksum_is_460_and_dropped(phone) -> None:
    url = phone.begun(10)
    phone.patch(url, 0, b"abc")
    assert phone.patch(url, 3, b"dEf", upload_checksum=sum_of(b"def")).status_code == 460
    assert parts.path(row(url)).read_bytes() == b"abc"


@pytest.mark.parametrize("value", ["crc32 AAAA", "sha1 ???", ""])
def test_a_checksum_of_another_kind_is_400(phone, value) -> None:
    url = phone.begun(10)
    assert phone.patch(url, 0, b"abc", upload_checksum=value).status_code == 400
    assert phone.offset(url) == 0


# Termination


def test_an_ended_upload_leaves_nothing(phone, folder) -> None:
    url = phone.begun(10)
    phone.patch(url, 0, b"abc")
    assert phone.ask("DELETE", url).status_code == 204
    assert phone.ask("HEAD", url).status_code == 404
    assert not Upload.objects.exists() and not list(folder.glob("*/*"))


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_other_methods_are_405(phone, method) -> None:
    assert phone.ask(method, BASE).status_code == 405
    assert phone.ask(method, phone.begun(5)).status_code == 405
