"""The printed forms: one page, Vietnamese intact, with the code that finds the record."""

from __future__ import annotations

import io
import unicodedata

import pytest
from docx import Document
from pypdf import PdfReader

from media.people import services
from media.people.printing import pdf, text, word
from stories import factories

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Thị Thu Thủy Đặng Ữ Ẵ Ợ"


def words_of_pdf(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    return " ".join(reader.pages[0].extract_text().split())


def words_of_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    parts = [paragraph.text for paragraph in document.paragraphs]
    foot = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    assert len(document.inline_shapes) == 1  # the QR code
    return " ".join(" ".join([*cells, *parts, *foot]).split())


KINDS = {"pdf": (pdf.render, words_of_pdf), "docx": (word.render, words_of_docx)}
SAID = (
    NAME,
    "HỘI LIÊN HIỆP PHỤ NỮ TỈNH PHÚ THỌ",
    "Xã Lâm Thao",
    "Hình ảnh",
    "Giọng nói",
    "Phát thanh, truyền hình",
    "Trung ương Hội LHPN Việt Nam",
    "Đến khi rút lại",
    "rút lại sự đồng ý bất cứ lúc nào",
    "Ông/Bà có quyền không đồng ý",
    "Người đại diện của Hội",
)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_says_everything_and_its_code(people, kind, settings) -> None:
    settings.CONSENT_CONTACT = "Số 1 đường Trần Phú, điện thoại 0210 000 000"
    render, read = KINDS[kind]
    consent = services.prepare_consent(person=factories.person(NAME, born=1979))
    said = read(render(text.of(consent)))
    assert unicodedata.is_normalized("NFC", said)
    for part in (*SAID, consent.code, settings.CONSENT_CONTACT, "1979"):
        assert part in said, part
    assert "giám hộ" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_minors_form_has_the_guardians_part_and_her_own_word(people, kind) -> None:
    render, read = KINDS[kind]
    mother = factories.person("Trần Thị Mẹ", born=1985)
    child = factories.person("Cháu Bé", under_age=True, guardian=mother)
    said = read(render(text.of(services.prepare_consent(person=child))))
    for part in ("Trần Thị Mẹ", "Cha, mẹ hoặc người giám hộ", "Quan hệ với cháu", "cháu đồng ý"):
        assert part in said, part


@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_name_stays_on_one_page(people, kind) -> None:
    render, read = KINDS[kind]
    guardian = factories.person("Đ" * 120)
    child = factories.person("Ữ" * 120, under_age=True, guardian=guardian)
    read(render(text.of(services.prepare_consent(person=child))))


def test_every_letter_of_vietnamese_is_in_the_typeface(people, caplog) -> None:
    vowels = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    letters = [unicodedata.normalize("NFC", v + tone) for v in vowels for tone in tones] + ["đ"]
    alphabet = "".join(letter + letter.upper() for letter in letters)
    consent = services.prepare_consent(person=factories.person(alphabet[:110]))
    said = pdf.render(text.of(consent))
    rest = services.prepare_consent(person=factories.person(alphabet[110:]))
    assert alphabet[:60] in words_of_pdf(said).replace(" ", "")
    pdf.render(text.of(rest))
    assert "missing" not in caplog.text


def test_the_qr_code_leads_to_the_record(people, settings, client) -> None:
    settings.PUBLIC_BASE_URL = "https://phunu.example.vn"
    person = factories.person()
    form = text.of(services.prepare_consent(person=person))
    assert form.address.startswith("https://phunu.example.vn/")
    client.force_login(people["editor"])
    path = form.address.removeprefix("https://phunu.example.vn")
    assert client.get(path)["Location"].endswith(f"/con-nguoi/{person.pk}/")
    assert text.qr_png(form).startswith(b"\x89PNG")
