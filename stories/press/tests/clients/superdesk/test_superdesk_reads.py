"""What Superdesk's own parsers make of our faces: the words arrive, corrections replace, a kill
leaves nothing. Runs superdesk-core 2.5.3; the promise is about its result, not our document."""

from __future__ import annotations

import json

import pytest

from stories.press.faces import house, newsml, nitf, superdesk
from stories.press.tests import payloads
from stories.press.tests.clients.superdesk.client import read
from stories.press.tests.compare import (
    SAMPLES,
    TEXTS,
    WITHDRAWN,
    golden,
    html_words,
    missing,
    old_words,
    words,
)


@pytest.fixture(scope="module")
def as_ninjs() -> dict[str, list[dict]]:
    """The item itself, then its pictures (the parser gives it last)."""
    documents = [superdesk.render(payload, payloads.BASE) for payload in SAMPLES.values()]
    found = read(ninjs=documents)["ninjs"]
    return {name: [one[-1], *one[:-1]] for name, one in zip(SAMPLES, found, strict=True)}


@pytest.fixture(scope="module")
def as_xml() -> dict[str, dict[str, dict]]:
    found = read(
        nitf=[nitf.document(payload, payloads.BASE).decode() for payload in TEXTS.values()],
        newsml=[newsml.document(payload, payloads.BASE).decode() for payload in SAMPLES.values()],
    )
    return {
        "nitf": dict(zip(TEXTS, found["nitf"], strict=True)),
        "newsml": dict(zip(SAMPLES, found["newsml"], strict=True)),
    }


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_lost_in_its_ninjs(as_ninjs, name):
    payload, item = TEXTS[name], as_ninjs[name][0]
    assert missing(words(payload["text"]), html_words(item["body_html"])) == []
    assert words(item["headline"]) == words(payload["title"])
    assert words(item.get("abstract", "")) == words(payload["lead"])
    assert item["pubstatus"] == payload["pubstatus"]
    assert (item["guid"], item["uri"]) == (payload["uri"], payload["uri"])


@pytest.mark.parametrize("name", SAMPLES)
def test_its_dates_are_ours(as_ninjs, name):
    item = as_ninjs[name][0]
    ours = SAMPLES[name]["released_at"].replace("T", " ").replace("Z", "+00:00")
    assert item["versioncreated"] == ours


def test_it_learns_author_source_keywords_and_pictures(as_ninjs):
    story, *pictures = as_ninjs["story"]
    assert story["authors"] == [{"name": "Thu Hà", "role": "writer"}]
    assert story["keywords"] == ["làng nghề", "nón lá"]
    assert story["original_source"] == "Hội LHPN tỉnh Phú Thọ"
    lead = story["associations"]["featuremedia"]
    assert lead["renditions"]["baseImage"]["mimetype"] == "image/jpeg"
    assert lead["alt_text"] == "Một phụ nữ ngồi chằm nón lá"
    assert [picture["type"] for picture in pictures] == ["picture", "picture"]
    assert all(one["renditions"]["baseImage"]["href"].endswith(".jpg") for one in pictures)


def stored(*versions: list[dict]) -> dict:
    """What its database holds after these came in: it patches field by field."""
    result: dict = {}
    for version in versions:
        result |= version[0]
    return result


def test_a_correction_replaces_the_text_under_the_same_id(as_ninjs):
    after = stored(as_ninjs["story"], as_ninjs["story-correction"])
    assert after["guid"] == as_ninjs["story"][0]["guid"]
    assert after["ednote"] == payloads.correction()["note"]
    assert after["versioncreated"] > as_ninjs["story"][0]["versioncreated"]


def test_what_a_correction_takes_away_does_not_stay_in_its_store(as_ninjs):
    bare = payloads.correction(
        lead="", byline="", body=[], text="Một câu.", tags=[], pictures=[], lead_picture=None
    )
    [items] = read(ninjs=[superdesk.render(bare, payloads.BASE)])["ninjs"]
    after = stored(as_ninjs["story"], items)
    assert after["associations"] == {}
    assert after["keywords"] == []
    assert (after["abstract"].strip(), after["byline"]) == ("", "")
    assert [author["name"] for author in after["authors"]] == [house.PUBLISHER]
    assert after["body_html"] == "<p>Một câu.</p>"


@pytest.mark.parametrize("name", ["story-canceled", "story-withheld"])
def test_a_kill_leaves_no_old_word_and_no_picture_in_its_store(as_ninjs, name):
    after = stored(as_ninjs["story"], as_ninjs[name])
    assert after["pubstatus"] == WITHDRAWN[name]["kind"]
    assert after["associations"] == {}
    assert after["body_html"].startswith(f"<p>{WITHDRAWN[name]['text'][:8]}")
    assert old_words(json.dumps(after, ensure_ascii=False)) == []


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("face", ["nitf", "newsml"])
def test_no_word_is_lost_in_its_nitf_and_newsml(as_xml, face, name):
    payload, item = TEXTS[name], as_xml[face][name]
    assert missing(words(payload["text"]), html_words(item["body_html"])) == []
    assert words(item["headline"]) == words(payload["title"])
    assert item["pubstatus"] == payload["pubstatus"]
    if payload.get("byline"):
        assert item["byline"] == payload["byline"]
    if face == "nitf":
        assert words(item["abstract"]) == words(payload["lead"])


def test_a_picture_of_newsml_comes_as_jpeg(as_xml):
    picture = as_xml["newsml"]["picture"]
    assert picture["type"] == "picture"
    assert picture["description_text"] == payloads.picture()["caption"]
    assert picture["renditions"]["highRes"]["mimetype"] == "image/jpeg"
    assert as_xml["newsml"]["picture-canceled"]["renditions"] == {}


@pytest.mark.parametrize("name", WITHDRAWN)
def test_a_kill_by_newsml_is_seen_and_says_nothing_old(as_xml, name):
    item = as_xml["newsml"][name]
    assert item["pubstatus"] == WITHDRAWN[name]["kind"]
    assert item["uri"] == WITHDRAWN[name]["uri"]
    assert old_words(json.dumps(item, ensure_ascii=False)) == []


@pytest.mark.parametrize("name", ["story", "story-canceled", "picture"])
def test_golden(name):
    document = superdesk.render(SAMPLES[name], payloads.BASE)
    golden(f"{name}.superdesk.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")
