"""The screens as people use them: from a name to a signed form, and back."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from media.models import Consent, Person
from media.people.purposes import Purpose, Scope
from stories import factories

pytestmark = pytest.mark.django_db


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out)
    return out.getvalue()


PDF = pdf()


@pytest.fixture
def editor(client, people):
    client.force_login(people["editor"])
    return client


def new(client, name: str, **fields):
    collection = factories.picture().collection
    data = {"name": name, "collection": collection.pk} | fields
    return client.post(reverse("person_add"), data)


def recorded(name: str = "phieu.pdf", content: bytes = PDF, **fields) -> dict:
    return {
        "purposes": Purpose.values,
        "scopes": Scope.values,
        "taken_on": timezone.localdate().isoformat(),
        "form": SimpleUploadedFile(name, content),
    } | fields


def test_the_whole_way_of_a_consent(editor, people) -> None:
    assert new(editor, "Nguyễn Thị Lan", born=1980).status_code == 302
    person = Person.objects.get()
    page = reverse("person", args=[person.pk])
    assert editor.post(reverse("consent_print", args=[person.pk, "pdf"])).status_code == 200
    code = Consent.objects.get().code
    assert f"Đã in phiếu {code}" in editor.get(page).content.decode()
    found = editor.get(reverse("people"), {"q": code.lower()}).content.decode()
    assert "Nguyễn Thị Lan" in found
    assert editor.get(reverse("consent_by_code", args=[code]))["Location"] == page
    editor.post(reverse("consent_record", args=[person.pk]), recorded())
    consent = Consent.objects.get()
    assert (consent.code, consent.taken_by) == (code, people["editor"])
    assert "Còn hiệu lực" in editor.get(page).content.decode()
    editor.post(
        reverse("consent_withdraw", args=[person.pk]),
        {"consents": [consent.pk], "how": "phone", "when": timezone.localdate().isoformat()},
    )
    assert "Đã rút lại ngày" in editor.get(page).content.decode()
    assert not Consent.objects.valid(timezone.localdate()).exists()


def test_a_photograph_taken_later_makes_it_valid(editor) -> None:
    person = factories.person()
    editor.post(reverse("consent_record", args=[person.pk]), recorded() | {"form": ""})
    consent = Consent.objects.get()
    page = editor.get(reverse("person", args=[person.pk])).content.decode()
    assert "chưa lưu phiếu đã ký" in page
    shot = SimpleUploadedFile("IMG_1.JPG", factories.jpeg())
    editor.post(reverse("consent_attach", args=[consent.pk]), {"form": shot})
    consent.refresh_from_db()
    assert consent.form.name.endswith(".jpg")
    assert Consent.objects.valid(timezone.localdate()).exists()


def heic() -> bytes:
    """As a phone writes it: on its side, with the place where it was taken."""
    shot = Image.new("RGB", (600, 400), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 19.0, 0.0), 3: "E", 4: (105.0, 24.0, 0.0)})
    out = io.BytesIO()
    shot.save(out, "HEIF", exif=exif.tobytes())
    return out.getvalue()


@pytest.mark.parametrize("name", ["IMG_0001.HEIC", "phieu.heif", "image.jpg"])
def test_a_phones_heic_is_kept_as_a_jpeg(editor, name) -> None:
    person = factories.person()
    editor.post(reverse("consent_record", args=[person.pk]), recorded(name, heic()))
    consent = Consent.objects.recorded().get()
    assert consent.form.name.endswith(".jpg")
    with consent.form.open() as file:
        kept = file.read()
    assert consent.form_sha256 == hashlib.sha256(kept).hexdigest()
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == "JPEG"
        assert image.size == (400, 600)
        assert not image.getexif()
    assert Consent.objects.valid(timezone.localdate()).exists()
    answer = editor.get(reverse("consent_form", args=[consent.pk]))
    assert answer["Content-Type"] == "image/jpeg"


BAD = {
    "half a photograph": ("phieu.jpg", factories.jpeg()[:2000]),
    "half a HEIC": ("phieu.heic", heic()[:400]),
    "another kind of picture": ("phieu.webp", b"RIFF\x1a\0\0\0WEBPVP8L" + bytes(14)),
    "a locked or broken PDF": ("phieu.pdf", b"%PDF-1.4\n1 0 obj\n"),
    "a text": ("phieu.pdf", b"day la chu"),
    "a script": ("phieu.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    "a page": ("phieu.pdf", b"<html><script>alert(1)</script>"),
    "nothing": ("phieu.pdf", b""),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_scan_is_refused_in_vietnamese(editor, case) -> None:
    person = factories.person()
    data = recorded(*BAD[case])
    response = editor.post(reverse("consent_record", args=[person.pk]), data)
    assert response.status_code == 200
    said = response.content.decode()
    assert any(words in said for words in ("Chỉ nhận ảnh chụp", "rỗng", "bị hỏng")), case
    assert not Consent.objects.recorded().exists()


def test_a_minor_needs_a_guardian_first(editor) -> None:
    child = factories.person("Cháu An", under_age=True)
    address = reverse("consent_record", args=[child.pk])
    assert editor.get(address)["Location"] == reverse("person_edit", args=[child.pk])
    child.guardian = factories.person("Trần Thị Mẹ")
    child.save()
    assert "Quan hệ của người giám hộ" in editor.get(address).content.decode()
    editor.post(address, recorded(relation="mẹ"))
    assert Consent.objects.get().giver == child.guardian


def test_a_guardian_is_of_age(editor) -> None:
    sister = factories.person("Chị Gái", under_age=True)
    response = new(editor, "Em Gái", under_age="on", guardian=sister.pk)
    assert "phải đủ 18 tuổi" in response.content.decode()


def test_a_name_nearly_the_same_is_pointed_out_once_and_not_blocked(editor) -> None:
    factories.person("Nguyễn Thị Lan", born=1980)
    factories.person("Nguyễn Thị Lan", factories.VIET_TRI)
    response = new(editor, "Nguyễn Lân")
    text = response.content.decode()
    assert "Nguyễn Thị Lan (1980)" in text
    assert Person.objects.count() == 2
    seen = response.context["form"]["seen"].value()
    assert new(editor, "Nguyễn Lân", seen=seen).status_code == 302
    assert new(editor, "Hoàng Thị Hoa").status_code == 302


def test_the_chooser_makes_a_person_in_the_editors_own_unit(editor) -> None:
    collection = factories.picture().collection
    data = {"name": "Bà Mới", "collection": collection.pk}
    answer = editor.post(reverse("person_chooser:create"), data).json()
    assert answer["step"] == "chosen"
    assert answer["result"]["title"] == "Bà Mới"
    assert Person.objects.get().collection.name == "Xã Lâm Thao [08494]"


@pytest.mark.parametrize("where", ["person_add", "person_chooser:choose"])
def test_the_form_as_it_stands_in_the_page_already_holds_the_editors_only_unit(
    editor, where
) -> None:
    own = factories.picture().collection.pk
    page = editor.get(reverse(where)).text.replace('\\"', '"')  # the chooser's comes in JSON
    held = re.findall(r'name="[^"]*collection" value="(\d*)"', page)
    assert held == [str(own)]


def test_who_writes_for_every_unit_says_which(client, people) -> None:
    own = factories.picture().collection
    client.force_login(people["board"])

    page = client.get(reverse("person_add")).text
    offered = page.split('name="collection"')[1].split("</select>")[0]
    refused = client.post(reverse("person_add"), {"name": "Lan", "collection": ""})

    assert '<option value="" selected>Chọn đơn vị</option>' in offered
    assert f'<option value="{own.pk}">Xã Lâm Thao</option>' in offered
    assert f'value="{own.get_parent().pk}"' not in offered  # what holds the units is none
    assert refused.status_code == 200
    assert not Person.objects.exists()


def test_nobody_is_put_into_another_units_collection(editor) -> None:
    other = factories.picture(factories.VIET_TRI).collection
    response = editor.post(reverse("person_add"), {"name": "Lan", "collection": other.pk})
    assert response.status_code == 200
    assert not Person.objects.exists()


def test_filters_find_who_is_to_be_asked(editor, people) -> None:
    today = timezone.localdate()
    named = {
        key: factories.person(f"Người {key}") for key in ("xong", "moi", "sap", "rut", "giahan")
    }
    factories.person("Người treem", under_age=True)
    soon = today + timedelta(days=60)
    factories.consent(named["xong"], people["editor"], valid_to=soon + timedelta(days=1))
    factories.consent(named["sap"], people["editor"], valid_to=soon)
    factories.consent(named["giahan"], people["editor"], valid_to=soon)
    factories.consent(named["giahan"], people["editor"])
    gone = factories.consent(named["rut"], people["editor"])
    editor.post(
        reverse("consent_withdraw", args=[named["rut"].pk]),
        {"consents": [gone.pk], "how": "phone", "when": today.isoformat()},
    )
    found = {
        "chua": {"moi", "rut", "treem"},
        "sap-het": {"sap"},
        "rut": {"rut"},
        "tre-em": {"treem"},
        "": {"xong", "moi", "sap", "rut", "giahan", "treem"},
    }
    for key, expected in found.items():
        page = editor.get(reverse("people"), {"loc": key}).context["page"]
        assert {person.name.removeprefix("Người ") for person in page} == expected, key
    assert "Có 1 người mà sự đồng ý sẽ hết hạn" in editor.get(reverse("people")).content.decode()


def test_lists_and_pages_ask_no_more_for_more_rows(
    editor, people, django_assert_max_num_queries
) -> None:
    def fill(count: int) -> Person:
        first = factories.person("Thị Đông")
        for number in range(count):
            person = factories.person(f"Người {count} {number}")
            factories.consent(person, people["editor"])
            factories.consent(first, people["editor"])
            factories.story(people["editor"], slug=f"b-{count}-{number}", named=[first])
        return first

    def ask(address: str) -> int:
        editor.get(address)
        with django_assert_max_num_queries(60) as done:
            assert editor.get(address).status_code == 200
        return len(done)

    ways = (reverse("people"), reverse("person_chooser:choose_results"))
    first = fill(1)
    few = [ask(way) for way in (*ways, reverse("person", args=[first.pk]))]
    second = fill(9)
    many = [ask(way) for way in (*ways, reverse("person", args=[second.pk]))]
    assert few == many


# Who is in a picture


def picture_form(picture, **fields) -> dict:
    return {"title": picture.title, "collection": picture.collection_id} | fields


def test_an_upload_asks_who_is_in_it_and_leaves_it_open(editor) -> None:
    factories.person("Nguyễn Thị Lan")
    html = editor.get(reverse("wagtailimages_chooser:choose")).json()["html"]
    assert "Nguyễn Thị Lan" in html
    assert "không có ai nhận ra được" in html.lower()
    editor.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Ảnh",
            "image-chooser-upload-file": SimpleUploadedFile("a.jpg", factories.jpeg()),
        },
    )
    from media.models import Picture

    picture = Picture.objects.get()
    assert not picture.no_recognisable_person
    assert not picture.depictions.exists()


def test_people_or_nobody_but_not_both(editor) -> None:
    person = factories.person()
    picture = factories.picture(no_recognisable_person=False)
    address = reverse("wagtailimages:edit", args=[picture.pk])
    both = picture_form(picture, people=[person.pk], no_recognisable_person="on")
    assert "không đánh dấu" in editor.post(address, both).content.decode()
    editor.post(address, picture_form(picture, people=[person.pk]))
    assert [one.person for one in picture.depictions.all()] == [person]
    editor.post(address, picture_form(picture, no_recognisable_person="on"))
    assert not picture.depictions.exists()


def test_saying_who_is_in_a_picture_does_not_make_it_used(people) -> None:
    picture = factories.picture(people=[factories.person()])
    assert not picture.is_used
    picture.delete()


def test_a_collection_with_people_is_not_deleted(client, people) -> None:
    person = factories.person()
    client.force_login(people["admin"])
    address = reverse("wagtailadmin_collections:delete", args=[person.collection_id])
    assert "1 người" in client.get(address).content.decode()
    client.post(address)
    assert Person.objects.filter(pk=person.pk).exists()


def test_before_a_yes_is_taken_back_the_page_says_what_will_leave(editor, people) -> None:
    woman, other = factories.person("Trần Thị Hoa"), factories.person("Lê Thị Mận")
    for one in (woman, other):
        factories.consent(one, people["editor"])
    picture = factories.picture(people=[woman])
    fields = {"title": "Chị Hoa giữ nghề", "lead_picture": picture, "named": [woman]}
    factories.publish(factories.story(people["editor"], **fields), people)
    factories.story(people["editor"], title="Bản nháp chưa ai thấy", named=[woman])

    asked = editor.get(reverse("consent_withdraw", args=[woman.pk])).text

    assert "<li>Chị Hoa giữ nghề</li>" in asked
    assert "1 ảnh có mặt, và những bài dùng ảnh ấy" in asked
    assert "Bản nháp chưa ai thấy" not in asked
    nothing = editor.get(reverse("consent_withdraw", args=[other.pk])).text
    assert "Không có bài, ảnh nào đang công khai nêu người này." in nothing
