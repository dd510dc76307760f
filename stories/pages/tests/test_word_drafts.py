"""“Tạo bài từ tệp Word”: a draft in the editor's own section, or a clear answer and nothing kept."""

from __future__ import annotations

import io
import os

import docx
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from media.models import File, Picture
from stories import factories
from stories.pages.models import StoryPage, UnitSectionPage
from stories.pages.tests import word_files
from stories.pages.tests.word_files import add, add_picture, saved, story_file
from stories.pages.word import draft, package
from stories.pages.word.draft import create_draft
from stories.pages.word.package import UnusableFile
from stories.releases.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(people) -> UnitSectionPage:
    return UnitSectionPage.objects.get(unit__code=factories.LAM_THAO)


def make(section, people, content: bytes | None = None, name: str = "bài chị Lan.docx"):
    return create_draft(
        section=section, user=people["editor"], name=name, content=content or story_file()
    )


def send(client, section, content: bytes, name: str = "bai.docx", follow: bool = False):
    return client.post(
        reverse("story_from_word", args=[section.pk]),
        {"file": SimpleUploadedFile(name, content)},
        follow=follow,
    )


def files() -> set[str]:
    return {
        os.path.join(folder, name)
        for folder, _folders, names in os.walk(settings.MEDIA_ROOT)
        for name in names
    }


def bmp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "BMP")
    return out.getvalue()


def test_a_word_file_becomes_a_draft_of_its_editor(people, section) -> None:
    page = StoryPage.objects.get(pk=make(section, people).page.pk)
    assert (page.title, page.byline) == ("Chị Lan giữ nghề nón lá", "Thu Hà")
    assert page.lead.startswith("Ba mươi năm")
    assert [block.block_type for block in page.body] == [
        "paragraph", "heading", "paragraph", "picture", "paragraph",
    ]  # fmt: skip
    assert "<b>chị Lan</b>" in page.body[0].value.source
    assert not page.live and page.has_unpublished_changes
    assert page.owner == people["editor"]
    assert page.unit == section.unit
    assert page.slug == "chi-lan-giu-nghe-non-la"
    assert page.latest_revision.user == people["editor"]
    assert page.get_latest_revision_as_object().title == page.title
    assert not Item.objects.exists()


def test_its_pictures_and_the_file_itself_are_in_the_units_collection(people, section) -> None:
    made = make(section, people)
    picture, file = Picture.objects.get(), File.objects.get()
    for kept in (picture, file):
        assert kept.collection.name == "Xã Lâm Thao [08494]"
        assert kept.uploaded_by_user == people["editor"]
    assert (picture.caption, picture.credit) == ("Chị Lan bên khung nón.", "Ảnh: Thu Hà")
    assert picture.alt_text == "Người phụ nữ ngồi khâu nón lá"
    assert picture.terms and picture.width == 640 and picture.file_hash
    assert made.page.body[3].value["picture"] == picture
    assert file.title == "Bản Word: Chị Lan giữ nghề nón lá"
    assert file.filename.endswith(".docx") and file.file_size


def test_the_original_is_kept_byte_for_byte(people, section) -> None:
    content = story_file()
    make(section, people, content)
    assert File.objects.get().file.read() == content


def test_the_draft_goes_the_usual_way_to_the_public(people, section) -> None:
    page = make(section, people).page
    Picture.objects.update(no_recognisable_person=True)  # what only the editor can tell
    page.names_nobody = True
    page.save_revision(user=people["editor"])
    page = factories.publish(page, people)
    data = Item.objects.public().stories().get().current.data
    assert data["title"] == page.title
    assert data["pictures"][0]["credit"] == "Ảnh: Thu Hà"
    assert "<li>khâu nón<ul><li>chằm lá</li></ul></li>" in data["body"][2]["html"]


def test_a_picture_used_twice_is_kept_once_with_both_captions(people, section) -> None:
    document = docx.Document()
    add(document, "Tít", style="Title")
    for caption in ("Chị Lan năm 2010.", "Chị Lan nay."):
        add_picture(document)
        add(document, caption, style="Caption")
    page = StoryPage.objects.get(pk=make(section, people, saved(document)).page.pk)
    first, second = page.body
    assert first.value["picture"] == second.value["picture"] == Picture.objects.get()
    assert (first.value["caption"], second.value["caption"]) == ("", "Chị Lan nay.")


def test_a_picture_that_is_not_usable_is_told_of_and_its_caption_stays(people, section) -> None:
    document = docx.Document()
    add(document, "Tít", style="Title")
    add_picture(document, content=bmp())
    add(document, "Chị Lan. Ảnh: Thu Hà", style="Caption")
    add_picture(document)
    made = make(section, people, saved(document))
    assert len(made.refused) == 1 and made.refused[0].startswith("ảnh 1:")
    page = StoryPage.objects.get(pk=made.page.pk)
    assert [block.block_type for block in page.body] == ["paragraph", "picture"]
    assert page.body[0].value.source == "<p><i>Chị Lan. Ảnh: Thu Hà</i></p>"


def test_a_file_without_a_title_takes_its_name(people, section) -> None:
    document = docx.Document()
    add(document, "Sáng sớm, chị Lan đã ngồi bên khung nón.")
    made = make(section, people, saved(document), "Gương_chị Lan.docx")
    assert made.page.title == "Gương chị Lan"
    with pytest.raises(UnusableFile):
        make(section, people, saved(docx.Document()))


def test_nothing_is_kept_when_the_last_step_fails(people, section, monkeypatch) -> None:
    before = files()
    add_page = draft.Keeper.add_page

    def fails(self, story, body):
        add_page(self, story, body)
        raise RuntimeError

    monkeypatch.setattr(draft.Keeper, "add_page", fails)
    with pytest.raises(RuntimeError):
        make(section, people)
    assert files() == before
    assert not (Picture.objects.exists() or File.objects.exists() or StoryPage.objects.exists())


@pytest.mark.parametrize("who", ["other_editor", "other_reviewer"])
def test_another_units_people_make_nothing_here(people, section, who) -> None:
    with pytest.raises(PermissionDenied):
        create_draft(section=section, user=people[who], name="a.docx", content=story_file())
    assert not StoryPage.objects.exists()


# the screen


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("editor", True),
        ("reviewer", True),
        ("board", True),
        ("admin", True),
        ("other_editor", False),
        ("other_reviewer", False),
        (None, False),
    ],
)
def test_the_screen_and_its_button_are_for_those_who_may_add(
    client, people, section, who, may
) -> None:
    if who:
        client.force_login(people[who])
    url = reverse("story_from_word", args=[section.pk])
    answer = client.get(url)
    assert (answer.status_code == 200) == may
    send(client, section, story_file())
    assert StoryPage.objects.exists() == may
    explorer = client.get(reverse("wagtailadmin_explore", args=[section.pk]))
    assert (url in explorer.content.decode()) == may


def test_other_pages_have_no_such_button(client, people, section) -> None:
    client.force_login(people["admin"])
    parent = section.get_parent()
    assert (
        "tu-word"
        not in client.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()
    )
    assert client.get(reverse("story_from_word", args=[parent.pk])).status_code == 404


def test_after_sending_the_editor_is_in_her_draft_and_told_what_was_taken(
    client, people, section
) -> None:
    client.force_login(people["editor"])
    document = docx.Document()
    add(document, word_files.tcvn3("chị lan giữ nghề"), font=".VnTimeH", align=word_files.CENTER)
    add(document, word_files.tcvn3("Người phụ nữ yêu nghề."), font=".VnTime")
    add_picture(document, content=bmp())
    answer = send(client, section, saved(document), follow=True)
    page = StoryPage.objects.get()
    assert answer.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[page.pk]), 302)]
    text = answer.content.decode()
    assert "Đã tạo bài nháp “CHỊ LAN GIỮ NGHỀ” từ tệp Word: 1 đoạn văn." in text
    assert "Đã chuyển 2 đoạn từ bảng mã TCVN3 (ABC) sang Unicode" in text
    assert "Không nhận ra: sa-pô, tác giả." in text
    assert "ảnh 1:" in text
    assert reverse("wagtaildocs:edit", args=[File.objects.get().pk]) in text


@pytest.mark.parametrize(
    ("content", "name", "answer"),
    [
        (b"", "a.docx", package.EMPTY),
        (package.OLE + b"\0" * 600, "a.doc", package.OLD),
        (story_file()[:2000], "a.docx", package.BROKEN),
        (story_file(), "a.docm", package.MACRO),
        (b"%PDF-1.4", "a.pdf", package.NOT_WORD),
    ],
)
def test_a_bad_file_is_answered_on_the_screen_and_nothing_is_kept(
    client, people, section, content, name, answer
) -> None:
    client.force_login(people["editor"])
    before = files()
    response = send(client, section, content, name)
    assert response.status_code == 422
    assert str(answer) in response.content.decode()
    assert files() == before
    assert not (StoryPage.objects.exists() or File.objects.exists())


def test_a_file_over_the_limit_is_not_read(client, people, section, monkeypatch) -> None:
    monkeypatch.setattr(package, "MAX_FILE", 100)
    client.force_login(people["editor"])
    assert str(package.TOO_BIG) in send(client, section, story_file()).content.decode()


def test_no_file_is_asked_for_kindly(client, people, section) -> None:
    client.force_login(people["editor"])
    response = client.post(reverse("story_from_word", args=[section.pk]))
    assert "Hãy chọn một tệp Word." in response.content.decode()
