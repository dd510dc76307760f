"""From an editor's draft to a newsroom: what the real rooms write passes every face."""

from __future__ import annotations

import re
from io import BytesIO

import jsonschema
import pytest
from docx import Document

from stories import factories
from stories.press.api.formats import Format
from stories.press.faces import atom
from stories.press.tests.compare import html_words, missing, words
from stories.press.tests.embargo import body
from stories.press.tests.test_api_formats import plain
from stories.press.tests.test_faces import VALIDATOR
from stories.releases import drawing

pytestmark = pytest.mark.django_db
SECOND = "Ngày mùa, cả xóm cùng phơi lá."


@pytest.fixture
def released(people, settings):
    """An exemplar and a story with every kind of block, through the whole workflow."""
    exemplar = factories.exemplar(people["editor"], lead_picture=factories.picture(seed=1))
    exemplar = factories.publish(exemplar, people)
    picture = factories.picture(seed=2, caption=SECOND)
    story = factories.story(
        people["editor"],
        lead_picture=factories.picture(seed=3),
        exemplars=[exemplar],
        tags=["làng nghề", "nón lá"],
        body=[
            ("paragraph", '<p>Chị <b>Lan</b> &amp; tổ <a href="/dien-hinh/">nón lá</a>.</p>'),
            ("heading", "Ba mươi hộ < năm xưa"),
            ("picture", {"picture": picture, "caption": "", "credit": ""}),
            ("quote", {"text": "Nghề này\nnuôi cả nhà.", "attribution": "Chị Lan"}),
            ("figures", [{"value": "12 triệu", "label": "đồng mỗi tháng"}]),
            ("video", {"url": "https://youtu.be/x", "title": "Phóng sự"}),
        ],
    )
    assert drawing.ahead() == []
    return factories.publish(story, people)


def test_no_word_of_a_real_story_is_lost_on_its_way_to_a_newsroom(released, pull, client):
    path = f"/api/v1/press/items/{released.uuid}/"
    native, document = pull(path).json(), pull(path, {"format": "ninjs"}).json()
    assert missing(words(native["text"]), html_words(document["body_html"])) == []
    assert missing(words(native["text"]), words(document["body_text"])) == []
    entry = atom.entry(native, "http://testserver")
    content = html_words(entry.findtext(f"{{{atom.ATOM}}}content") or "")
    assert missing(words(native["lead"] + " " + native["text"]), content) == []
    assert [person["name"] for person in document["person"]] == ["Nguyễn Thị Lan"]
    assert SECOND in document["body_html"]


@pytest.mark.parametrize("output", ["nitf", "newsml-g2", "text", "docx"])
def test_no_word_of_a_real_story_is_lost_for_those_who_lay_it_out(released, pull, output):
    path = f"/api/v1/press/items/{released.uuid}/"
    payload = pull(path).json()
    said = words(plain(output, pull(path, {"format": output}).content))
    assert missing(words(payload["title"] + " " + payload["lead"]), said) == []
    assert missing(words(payload["text"]), said) == []
    # Pictures of our own making have captions, and those go along.
    if output != "text":
        assert missing(words(SECOND), said) == []


def test_a_word_file_of_a_real_story_has_its_pictures(released, pull):
    path = f"/api/v1/press/items/{released.uuid}/"
    pictures = pull(path).json()["pictures"]
    document = Document(BytesIO(pull(path, {"format": "docx"}).content))
    assert len(document.inline_shapes) == len(pictures) == 2


def test_everything_released_is_valid_and_as_described(released, pull, client):
    ninjs = pull("/api/v1/press/feed/", {"format": "ninjs"}).json()["items"]
    assert {item["type"] for item in ninjs} == {"text", "picture"}
    for item in ninjs:
        assert [error.message for error in VALIDATOR.iter_errors(item)] == []
    description = client.get("/api/v1/openapi.json").json()
    for name, path in (("Story", "stories"), ("Exemplar", "exemplars")):
        schema = {
            "$ref": f"#/components/schemas/{name}",
            "components": description["components"],
        }
        items = client.get(f"/api/v1/{path}/").json()["items"]
        assert len(items) == 1
        jsonschema.Draft202012Validator(schema).validate(items[0])


def test_every_address_of_a_release_is_absolute(released, pull):
    def hrefs(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["href"]] if "href" in node else []
            return own + [href for value in node.values() for href in hrefs(value)]
        return [href for item in node for href in hrefs(item)] if isinstance(node, list) else []

    found = hrefs(pull("/api/v1/press/feed/").json())
    assert len(found) > 10
    assert all(href.startswith("http://testserver/") for href in found)


def test_a_press_picture_can_be_fetched_where_the_feed_says(released, pull):
    item = pull(f"/api/v1/press/items/{released.uuid}/", {"format": "ninjs"}).json()
    rendition = item["associations"]["featuremedia"]["renditions"]["press"]
    path = rendition["href"].removeprefix("http://testserver")
    # Clients repeat their credentials on image addresses: in a header, or in the query.
    for address in (path, f"{path}?apikey=khoa"):
        answer = pull(address)
        assert answer.status_code == 200
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content.startswith(b"\xff\xd8")
        assert len(content) == rendition["sizeinbytes"]


def test_no_newsroom_gets_a_picture_that_it_cant_open(released, pull):
    """The API's own format names every rendition, with its type; what is read by machines of others
    names the JPEG alone."""
    path = f"/api/v1/press/items/{released.uuid}/"
    assert b"image/avif" in pull(path).content
    others = [output for output in Format if output != Format.NATIVE]
    answers = [pull(path, {"format": output}) for output in others]
    answers += [
        pull("/api/v1/press/feed/", {"format": output}) for output in ("ninjs", "superdesk")
    ]
    answers.append(pull(f"/api/v1/press/kits/{released.uuid}.zip"))
    answers.append(pull("/api/v1/press/ap/feed/"))
    for answer in answers:
        assert answer.status_code == 200
        assert not re.search(rb"webp|avif", body(answer))
