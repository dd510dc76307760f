"""Pictures sent in parts: whose they are, what breaks on the way, and what becomes of them."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from base64 import b64encode
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from media.models import Picture, Upload
from media.resumable import parts
from media.stores.base import StorageDown
from media.tests.hostile.pictures import PICTURES
from media.tests.originals import exif, packet, saved
from media.tests.sending import Phone, row
from stories import factories
from stories.pages.services import sections
from stories.units.models import Unit

pytestmark = pytest.mark.django_db
CONTENT = saved("JPEG")


@pytest.fixture(autouse=True)
def kept(settings, tmp_path, place):
    """The names of all files that are kept, of parts and of pictures (but for renditions)."""
    settings.VAR_DIR = tmp_path

    def names() -> list[str]:
        found = (path for path in tmp_path.glob("uploads/*/*") if path.is_file())
        sent = [str(path.relative_to(tmp_path)) for path in found]
        return sorted(sent + [n for n in place.names() if n.startswith("original_images/")])

    return names


@pytest.fixture
def phone(client, people) -> Phone:
    return Phone(client, people["editor"])


def collection(code: str):
    return sections.ensure_collection(Unit.objects.get(code=code))


# Whose


@pytest.mark.parametrize("who", ["other_editor", "reviewer", "admin"])
def test_nobody_elses_upload_can_be_seen_sent_ended_or_finished(phone, people, who) -> None:
    url = phone.sent(CONTENT)
    other = Phone(Client(), people[who])
    answers = [
        other.ask("HEAD", url),
        other.patch(url, len(CONTENT), b""),
        other.ask("DELETE", url),
        other.finish(url),
    ]
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert not Picture.objects.exists() and phone.offset(url) == len(CONTENT)
    assert url not in other.client.get("/quan-tri/tai-anh/").content.decode()


def test_a_session_that_is_over_is_403_and_goes_on_after_signing_in(phone, people) -> None:
    url = phone.begun(len(CONTENT))
    phone.patch(url, 0, CONTENT[:100])
    phone.client.logout()
    for answer in (
        phone.ask("HEAD", url),
        phone.patch(url, 100, b"x"),
        phone.begin(5),
        phone.finish(url),
    ):
        assert answer.status_code == 403
    phone.client.force_login(people["editor"])
    assert phone.offset(url) == 100
    phone.patch(url, 100, CONTENT[100:])
    assert phone.finish(url).json()["success"]


def test_who_may_add_no_pictures_sends_none(people, kept) -> None:
    group = Group.objects.create(name="Chỉ vào xem")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    phone = Phone(Client(), factories.user("khach", group))
    assert phone.begin(10).status_code == 403
    assert phone.client.get("/quan-tri/tai-anh/", follow=True).redirect_chain
    assert "Tải ảnh lên" not in phone.client.get("/quan-tri/").content.decode()
    assert kept() == []


def test_the_menu_and_the_list_of_pictures_lead_there(phone) -> None:
    home = phone.client.get("/quan-tri/").content.decode()
    assert "/quan-tri/tai-anh/" in home
    listing = phone.client.get(reverse("wagtailimages:index")).content.decode()
    assert "/quan-tri/tai-anh/" in listing and "Thêm ảnh" in listing
    page = phone.client.get("/quan-tri/tai-anh/").content.decode()
    assert (
        reverse("wagtailimages:add") in page.partition("<noscript>")[2].partition("</noscript>")[0]
    )


# How much


def test_a_quota_holds_what_is_unfinished(phone, people, settings) -> None:
    settings.UPLOAD_QUOTA = len(CONTENT) + 100
    first = phone.sent(CONTENT)
    answer = phone.begin(101)
    assert answer.status_code == 507 and "gửi nốt hoặc bỏ bớt" in answer.json()["error_message"]
    assert phone.begin(100).status_code == 201
    assert Phone(Client(), people["other_editor"]).begin(101).status_code == 201
    phone.finish(first)
    assert phone.begin(101).status_code == 201


def test_a_quota_counts_small_ones_too_and_ends_expired_ones(phone, settings, kept) -> None:
    settings.UPLOAD_COUNT = 2
    assert [phone.begin(1).status_code for _ in range(3)] == [201, 201, 507]
    Upload.objects.update(expires_at=timezone.now())
    assert phone.begin(1).status_code == 201
    assert len(kept()) == Upload.objects.count() == 1


# What breaks on the way


def test_a_fault_in_the_middle_of_a_part_keeps_the_offset_true(phone, monkeypatch) -> None:
    """The disk is full after 64 KB and a bit: what is there counts, and sending goes on there."""
    content = CONTENT + os.urandom(200_000)
    url = phone.begun(len(content))
    whole = parts.Part._copy

    def broken(self, source, length, algorithm):
        whole(self, source, 70_000, algorithm)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(parts.Part, "_copy", broken)
        with pytest.raises(OSError, match="No space"):
            phone.patch(url, 0, content)
    offset = phone.offset(url)
    assert offset == 70_000
    assert phone.patch(url, offset, content[offset:]).status_code == 204
    assert parts.path(row(url)).read_bytes() == content


def test_a_fault_in_a_part_with_a_checksum_drops_it(phone, monkeypatch) -> None:
    url = phone.begun(len(CONTENT))
    phone.patch(url, 0, CONTENT[:50])
    whole = parts.Part._copy

    def broken(self, source, length, algorithm):
        whole(self, source, 10, algorithm)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts.Part, "_copy", broken)
    checksum = f"sha1 {b64encode(hashlib.sha1(CONTENT[50:]).digest()).decode()}"
    with pytest.raises(OSError, match="No space"):
        phone.patch(url, 50, CONTENT[50:], upload_checksum=checksum)
    assert phone.offset(url) == 50


class Broken:
    """A body of which the line brings 1,000 bytes."""

    def __init__(self, content: bytes) -> None:
        self.left = [content[:1000]]

    def read(self, *args):
        if self.left:
            return self.left.pop()
        raise OSError("connection reset")

    readline = read


def test_a_line_that_breaks_in_the_middle_of_a_part_keeps_what_came(phone) -> None:
    url = phone.begun(len(CONTENT))
    answer = phone.client.generic(
        "PATCH",
        url,
        headers={"tus-resumable": "1.0.0", "upload-offset": "0"},
        **{
            "CONTENT_TYPE": "application/offset+octet-stream",
            "CONTENT_LENGTH": str(len(CONTENT)),
            "wsgi.input": Broken(CONTENT),
        },
    )
    assert answer.status_code == 400
    assert phone.offset(url) == 1000
    phone.patch(url, 1000, CONTENT[1000:])
    assert phone.finish(url).json()["success"]


def test_a_part_that_is_being_written_to_is_423_for_the_other_tab(phone) -> None:
    url = phone.begun(10)
    phone.patch(url, 0, b"abc")
    with parts.held(row(url)):
        assert phone.patch(url, 3, b"def").status_code == 423
        assert phone.ask("DELETE", url).status_code == 423
        assert phone.finish(url).status_code == 423
        assert phone.offset(url) == 3
    assert phone.patch(url, 3, b"def").status_code == 204


def test_many_tabs_at_once_never_mix_their_bytes(phone) -> None:
    upload = row(phone.begun(8 * 10_000))
    taken: list[int] = []

    def tab(number: int) -> None:
        for _attempt in range(400):
            try:
                with parts.held(upload) as part:
                    offset = part.offset
                    if offset >= 80_000:
                        return
                    part.append(_Slow(bytes([number]) * 10_000), 10_000)
                    taken.append(number)
            except parts.Busy:
                time.sleep(0.001)

    tabs = [threading.Thread(target=tab, args=(number,)) for number in range(4)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    content = parts.path(upload).read_bytes()
    assert content == b"".join(bytes([number]) * 10_000 for number in taken)
    assert len(content) == 80_000


class _Slow:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, length: int) -> bytes:
        time.sleep(0.0005)
        now, self.content = self.content[:1000], self.content[1000:]
        return now


# Finishing


def test_a_finished_picture_is_stored_as_wagtails_own_uploader_would(
    phone, people, kept, django_capture_on_commit_callbacks
) -> None:
    content = saved("JPEG", exif=exif(), xmp=packet())
    url = phone.sent(content, "../../Chị_Lan.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        answer = phone.finish(url)
    picture = Picture.objects.get()
    assert picture.file.read() == content
    assert picture.uploaded_by_user == people["editor"]
    assert picture.collection == collection(factories.LAM_THAO)
    assert (picture.caption, picture.credit) == ("Chị Lan bên khung nón", "Nguyễn Thị Thu Hà")
    assert picture.has_location and picture.tags.count() == 2
    form = answer.json()["form"]
    for field in ("title", "caption", "credit", "alt_text", "place", "taken_on"):
        assert f'name="image-{picture.pk}-{field}"' in form
    assert "Chị Lan bên khung nón" in form and 'value="2026-10-20"' in form
    assert "vị trí chụp" in form
    assert kept() == [picture.file.name]


def test_finishing_twice_makes_one_picture(phone, django_capture_on_commit_callbacks) -> None:
    url = phone.sent(CONTENT)
    with django_capture_on_commit_callbacks(execute=True):
        first = phone.finish(url).json()
    again = phone.finish(url).json()
    assert first["image_id"] == again["image_id"] == Picture.objects.get().pk
    assert phone.offset(url) == len(CONTENT)
    assert phone.patch(url, len(CONTENT), b"x").status_code == 409


def test_what_is_not_here_as_a_whole_is_not_finished(phone) -> None:
    url = phone.begun(len(CONTENT))
    phone.patch(url, 0, CONTENT[:-1])
    assert phone.finish(url).status_code == 409
    assert not Picture.objects.exists() and phone.offset(url) == len(CONTENT) - 1


HOSTILE = [case for case, (name, _c, code) in PICTURES.items() if code and code != "suffix"]


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_at_the_end_and_leaves_nothing(phone, kept, case) -> None:
    name, content, _code = PICTURES[case]
    content = content() if callable(content) else content
    url = phone.sent(content, name)
    answer = phone.finish(url)
    assert answer.status_code == 422 and not answer.json()["kept"]
    assert answer.json()["error_message"]
    assert not Picture.objects.exists() and not Upload.objects.exists() and kept() == []
    assert phone.ask("HEAD", url).status_code == 404


def test_the_collection_is_one_that_the_user_may_add_to(phone, people) -> None:
    url = phone.sent(CONTENT)
    phone.finish(url, collection=collection(factories.VIET_TRI).pk)
    assert Picture.objects.get().collection == collection(factories.LAM_THAO)  # her only one
    admin = Phone(Client(), people["admin"])
    url = admin.sent(CONTENT)
    refused = admin.finish(url, collection=987654)
    assert refused.status_code == 422 and refused.json()["kept"]
    assert admin.finish(url, collection=collection(factories.VIET_TRI).pk).json()["success"]
    assert Picture.objects.latest("pk").collection == collection(factories.VIET_TRI)


def test_permission_is_asked_again_at_the_end(phone, people, kept) -> None:
    url = phone.sent(CONTENT)
    people["editor"].groups.clear()
    assert phone.finish(url).status_code == 403
    assert not Picture.objects.exists() and len(kept()) == 1


def test_a_virus_check_that_is_down_keeps_the_file_for_later(phone, settings, kept) -> None:
    url = phone.sent(CONTENT)
    settings.CLAMAV_ADDRESS = "127.0.0.1:1"
    answer = phone.finish(url)
    assert answer.status_code == 422 and answer.json()["kept"] and len(kept()) == 1
    settings.CLAMAV_ADDRESS = ""
    assert phone.finish(url).json()["success"]


def test_a_storage_that_is_away_keeps_the_file_for_later(phone, place, kept) -> None:
    url = phone.sent(CONTENT)
    with place.down():
        answer = phone.finish(url)
    assert answer.status_code == 422 and answer.json()["kept"] and len(kept()) == 1
    assert "Kho tệp đang tạm ngừng" in answer.json()["error_message"]
    assert not Picture.objects.exists()
    assert phone.finish(url).json()["success"]


@pytest.mark.parametrize("where", ["storage", "database"])
def test_a_fault_while_finishing_keeps_the_part_and_no_picture(
    phone, monkeypatch, kept, where
) -> None:
    url = phone.sent(CONTENT)

    def fail(*args, **kwargs):
        raise StorageDown("No space left") if where == "storage" else DatabaseError("I/O error")

    with monkeypatch.context() as patched:
        if where == "storage":
            patched.setattr(type(storages["default"]), "_save", fail)
            assert phone.finish(url).status_code == 503
        else:
            patched.setattr(Picture, "_do_insert", fail)
            with pytest.raises(DatabaseError):
                phone.finish(url)
    assert not Picture.objects.exists() and len(kept()) == 1
    assert phone.finish(url).json()["success"]


# The texts


def test_the_texts_are_saved_and_the_upload_is_over(phone) -> None:
    answer = phone.finish(phone.sent(CONTENT)).json()
    picture = Picture.objects.get()
    assert f'action="{reverse("resumable_save", args=[picture.pk])}"' in answer["form"]
    texts = {
        "title": "Chị Lan",
        "caption": "Chị Lan khâu nón.",
        "credit": "Ảnh: Thu Hà",
        "alt_text": "Một phụ nữ khâu nón",
        "place": "Gia Thanh",
        "taken_on": "2026-11-20",
    }
    data = {f"image-{picture.pk}-{name}": text for name, text in texts.items()}
    url = reverse("resumable_save", args=[picture.pk])
    wrong = phone.client.post(url, data | {f"image-{picture.pk}-taken_on": "hôm qua"}).json()
    assert not wrong["success"] and "error" in wrong["form"] and Upload.objects.exists()
    assert phone.client.post(url, data).json()["success"]
    picture.refresh_from_db()
    assert {name: str(getattr(picture, name)) for name in texts} == texts
    assert picture.terms == Picture._meta.get_field("terms").default
    assert not Upload.objects.exists()


def test_another_unit_cannot_write_its_texts(phone, people) -> None:
    phone.finish(phone.sent(CONTENT))
    picture = Picture.objects.get()
    other = Client()
    other.force_login(people["other_editor"])
    url = reverse("resumable_save", args=[picture.pk])
    answer = other.post(url, {f"image-{picture.pk}-title": "Của tôi"})
    assert answer.status_code in {302, 403}
    picture.refresh_from_db()
    assert picture.title != "Của tôi"


def test_a_look_alike_is_pointed_out(phone) -> None:
    Picture.objects.create(
        title="Chị Lan cũ",
        file=ContentFile(CONTENT, "cu.jpg"),
        collection=collection(factories.LAM_THAO),
    )
    form = phone.finish(phone.sent(CONTENT)).json()["form"]
    assert "Giống ảnh" in form and "Chị Lan cũ" in form


def test_having_been_uploaded_is_no_use_of_a_picture(phone) -> None:
    """Deleting it from the page works, and takes the upload with it."""
    phone.finish(phone.sent(CONTENT))
    picture = Picture.objects.get()
    assert not picture.is_used
    url = reverse("wagtailimages:delete_multiple", args=[picture.pk])
    assert phone.client.post(url).json()["success"]
    assert not Picture.objects.exists() and not Upload.objects.exists()


def test_the_page_costs_the_same_however_many_uploads_are_left(phone) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page = phone.client.get("/quan-tri/tai-anh/").content.decode()
        assert page.count('"offset": 3') == Upload.objects.count()
        return len(seen)

    def begin() -> None:
        phone.patch(phone.begun(10), 0, b"abc")

    begin()
    queries()
    one = queries()
    for _ in range(19):
        begin()
    assert queries() == one


# Cleaning


def test_cleaning_ends_what_is_expired_or_has_lost_its_other_half(phone, kept, tmp_path) -> None:
    fresh, expired, lost = (phone.sent(CONTENT) for _ in range(3))
    Upload.objects.filter(pk=row(expired).pk).update(expires_at=timezone.now() - timedelta(1))
    parts.remove(row(lost))
    stray = tmp_path / "uploads" / "1"
    stray.mkdir(parents=True, exist_ok=True)
    old, new = stray / "old", stray / "new"
    for place in (old, new):
        place.write_bytes(b"x")
    os.utime(old, (time.time() - 100_000,) * 2)
    call_command("media_files", "clean")
    assert [one.pk for one in Upload.objects.all()] == [row(fresh).pk]
    assert new.exists() and not old.exists() and len(kept()) == 2


def test_cleaning_leaves_what_is_being_written_to(phone) -> None:
    url = phone.begun(10)
    Upload.objects.update(expires_at=timezone.now() - timedelta(1))
    with parts.held(row(url)):
        call_command("media_files", "clean")
    assert Upload.objects.count() == 1
