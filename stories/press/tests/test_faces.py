"""What every face of a release promises, over one sample of each type and kind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from stories.press.faces import atom, blocks, native, ninjs
from stories.press.tests import payloads
from stories.press.tests.compare import NEWS, SAMPLES, TEXTS, golden, html_words, missing, words

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE / "ninjs-schema_1.6.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
ATOM = f"{{{atom.ATOM}}}"


@pytest.mark.parametrize("name", SAMPLES)
def test_ninjs_of_every_type_and_kind_is_valid_and_strict(name):
    document = ninjs.render(SAMPLES[name], payloads.BASE)
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_lost_in_ninjs(name):
    payload = TEXTS[name]
    document = ninjs.render(payload, payloads.BASE)
    assert missing(words(payload["text"]), html_words(document["body_html"])) == []
    assert missing(words(payload["text"]), words(document["body_text"])) == []
    assert words(document["headline"]) == words(payload["title"])
    assert words(document["description_text"]) == words(payload["lead"])


@pytest.mark.parametrize("name", NEWS)
def test_no_word_is_lost_in_atom(name):
    payload = NEWS[name]
    entry = ET.fromstring(ET.tostring(atom.entry(payload, payloads.BASE)))
    content = html_words(entry.findtext(f"{ATOM}content") or "")
    wanted = words(payload["text"])
    if payload["pubstatus"] == "usable":
        wanted += words(payload["lead"])
    assert missing(wanted, content) == []
    assert missing(words(payload["title"]), words(entry.findtext(f"{ATOM}title") or "")) == []
    assert words(entry.findtext(f"{ATOM}summary") or "") == words(payload["lead"])


@pytest.mark.parametrize("name", SAMPLES)
def test_native_is_the_same_document_with_absolute_addresses(name):
    payload = SAMPLES[name]

    def made_absolute(node: object) -> object:
        if isinstance(node, dict):
            return {
                key: f"{payloads.BASE}{value}"
                if key == "href" and value.startswith("/")
                else made_absolute(value)
                for key, value in node.items()
            }
        return [made_absolute(item) for item in node] if isinstance(node, list) else node

    text = payloads.canonical(payload).encode()
    assert json.loads(native.absolute(text, payloads.BASE)) == made_absolute(payload)


@pytest.mark.parametrize("trap", ['"href":"/x"', '\\"href":"/x"', 'a"href', '"', "\\"])
def test_a_sentence_that_looks_like_json_is_not_touched(trap):
    payload = payloads.story(title=trap, lead=f'{trap}:"/', tags=[trap])
    document = json.loads(native.absolute(payloads.canonical(payload).encode(), payloads.BASE))
    assert (document["title"], document["lead"], document["tags"]) == (
        trap,
        f'{trap}:"/',
        [trap],
    )


@pytest.mark.parametrize("kind", ["withheld", "canceled"])
def test_a_withdrawal_overwrites_headline_text_and_pictures(kind):
    document = ninjs.render(payloads.withdrawn(payloads.story(), kind), payloads.BASE)
    assert document["pubstatus"] == kind
    assert document["headline"] == payloads.withdrawn(payloads.story(), kind)["title"]
    assert document["associations"] == {}
    assert document["byline"] == ""
    for field in ("headline", "description_text", "body_html", "body_text"):
        assert document[field]
        assert "nón" not in document[field]


def test_pictures_travel_as_jpeg_with_caption_credit_and_terms():
    document = ninjs.render(payloads.story(), payloads.BASE)
    lead = document["associations"]["featuremedia"]
    assert lead["description_text"] == "Chị Nguyễn Thị Lan chằm nón tại nhà văn hoá khu 5."
    assert (lead["byline"], lead["usageterms"]) == ("Thu Hà", "Chỉ dùng kèm bài viết này.")
    assert list(lead["renditions"]) == ["press"]
    assert lead["renditions"]["press"]["mimetype"] == "image/jpeg"
    assert lead["renditions"]["press"]["href"].startswith(f"{payloads.BASE}/tep/")
    assert not re.search("webp|avif", json.dumps(document))


@pytest.mark.parametrize("credit", ["Thu Hà", "Ảnh: Thu Hà", "ẢNH THU HÀ"])
def test_a_credit_is_introduced_once(credit):
    caption = blocks.caption_of({"caption": "Chị Lan.", "credit": credit})
    assert caption.lower().count("ảnh") == 1


def test_links_to_our_own_pages_are_absolute_in_the_text():
    html = ninjs.render(payloads.story(), payloads.BASE)["body_html"]
    assert f'<a href="{payloads.BASE}/dien-hinh/chi-lan/">' in html
    assert '<a href="https://example.vn/a">' in html


def test_a_withdrawn_story_keeps_its_atom_id_and_loses_its_picture():
    before = atom.entry(payloads.story(), payloads.BASE)
    after = atom.entry(payloads.withdrawn(payloads.story()), payloads.BASE)
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}updated") > before.findtext(f"{ATOM}updated")
    assert (after.findtext(f"{ATOM}title") or "").startswith("THU HỒI")
    rels = [link.get("rel") for link in after.iter(f"{ATOM}link")]
    assert rels == ["alternate"]
    assert "<img" not in (after.findtext(f"{ATOM}content") or "")


def test_a_control_character_cannot_break_the_feed():
    payload = payloads.story(title="Chị\x0b Lan\x00", lead="a\x1fb")
    ET.fromstring(atom.feed([payload], base=payloads.BASE, path="/phu-nu-dat-to/atom.xml"))


@pytest.mark.parametrize("name", SAMPLES)
def test_golden_ninjs(name):
    document = ninjs.render(SAMPLES[name], payloads.BASE)
    golden(f"{name}.ninjs-1.6.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("name", ["story", "exemplar", "picture", "story-canceled"])
def test_golden_native(name):
    text = native.absolute(payloads.canonical(SAMPLES[name]).encode(), payloads.BASE)
    golden(f"{name}.native.json", text.decode() + "\n")


def test_golden_atom():
    other = "9c2d5f0e-3b1a-4c8e-9f65-0a2b4c6d8e99"
    gone = payloads.withdrawn(payloads.story(uuid=other, uri=f"{payloads.BASE}/id/{other}"))
    news = [gone, payloads.correction()]
    document = atom.feed(news, base=payloads.BASE, path="/phu-nu-dat-to/atom.xml")
    golden("column.atom.xml", document.decode() + "\n")
