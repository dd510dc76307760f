"""A body keeps every word and nothing that runs or loads."""

from __future__ import annotations

import pytest

from stories.pages.blocks import body_payload, body_text
from stories.pages.models import StoryPage
from stories.releases.importing.bodies import body

CASES = {
    "plain lines are paragraphs": (
        "Một\n\nhai\r\nba",
        [("paragraph", "<p>Một</p><p>hai</p><p>ba</p>")],
    ),
    "signs of plain text stay signs": (
        "5 < 6 & <Lan>",
        [("paragraph", "<p>5 &lt; 6 &amp; &lt;Lan&gt;</p>")],
    ),
    "headings and quotes part the paragraphs": (
        "<p>a</p><h2>Tít <i>phụ</i></h2><p>b</p><blockquote><p>Lời</p><p>nói</p></blockquote>",
        [
            ("paragraph", "<p>a</p>"),
            ("heading", "Tít phụ"),
            ("paragraph", "<p>b</p>"),
            ("quote", {"text": "Lời\nnói", "attribution": ""}),
        ],
    ),
    "a quote within a quote is part of it": (
        "<blockquote>a<blockquote>b</blockquote>c</blockquote>d",
        [("quote", {"text": "a\nb\nc", "attribution": ""}), ("paragraph", "<p>d</p>")],
    ),
    "lists stay lists": (
        "<ul><li>a<li><p>b</p><p>c</p></ul>",
        [("paragraph", "<ul><li>a</li><li>b<br>c</li></ul>")],
    ),
    "lists within lists": (
        "<ol><li>a<ul><li><b>b</b></li></ul></li></ol>",
        [("paragraph", "<ol><li>a<ul><li><b>b</b></li></ul></li></ol>")],
    ),
    "two line breaks part paragraphs, one does not": (
        "<div>a<br>b<br><br>c</div>",
        [("paragraph", "<p>a<br>b</p><p>c</p>")],
    ),
    "inline marks alone leave lines paragraphs": (
        "a <b>b\nc</b>",
        [("paragraph", "<p>a <b>b</b></p><p><b>c</b></p>")],
    ),
    "a mark around paragraphs goes on in each": (
        "<b><p>a</p><p>b</p></b>",
        [("paragraph", "<p><b>a</b></p><p><b>b</b></p>")],
    ),
    "cells of a table keep apart": (
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        [("paragraph", "<p>a b</p><p>c</p>")],
    ),
    "tags that say nothing are unwrapped": (
        '<p style="color:red"><span>a</span><font>b</font><u>c</u></p>',
        [("paragraph", "<p>abc</p>")],
    ),
    "links keep to the web, mail and our own": (
        '<p><a href="https://a.vn/?x=1&y=2">a</a> <a href="javascript:x()">b</a></p>',
        [("paragraph", '<p><a href="https://a.vn/?x=1&amp;y=2">a</a> b</p>')],
    ),
    "a heading too long is a bold paragraph": (
        f"<h2>{'x ' * 150}</h2>",
        [("paragraph", f"<p><strong>{('x ' * 150).strip()}</strong></p>")],
    ),
    "an editor's embed or page link reaches nothing of ours": (
        '<p>a<embed embedtype="image" id="3"/><a linktype="page" id="5">b</a></p>',
        [("paragraph", "<p>ab</p>")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_body_becomes_blocks(name) -> None:
    text, blocks = CASES[name]
    assert body(text).blocks == blocks


@pytest.mark.parametrize(
    "active",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src='//x'></SCRIPT >",
        "<style>p{}</style>",
        "<iframe src='//x'>khung</iframe>",
        "<object data='x'></object>",
        "<p onclick='x()'></p>",
        "<svg onload=x()></svg>",
        "<img src=x onerror=x()>",
        "<a href='javascript:x()'></a>",
    ],
)
def test_what_runs_is_dropped_and_the_words_around_it_stay(active) -> None:
    found = body(f"<p>Trước</p>{active}<p>Sau</p>")
    assert found.blocks == [("paragraph", "<p>Trước</p><p>Sau</p>")]
    assert found.cleaned


def test_clean_html_counts_as_clean() -> None:
    assert not body("<p>Chị nói: on time = đúng giờ.</p>").cleaned


def test_pictures_are_dropped_and_counted() -> None:
    found = body("<p>a</p><img src='1.jpg'><p><img src='2.jpg'/>b</p>")
    assert (found.images, found.blocks) == (2, [("paragraph", "<p>a</p><p>b</p>")])


def test_tags_within_tags_without_end_cost_no_time() -> None:
    text = "<p>" + "<b><i>" * 20_000 + "chữ" + "</i></b>" * 20_000
    assert "chữ" in str(body(text).blocks)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["Một hai.\nBa   bốn.", "<p>Một hai.</p><ul><li>Ba   bốn.</li></ul>"]
)
def test_every_word_comes_out_again(text) -> None:
    page = StoryPage(body=body(text).blocks)
    assert body_text(body_payload(page.body)).split() == ["Một", "hai.", "Ba", "bốn."]
