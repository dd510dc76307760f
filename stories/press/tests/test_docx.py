"""The Word file: all the words in their order, the pictures, the same bytes each time."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from PIL import Image

from stories.press.faces import docx
from stories.press.tests import payloads
from stories.press.tests.compare import (
    SAMPLES,
    TEXTS,
    WITHDRAWN,
    golden,
    missing,
    old_words,
    words,
)


def jpeg(size: tuple[int, int] = (120, 80)) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, "darkred").save(content, "JPEG")
    return content.getvalue()


FILES = {payloads.PICTURE: jpeg(), payloads.SECOND_PICTURE: jpeg((80, 120))}


def opened(payload: dict, files: dict[str, bytes] | None = None):
    return Document(BytesIO(docx.render(payload, payloads.BASE, FILES if files is None else files)))


def lines(payload: dict, files: dict[str, bytes] | None = None) -> list[str]:
    return [paragraph.text for paragraph in opened(payload, files).paragraphs if paragraph.text]


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_lost(name):
    payload = TEXTS[name]
    found = lines(payload)
    assert missing(words(payload["text"]), words("\n".join(found))) == []
    assert payload["title"] in found
    assert missing(words(payload["lead"]), words("\n".join(found))) == []


def test_bold_italic_lists_and_breaks_arrive():
    html = "<p>Một <b>hai <i>ba</i></b><br/>bốn</p><ul><li>năm <a href='/x/'>sáu</a></li></ul>"
    document = opened(payloads.story(body=[{"type": "paragraph", "html": html}], lead=""))
    runs = [(r.text, r.bold, r.italic) for p in document.paragraphs for r in p.runs]
    assert ("hai ", True, None) in runs
    assert ("ba", True, True) in runs
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["năm sáu"] == "List Bullet"
    assert "Một hai ba\nbốn" in styles


def test_pictures_are_in_their_places_with_caption_and_alternative_text():
    document = opened(payloads.story())
    assert len(document.inline_shapes) == 2
    first = document.inline_shapes[0]._inline
    assert first.docPr.get("descr") == payloads.picture_part()["alt"]
    texts = [p.text for p in document.paragraphs]
    heading = texts.index("Ba mươi hộ theo nghề")
    assert texts[heading + 1] == ""  # the picture's own paragraph
    assert texts[heading + 2].startswith(payloads.picture_part()["caption"])
    assert texts[heading + 2].endswith("Ảnh: Thu Hà")


def test_a_picture_that_the_body_does_not_show_comes_first():
    body = [{"type": "paragraph", "html": "<p>Một câu.</p>"}]
    payload = payloads.story(body=body, pictures=[payloads.picture_part()])
    texts = lines(payload)
    caption = next(n for n, line in enumerate(texts) if line.endswith("Ảnh: Thu Hà"))
    assert caption < texts.index("Một câu.")


@pytest.mark.parametrize("files", [{}, {payloads.PICTURE: b"no picture"}])
def test_a_picture_that_cannot_be_had_leaves_its_words(files):
    document = opened(payloads.story(), files)
    assert len(document.inline_shapes) == 0
    assert payloads.picture_part()["caption"] in "\n".join(lines(payloads.story(), files))


def test_a_picture_of_its_own_is_a_file_too():
    document = opened(payloads.picture())
    assert len(document.inline_shapes) == 1
    assert payloads.picture()["terms"] in [p.text for p in document.paragraphs]


@pytest.mark.parametrize("name", WITHDRAWN)
def test_a_withdrawal_has_no_picture_and_no_old_word(name):
    content = docx.render(WITHDRAWN[name], payloads.BASE, FILES)
    document = Document(BytesIO(content))
    assert len(document.inline_shapes) == 0
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert not [part for part in parts.namelist() if part.startswith("word/media")]
        for part in parts.namelist():
            assert old_words(parts.read(part).decode("utf-8", "ignore")) == []
    assert WITHDRAWN[name]["text"] in "\n".join(p.text for p in document.paragraphs)


def test_a_correction_begins_with_what_was_corrected():
    assert lines(payloads.correction())[0] == f"ĐÍNH CHÍNH: {payloads.correction()['note']}"


def test_the_same_release_is_the_same_file_with_the_times_of_the_release():
    once, again = (docx.render(payloads.story(), payloads.BASE, FILES) for _ in range(2))
    assert once == again
    with zipfile.ZipFile(BytesIO(once)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(2026, 11, 20, 3, 0, 0)}
    about = Document(BytesIO(once)).core_properties
    assert about.created.isoformat().startswith("2026-11-20T03:00:00")
    assert (about.author, about.version) == ("Hội Liên hiệp Phụ nữ tỉnh Phú Thọ", "1")


def test_a_control_character_cannot_break_the_file():
    payload = payloads.story(title="Chị\x0b Lan\x00", lead="a\x1fb", byline="\ufffe")
    assert "Chị Lan" in lines(payload)


@pytest.mark.parametrize("name", ["story", "story-canceled", "exemplar"])
def test_golden(name):
    document = opened(SAMPLES[name])
    found = [f"[{p.style.name}] {p.text}" for p in document.paragraphs]
    golden(f"{name}.docx.txt", "\n".join(found) + "\n")
