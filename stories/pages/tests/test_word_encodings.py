"""Old fonts in a document, run by run; and what the editor's own field keeps of it all."""

from __future__ import annotations

import docx
from docx.oxml import OxmlElement
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from stories.pages.blocks import PARAGRAPH_FEATURES, safe_html
from stories.pages.tests.word_files import CENTER, add, add_run, saved, story_file, tcvn3, vni
from stories.pages.word.legacy import Encoding
from stories.pages.word.outline import Outline, Prose, outline
from stories.pages.word.reader import read
from stories.pages.word.transcribe import transcribe

TEXT = "Sáng sớm ở khu 5, chị Lan đã ngồi bên khung nón."


def told(document_or_bytes) -> Outline:
    content = document_or_bytes
    document = read(content if isinstance(content, bytes) else saved(content))
    transcribe(document)
    return outline(document)


def html(story: Outline) -> str:
    return "".join(block.html for block in story.blocks if isinstance(block, Prose))


def test_a_document_in_old_fonts_is_converted_run_by_run() -> None:
    made = docx.Document()
    add(made, tcvn3("chị lan giữ nghề"), font=".VnTimeH", align=CENTER)
    paragraph = add(made, tcvn3("Người phụ nữ "), font=".VnTime")
    add_run(paragraph, "yêu nghề ", font="Times New Roman")
    add_run(paragraph, tcvn3("ở "), font=".VnArial", bold=True)
    add_run(paragraph, vni("Việt Trì"), font="VNI-Times")
    add_run(paragraph, " café.", font="Arial")
    document = read(saved(made))
    assert transcribe(document) == {Encoding.TCVN3: 1, Encoding.VNI: 1}
    story = outline(document)
    assert story.title == "CHỊ LAN GIỮ NGHỀ"
    assert html(story) == "<p>Người phụ nữ yêu nghề <b>ở</b> Việt Trì café.</p>"


def test_old_text_in_new_fonts_is_converted_short_lines_too() -> None:
    made = docx.Document()
    made.styles["Normal"].font.name = "Times New Roman"
    add(made, tcvn3("Nghề nón"), bold=True)
    add(made, tcvn3(TEXT))
    add(made, "Le café d’été, là-bas.")
    story = told(made)
    assert story.title == "Nghề nón"
    assert html(story) == f"<p>{TEXT}</p><p>Le café d’été, là-bas.</p>"


def test_a_font_set_by_a_style_or_for_the_document_counts() -> None:
    made = docx.Document()
    made.styles["Normal"].font.name = "VNI-Times"
    made.styles["Heading 1"].font.name = ".VnTimeH"
    add(made, tcvn3("nghề nón"), style="Heading 1")
    add(made, vni("Vở mới."))
    story = told(made)
    assert story.title == "NGHỀ NÓN"
    assert html(story) == "<p>Vở mới.</p>"


def test_letters_that_word_keeps_apart_are_read() -> None:
    """“ư” of TCVN3 is a soft hyphen; symbol fonts keep codes at U+F000; VNI marks get split off."""
    made = docx.Document()
    paragraph = add(made, "Ng", font=".VnTime")
    run = add_run(paragraph, "", font=".VnTime")
    run._r.append(OxmlElement("w:softHyphen"))
    add_run(paragraph, "\uf0eai", font=".VnTime")
    paragraph = add(made, "ngöô", font="VNI-Times")
    add_run(paragraph, "øi ta.", font="VNI-Times", italic=True)
    story = told(made)
    assert story.title == "Người"
    assert html(story) == "<p>ngườ<i>i ta.</i></p>"


def test_decomposed_letters_are_composed_and_invisible_ones_go() -> None:
    document = docx.Document()
    add(document, "Tít", style="Title")
    add(document, "Vie\u0323\u0302t\u200b Na\xadm\xa0 mới.")
    assert html(told(document)) == "<p>Việt Nam  mới.</p>"


# the editor's own field


def test_the_editor_keeps_all_that_was_read() -> None:
    converter = ContentstateConverter(features=PARAGRAPH_FEATURES)
    for block in told(story_file()).blocks:
        if isinstance(block, Prose):
            plain = converter.to_database_format(converter.from_database_format(block.html))
            for tag in ("<ul>", "<li", "<b>", "<i>", "<a href="):
                assert plain.count(tag) == block.html.count(tag), plain
            assert safe_html(block.html).count("<li>") == block.html.count("<li>")


PASTED = (
    '<p class="MsoNormal" style="mso-margin-top-alt:auto"><span style="font-family:.VnTime">Chị'
    "</span><o:p></o:p></p><!--[if gte mso 9]><xml>x</xml><![endif]--><h1>Tít</h1>"
    '<table><tr><td>ô</td></tr></table><img src="file:///C:/a.png"><script>alert(1)</script>'
    '<b style="mso-bidi-font-weight:normal">Lan</b><a href="javascript:alert(1)">x</a>'
)


def test_what_is_pasted_from_word_is_cleaned_on_the_server_too() -> None:
    converter = ContentstateConverter(features=PARAGRAPH_FEATURES)
    kept = converter.to_database_format(converter.from_database_format(PASTED))
    for html in (kept, safe_html(PASTED)):
        for waste in ("Mso", "mso", "style", "span", "o:p", "<h1", "<table", "<img", "<script"):
            assert waste not in html, html
        assert "javascript" not in html
        assert "Chị" in html and "<b>Lan</b>" in html
