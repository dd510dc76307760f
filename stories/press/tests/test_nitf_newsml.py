"""NITF and NewsML-G2: well formed, read back by IPTC's own library, no word lost."""

from __future__ import annotations

import json
import warnings

import pytest
from lxml import etree
from NewsMLG2.document import NewsMLG2Document

from stories.press.faces import newsml, nitf
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

NAR, NITF = f"{{{newsml.NAR}}}", f"{{{newsml.NITF}}}"
# The order that the schema prescribes (XSD sequences of NewsML-G2 2.35, NITF's body.head).
ITEM_META = ["itemClass", "provider", "versionCreated", "firstCreated", "pubStatus", "title"]
ITEM_META += ["edNote", "signal", "link"]
ADMINISTRATIVE = ["urgency", "contentCreated", "located", "infoSource", "creator"]
BODY_HEAD = ["hedline", "rights", "byline", "distributor", "dateline", "abstract"]


def as_nitf(payload: dict) -> etree._Element:
    return etree.fromstring(nitf.document(payload, payloads.BASE))


def as_newsml(payload: dict) -> etree._Element:
    return etree.fromstring(newsml.document(payload, payloads.BASE))


def said(node: etree._Element | None) -> list[str]:
    return words(" ".join(node.itertext())) if node is not None else []


def names(node: etree._Element) -> list[str]:
    found = [etree.QName(child).localname for child in node]
    return list(dict.fromkeys(found))


def in_order(found: list[str], order: list[str]) -> bool:
    known = [name for name in found if name in order]
    return known == sorted(known, key=order.index)


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_lost_in_nitf(name):
    payload, root = TEXTS[name], as_nitf(TEXTS[name])
    assert missing(words(payload["text"]), said(root.find("body/body.content/block"))) == []
    assert said(root.find("body/body.head/hedline/hl1")) == words(payload["title"])
    assert said(root.find("body/body.head/abstract")) == words(payload["lead"])


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_stands_in_blocks_so_that_no_reader_skips_it(name):
    block = as_nitf(TEXTS[name]).find("body/body.content/block")
    assert not (block.text or "").strip()
    assert not any((part.tail or "").strip() for part in block)
    assert {part.tag for part in block} <= {"p", "hl2", "ul", "ol"}


@pytest.mark.parametrize("name", SAMPLES)
def test_nitf_has_no_namespace_and_its_parts_in_order(name):
    root = as_nitf(SAMPLES[name])
    assert {etree.QName(node).namespace for node in root.iter()} == {None}
    assert names(root) == ["head", "body"]
    assert in_order(names(root.find("body/body.head")), BODY_HEAD)
    assert root.find("head/docdata").get("management-status") == SAMPLES[name]["pubstatus"]


def test_bold_links_and_lists_arrive_and_a_caption_is_no_sentence():
    body = [
        {
            "type": "paragraph",
            "html": "<p>Một <b>hai <i>ba</i></b><br/>bốn</p><ol><li>năm</li><li>sáu <a "
            'href="/x/">bảy</a> tám</li></ol>',
        },
        {"type": "picture", "picture": payloads.PICTURE},
    ]
    block = as_nitf(payloads.story(body=body)).find("body/body.content/block")
    assert etree.tostring(block, encoding="unicode").split("</media>")[-1].startswith("<block")
    assert [node.tag for node in block.iter()] == [
        *("block", "p", "em", "em", "br", "ol", "li", "li", "a")
    ]
    assert said(block) == ["Một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám"]
    assert block.find("ol/li/a").get("href") == f"{payloads.BASE}/x/"


def test_a_quotation_is_quoted_and_says_whose_it_is_without_a_block_of_its_own():
    quote = {"type": "quote", "text": "Một câu.\nHai câu.", "attribution": "Chị Lan"}
    root = as_nitf(payloads.story(body=[quote]))
    block = root.find("body/body.content/block")
    assert [part.findtext("q") or part.text for part in block] == [
        *("Một câu.", "Hai câu.", "— Chị Lan")
    ]
    assert len(list(root.iter("block"))) == 1


def test_an_unknown_tag_keeps_its_words():
    body = [
        {
            "type": "paragraph",
            "html": "<p>a <u>b</u> c<!-- x --></p><table><tr><td>d</td></tr></table>e",
        }
    ]
    block = as_nitf(payloads.story(body=body)).find("body/body.content/block")
    assert said(block) == ["a", "b", "c", "d", "e"]
    assert [part.tag for part in block] == ["p", "p", "p"]
    assert not (block.text or "").strip()


def test_pictures_follow_the_text_and_can_be_left_out():
    content = as_nitf(payloads.story()).find("body/body.content")
    assert [part.tag for part in content] == ["block", "media", "media"]
    reference = content.find("media/media-reference")
    assert reference.get("mime-type") == "image/jpeg"
    assert content.findtext("media/media-caption/p") == payloads.picture_part()["caption"]
    bare = etree.fromstring(nitf.document(payloads.story(), payloads.BASE, pictures=False))
    assert bare.find(".//media") is None


@pytest.mark.parametrize("name", WITHDRAWN)
@pytest.mark.parametrize("face", [nitf.document, newsml.document])
def test_a_withdrawal_leaves_nothing_of_the_old_item(name, face):
    document = face(WITHDRAWN[name], payloads.BASE).decode()
    assert old_words(document) == []
    assert "<media" not in document
    assert "remoteContent" not in document
    assert WITHDRAWN[name]["text"] in document


@pytest.mark.parametrize("face", [nitf.document, newsml.document])
def test_a_control_character_or_markup_cannot_break_a_document(face):
    trap = 'a\x0b\x00\ufffe <b> & "]]>'
    payload = payloads.story(
        title=trap, lead=trap, byline=trap, tags=[trap], note=trap, body=[], text=trap
    )
    root = etree.fromstring(face(payload, payloads.BASE))
    assert 'a <b> & "]]>' in "".join(root.itertext())


@pytest.mark.parametrize("name", SAMPLES)
def test_newsml_properties_stand_in_the_order_of_the_schema(name):
    root = as_newsml(SAMPLES[name])
    assert names(root) == ["catalogRef", "rightsInfo", "itemMeta", "contentMeta", "contentSet"]
    assert in_order(names(root.find(f"{NAR}itemMeta")), ITEM_META)
    content = names(root.find(f"{NAR}contentMeta"))
    administrative = [found for found in content if found in ADMINISTRATIVE]
    assert content[: len(administrative)] == administrative
    assert in_order(administrative, ADMINISTRATIVE)
    assert (root.get("standardversion"), root.get("conformance")) == ("2.35", "power")


@pytest.mark.parametrize("name", SAMPLES)
def test_iptcs_own_library_reads_the_item_back(name):
    payload = SAMPLES[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library itself
        item = NewsMLG2Document(newsml.document(payload, payloads.BASE)).get_item()
    assert (item.guid, str(item.version)) == (payload["uri"], str(payload["version"]))
    assert item.itemmeta.pubstatus.qcode == f"stat:{payload['pubstatus']}"
    assert str(item.itemmeta.versioncreated) == payload["released_at"]
    assert str(item.contentmeta.headline[0]) == payload["title"]


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_lost_in_newsml(name):
    payload, root = TEXTS[name], as_newsml(TEXTS[name])
    inline = root.find(f"{NAR}contentSet/{NAR}inlineXML")
    assert inline.get("contenttype") == "application/nitf+xml"
    assert missing(words(payload["text"]), said(inline.find(f".//{NITF}block"))) == []
    meta = root.find(f"{NAR}contentMeta")
    assert words(meta.findtext(f"{NAR}headline")) == words(payload["title"])
    assert words(meta.findtext(f"{NAR}description") or "") == words(payload["lead"])


def test_a_picture_is_a_jpeg_with_its_words():
    root = as_newsml(payloads.picture())
    remote = root.find(f"{NAR}contentSet/{NAR}remoteContent")
    assert remote.get("contenttype") == "image/jpeg"
    assert remote.get("href").startswith(f"{payloads.BASE}/tep/")
    meta = root.find(f"{NAR}contentMeta")
    assert meta.findtext(f"{NAR}description") == payloads.picture()["caption"]
    assert root.findtext(f"{NAR}rightsInfo/{NAR}usageTerms") == payloads.picture()["terms"]


def test_a_correction_says_so_and_is_a_newer_version_of_the_same_item():
    before, after = as_newsml(payloads.story()), as_newsml(payloads.correction())
    assert after.get("guid") == before.get("guid")
    assert int(after.get("version")) > int(before.get("version"))
    assert after.find(f"{NAR}itemMeta/{NAR}signal").get("qcode") == "sig:correction"
    assert after.findtext(f"{NAR}itemMeta/{NAR}edNote") == payloads.correction()["note"]


def test_what_newsrooms_cant_open_is_never_named():
    for payload in (payloads.story(), payloads.picture(), payloads.exemplar()):
        for kind in ("webp", "avif"):
            assert kind not in nitf.document(payload, payloads.BASE).decode()
            assert kind not in newsml.document(payload, payloads.BASE).decode()
            assert kind in json.dumps(payload)


@pytest.mark.parametrize("name", ["story", "story-canceled", "exemplar", "picture"])
def test_golden(name):
    for ending, face in (("nitf", nitf), ("newsml-g2", newsml)):
        root = etree.fromstring(face.document(SAMPLES[name], payloads.BASE))
        etree.indent(root)
        golden(f"{name}.{ending}.xml", etree.tostring(root, encoding="unicode") + "\n")
