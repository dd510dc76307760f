"""ninjs 3.1: valid and strict, no word lost, a withdrawal leaves nothing of the old item."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from stories.press.faces import ninjs3
from stories.press.tests import payloads
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

SCHEMA = json.loads(Path(__file__).with_name("ninjs-schema_3.1.json").read_text(encoding="utf-8"))
# The one foreign schema that it names is for coordinates, of which we send none.
NO_COORDINATES = DRAFT202012.create_resource({"not": {}})
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA,
    registry=Registry().with_resource("https://geojson.org/schema/GeoJSON.json", NO_COORDINATES),
    format_checker=jsonschema.FormatChecker(),
)


def render(name: str) -> dict:
    return ninjs3.render(SAMPLES[name], payloads.BASE)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_type_and_kind_is_valid_and_strict(name):
    assert [error.message for error in VALIDATOR.iter_errors(render(name))] == []


def test_the_schema_would_refuse_a_name_of_1_6_at_any_depth():
    document = render("story")
    document["associations"][0]["body_text"] = "x"
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_lost(name):
    payload, document = TEXTS[name], render(name)
    html, plain = (body["value"] for body in document["bodies"])
    assert missing(words(payload["text"]), html_words(html)) == []
    assert missing(words(payload["text"]), words(plain)) == []
    assert words(document["headlines"][0]["value"]) == words(payload["title"])
    assert words(document["descriptions"][0]["value"]) == words(payload["lead"])


@pytest.mark.parametrize("name", WITHDRAWN)
def test_a_withdrawal_overwrites_everything(name):
    document = render(name)
    assert document["pubStatus"] == WITHDRAWN[name]["kind"]
    assert document["associations"] == []
    assert "renditions" not in document
    assert old_words(json.dumps(document, ensure_ascii=False)) == []
    for field in ("headlines", "descriptions", "bodies"):
        assert all(part["value"] for part in document[field])


def test_a_correction_is_a_newer_version_of_the_same_item():
    before, after = render("story"), render("story-correction")
    assert after["uri"] == before["uri"]
    assert int(after["version"]) > int(before["version"])
    assert after["versionCreated"] > before["versionCreated"]
    assert after["edNote"] == payloads.correction()["note"]


def test_pictures_travel_as_jpeg_with_caption_credit_and_terms():
    lead = render("story")["associations"][0]
    assert lead["rel"] == "main"
    assert lead["descriptions"][0]["value"] == payloads.picture_part()["caption"]
    assert (lead["by"], lead["usageTerms"]) == ("Thu Hà", "Chỉ dùng kèm bài viết này.")
    assert [one["contentType"] for one in lead["renditions"]] == ["image/jpeg"]


@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name):
    golden(f"{name}.ninjs-3.1.json", json.dumps(render(name), ensure_ascii=False, indent=1) + "\n")
