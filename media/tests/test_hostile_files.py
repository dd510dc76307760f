"""Whatever is sent, the answer is a clear one in Vietnamese, and nothing of it stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from media.intake import documents, pictures
from media.intake.unusable import Unusable
from media.models import Picture
from media.tests.hostile.documents import DOCUMENTS, odt, package, pdf, xlsx
from media.tests.hostile.pictures import PICTURES, saved

ENGLISH = re.compile(r"\b(file|image|upload|valid|pixels?|error|size|the)\b", re.IGNORECASE)


def answer(check, name: str, content: bytes) -> Unusable:
    with pytest.raises(Unusable) as refused:
        check(SimpleUploadedFile(name, content), name)
    return refused.value


@pytest.mark.parametrize("case", PICTURES)
def test_a_hostile_picture_gets_its_answer(case) -> None:
    name, content, code = PICTURES[case]
    given = answer(pictures.examine, name, content)
    assert given.code == code, given.messages
    assert len(given.messages[0]) > 15
    assert not ENGLISH.search(given.messages[0])


@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_hostile_document_gets_its_answer(case) -> None:
    name, content, code = DOCUMENTS[case]
    given = answer(documents.check, name, content() if callable(content) else content)
    assert re.fullmatch(code, given.code), (given.code, given.messages)
    assert not ENGLISH.search(given.messages[0].replace("Save as", "").replace("Save As", ""))


def test_the_corpus_is_large() -> None:
    assert len(PICTURES) + len(DOCUMENTS) >= 60


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.jpg", saved("JPEG")),
        ("ANH.JPEG", saved("JPEG", progressive=True)),
        ("anh.png", saved("PNG", mode="RGBA")),
        ("anh.png", saved("PNG", mode="1")),
        ("anh.png", saved("PNG", mode="I;16")),
        ("anh.webp", saved("WEBP", lossless=True)),
        ("IMG_0001.HEIC", saved("HEIF")),
        ("in.jpg", saved("JPEG", mode="CMYK")),
        ("dien-thoai.jpg", saved("JPEG") + b"\0\0SEFT" + b"\1" * 5000),  # a phone's own trailer
    ],
)
def test_a_good_picture_is_taken(name, content) -> None:
    seen = pictures.examine(SimpleUploadedFile(name, content), name)
    assert (seen.width, seen.height) == (640, 428)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("thu.pdf", pdf()),
        ("thu.docx", package()),
        ("bang.xlsx", xlsx()),
        ("thu.odt", odt()),
        ("thu.docx", package(("word/embeddings/Bang.xlsx", xlsx()))),
        ("thu.txt", "Chị Lan giữ nghề nón lá".encode()),
        ("thu.txt", "Chị Lan giữ nghề nón lá".encode("utf-16")),
        ("quet.jpg", saved("JPEG")),
    ],
)
def test_a_good_document_is_taken(name, content) -> None:
    documents.check(SimpleUploadedFile(name, content), name)


@pytest.mark.django_db
def test_whoever_stores_a_picture_without_a_form_meets_the_same_check(settings) -> None:
    before = list(Path(settings.MEDIA_ROOT).rglob("*"))
    for case in ("a JPEG and a zip", "a truncated JPEG", "a JPEG that says 200 megapixels"):
        name, content, _code = PICTURES[case]
        with pytest.raises(Unusable):
            Picture.objects.create(title="Ảnh", file=ContentFile(content, name))
        with pytest.raises(Unusable):
            Picture(title="Ảnh").file.save(name, ContentFile(content))
    assert not Picture.objects.exists()
    assert list(Path(settings.MEDIA_ROOT).rglob("*")) == before
