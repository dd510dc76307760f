"""Plain text and the radio script: all the words, whole sentences, the notice when withdrawn."""

from __future__ import annotations

import re

import pytest

from stories.press.faces import radio, text
from stories.press.faces.spoken.sentences import aloud
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

LONG = "\n".join(f"Câu thứ nhất của đoạn {n}. Câu thứ hai còn dài hơn thế." for n in range(80))


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_lost_in_plain_text(name):
    payload = TEXTS[name]
    wanted = words(payload["text"]) + (words(payload["lead"]) if payload["body"] else [])
    found = text.render(payload, payloads.BASE)
    assert missing(wanted, words(found)) == []
    assert payload["title"] in found


def test_plain_text_has_title_lead_body_credit_and_link_in_this_order():
    payload = payloads.story()
    parts = text.render(payload, payloads.BASE).split("\n\n")
    assert parts == [
        payload["title"],
        payload["lead"],
        payload["text"],
        "Theo Thu Hà – Hội LHPN tỉnh Phú Thọ\n"
        f"Mã: {payloads.STORY}\n"
        "http://testserver/phu-nu-dat-to/chi-lan-giu-nghe-non/",
    ]


@pytest.mark.parametrize("limit", [text.SHORTEST, 900, 1500, text.ZALO_LIMIT])
def test_a_long_text_is_cut_at_a_sentence_and_says_so(limit):
    payload = payloads.story(text=LONG)
    found = text.render(payload, payloads.BASE, limit=limit)
    assert len(found) <= limit
    kept, _mark, foot = found.partition(text.READ_ON)
    assert foot.endswith(payload["href"])
    assert kept.rstrip().endswith((".", ";"))
    whole = text.render(payload, payloads.BASE)
    assert whole.startswith(kept.rstrip())


def test_as_much_as_fits_is_kept():
    found = text.render(payloads.story(text=LONG), payloads.BASE, limit=text.ZALO_LIMIT)
    longest = max(len(sentence) for sentence in re.split(r"(?<=\.)\s", LONG))
    assert len(found) > text.ZALO_LIMIT - longest - 10


def test_a_text_that_fits_is_whole_and_a_sentence_that_does_not_is_left_out():
    payload = payloads.story()
    whole = text.render(payload, payloads.BASE)
    assert text.render(payload, payloads.BASE, limit=len(whole)) == whole
    endless = payloads.story(lead="", text="a " * 5000)
    found = text.render(endless, payloads.BASE, limit=text.SHORTEST)
    assert len(found) <= text.SHORTEST
    assert "a a" not in found


def test_a_title_too_long_leaves_credit_and_link():
    found = text.render(payloads.story(title="Dài " * 400), payloads.BASE, limit=text.SHORTEST)
    assert len(found) <= text.SHORTEST
    assert found.endswith("/phu-nu-dat-to/chi-lan-giu-nghe-non/")


def test_an_address_as_long_as_one_can_be_stays_whole():
    href = f"/phu-nu-dat-to/{'a' * 255}/"
    found = text.render(payloads.story(href=href, text=LONG), payloads.BASE, limit=text.SHORTEST)
    assert len(found) <= text.SHORTEST
    assert found.endswith(href)


def test_a_correction_begins_with_what_was_corrected():
    found = text.render(payloads.correction(), payloads.BASE)
    assert found.startswith(f"ĐÍNH CHÍNH: {payloads.correction()['note']}")


@pytest.mark.parametrize("name", WITHDRAWN)
@pytest.mark.parametrize("face", [text, radio])
def test_a_withdrawal_is_the_notice_alone(name, face):
    found = face.render(WITHDRAWN[name], payloads.BASE)
    assert WITHDRAWN[name]["text"] in found
    assert old_words(found) == []
    assert "Theo " not in found


@pytest.mark.parametrize("name", TEXTS)
def test_every_word_is_read_aloud_and_no_digit_left(name):
    payload = TEXTS[name]
    said = "\n".join(radio.spoken(payload))
    assert missing(words(aloud(payload["text"])), words(said)) == []
    assert missing(words(aloud(payload["title"])), words(said)) == []
    assert not re.search(r"\d", said)
    written = [word for word in words(payload["text"]) if not re.search(r"\d", word)]
    short = {"UBND", "QĐ", "LHPN"}
    assert missing([word for word in written if word not in short], words(said)) == []


def test_the_head_tells_how_long_it_takes():
    payload = payloads.story(title="a " * 100, lead="", text="b " * 275, byline="")
    said = radio.spoken(payload)
    assert radio.count(said) == 100 + 275 + len(
        ["Theo", "Hội", "Liên", "hiệp", "Phụ", "nữ", "tỉnh", "Phú", "Thọ"]
    )
    assert radio.duration(said) == 128
    assert "Thời lượng: khoảng 2 phút 8 giây (384 tiếng" in radio.render(payload, payloads.BASE)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 giây"), (59, "59 giây"), (60, "1 phút"), (61, "1 phút 1 giây")]
)
def test_a_length_is_said_in_minutes_and_seconds(seconds, said):
    assert radio.length(seconds) == said


@pytest.mark.parametrize(
    "name", ["story", "story-correction", "story-canceled", "exemplar", "picture"]
)
def test_golden(name):
    golden(f"{name}.text.txt", text.render(SAMPLES[name], payloads.BASE) + "\n")
    golden(f"{name}.radio.txt", radio.render(SAMPLES[name], payloads.BASE))
