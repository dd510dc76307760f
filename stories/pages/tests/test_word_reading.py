"""What of a Word document reaches a story, and where it lands."""

from __future__ import annotations

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from stories import factories
from stories.pages.tests.word_files import (
    CENTER,
    RIGHT,
    add,
    add_link,
    add_picture,
    add_run,
    saved,
    story_file,
)
from stories.pages.word.document import Missed
from stories.pages.word.outline import Figures, Heading, Illustration, Outline, Prose, outline
from stories.pages.word.reader import read
from stories.pages.word.transcribe import transcribe

LEAD = "Ba mươi năm, đôi tay chị Lan ở khu 5 chưa rời vành nón lá cọ quê nhà."
TEXT = "Sáng sớm ở khu 5, chị Lan đã ngồi bên khung nón."


def told(document_or_bytes) -> Outline:
    content = document_or_bytes
    document = read(content if isinstance(content, bytes) else saved(content))
    transcribe(document)
    return outline(document)


def html(story: Outline) -> str:
    return "".join(block.html for block in story.blocks if isinstance(block, Prose))


@pytest.fixture
def document():
    """With a title and a lead, so that what a test adds is body."""
    made = docx.Document()
    made.add_heading("Tít của bài", 0)
    add(made, LEAD, bold=True)
    return made


def test_a_story_is_taken_over_part_by_part() -> None:
    story = told(story_file())
    assert story.title == "Chị Lan giữ nghề nón lá"
    assert story.lead == "Ba mươi năm, đôi tay chị Lan ở khu 5 chưa rời vành nón lá cọ."
    assert story.byline == "Thu Hà"
    assert [type(block) for block in story.blocks] == [Prose, Heading, Prose, Illustration, Prose]
    assert story.blocks[0].html == (
        "<p>Sáng sớm ở khu 5, <b>chị Lan</b> đã ngồi bên <i>khung nón</i>. Xem "
        '<a href="https://phunu.example.vn/?a=1&amp;b=2">trang của Hội</a>.</p>'
    )
    assert story.blocks[1].text == "Dạy nghề cho chị em"
    assert story.blocks[2].html == (
        "<p>Chị đã dạy:</p><ul><li>khâu nón<ul><li>chằm lá</li></ul></li><li>bán hàng</li></ul>"
    )
    shot = story.blocks[3]
    assert (shot.caption, shot.credit) == ("Chị Lan bên khung nón.", "Ảnh: Thu Hà")
    assert shot.shot.alt == "Người phụ nữ ngồi khâu nón lá"
    assert shot.shot.content == factories.jpeg()
    assert not story.missed.total()


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ({"text": "Chị Lan giữ nghề", "bold": True}, "Chị Lan giữ nghề"),
        ({"text": "CHỊ LAN GIỮ NGHỀ", "align": CENTER}, "CHỊ LAN GIỮ NGHỀ"),
        ({"text": "Chị Lan giữ nghề", "style": "Heading 2"}, "Chị Lan giữ nghề"),
        ({"text": "Chị Lan giữ nghề"}, "Chị Lan giữ nghề"),
        ({"text": "Sáng sớm, chị Lan đã ngồi bên khung nón."}, ""),
        ({"text": "nghề nón " * 40}, ""),
    ],
)
def test_the_first_line_is_the_title_where_it_looks_like_one(first, title) -> None:
    made = docx.Document()
    add(made, "")
    add(made, **first)
    add(made, TEXT)
    story = told(made)
    assert story.title == title
    assert TEXT in html(story)
    assert title or " ".join(first["text"].split()) in html(story)


@pytest.mark.parametrize(
    ("second", "is_lead"),
    [
        ({"text": LEAD, "bold": True}, True),
        ({"text": LEAD, "italic": True}, True),
        ({"text": LEAD, "style": "Subtitle"}, True),
        ({"text": LEAD}, False),
        ({"text": "1. Hoàn cảnh", "bold": True}, False),
        ({"text": "Dài " * 200, "bold": True}, False),
    ],
)
def test_a_bold_or_italic_paragraph_under_the_title_is_the_lead(second, is_lead) -> None:
    made = docx.Document()
    made.add_heading("Tít", 0)
    add(made, **second)
    add(made, TEXT)
    story = told(made)
    assert story.lead == (LEAD if is_lead else "")
    assert TEXT in html(story)


@pytest.mark.parametrize(
    ("last", "byline"),
    [
        ({"text": "Nguyễn Thu Hà", "align": RIGHT}, "Nguyễn Thu Hà"),
        ({"text": "Nguyễn Thu Hà", "bold": True}, "Nguyễn Thu Hà"),
        ({"text": "Bài, ảnh: Thu Hà"}, "Thu Hà"),
        ({"text": "Tác giả: Thu Hà (Hội LHPN xã Lâm Thao)"}, "Thu Hà (Hội LHPN xã Lâm Thao)"),
        ({"text": "Chị Lan vẫn ngồi đó.", "bold": True}, ""),
        ({"text": "Lâm Thao, ngày 20 tháng 11 năm 2026", "align": RIGHT}, ""),
        ({"text": "Nguyễn Thu Hà"}, ""),
    ],
)
def test_the_last_line_may_be_the_byline(document, last, byline) -> None:
    add(document, TEXT)
    add(document, **last)
    story = told(document)
    assert story.byline == byline
    assert byline or last["text"] in html(story)


def test_who_wrote_and_photographed_is_the_credit_of_pictures_without_one(document) -> None:
    add_picture(document, seed=1)
    add_picture(document, seed=2)
    add(document, "Ảnh: Minh Ngọc")
    add(document, TEXT)
    add(document, "Bài và ảnh: Thu Hà", align=RIGHT)
    story = told(document)
    credits = [block.credit for block in story.blocks if isinstance(block, Illustration)]
    assert credits == ["Ảnh: Thu Hà", "Ảnh: Minh Ngọc"]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ({"text": "Chị Lan dạy nghề.", "style": "Caption"}, "Chị Lan dạy nghề.", ""),
        ({"text": "Chị Lan dạy nghề (Ảnh: Thu Hà)", "style": "Caption"}, "Chị Lan dạy nghề", "Ảnh: Thu Hà"),
        ({"text": "Chị Lan dạy nghề. Nguồn ảnh: Hội LHPN", "style": "Caption"}, "Chị Lan dạy nghề.", "Ảnh: Hội LHPN"),
        ({"text": "Chị Lan dạy nghề.", "align": CENTER, "italic": True}, "Chị Lan dạy nghề.", ""),
        ({"text": "Ảnh: Thu Hà"}, "", "Ảnh: Thu Hà"),
        ({"text": "Ảnh: Chị Lan bên khung nón"}, "Chị Lan bên khung nón", ""),
        ({"text": "Ảnh 1: Chị Lan. Ảnh: Thu Hà"}, "Chị Lan.", "Ảnh: Thu Hà"),
        ({"text": "Hình ảnh ấy còn mãi trong tôi."}, None, ""),
        ({"text": "Chị Lan kể chuyện nghề."}, None, ""),
        ({"text": "chữ " * 200, "style": "Caption"}, None, ""),
    ],
)  # fmt: skip
def test_the_line_under_a_picture_is_its_caption_where_it_looks_like_one(
    document, line, caption, credit
) -> None:
    add_picture(document)
    add(document, **line)
    add(document, TEXT)
    story = told(document)
    shot = story.blocks[0]
    assert (shot.caption, shot.credit) == (caption or "", credit)
    assert (caption is None) == (" ".join(line["text"].split()) in html(story))


def test_caption_and_credit_may_stand_in_two_lines(document) -> None:
    add_picture(document)
    add(document, "Chị Lan dạy nghề.", style="Caption")
    add(document, "Ảnh: Thu Hà")
    add(document, "Ảnh: Thu Hà chụp từ năm 2010, nay đã cũ.")
    shot, prose = told(document).blocks
    assert (shot.caption, shot.credit) == ("Chị Lan dạy nghề.", "Ảnh: Thu Hà")
    assert "2010" in prose.html


def test_text_around_a_picture_in_one_paragraph_keeps_its_order(document) -> None:
    paragraph = add(document, "Trước ảnh. ")
    add_picture(paragraph)
    add_run(paragraph, "Sau ảnh.")
    before, shot, after = told(document).blocks
    assert (before.html, after.html) == ("<p>Trước ảnh.</p>", "<p>Sau ảnh.</p>")
    assert shot.caption == ""


def test_a_short_bold_line_is_a_heading(document) -> None:
    add(document, "Gian nan buổi đầu", bold=True)
    add(document, TEXT)
    add(document, "Chị nói ngay:", bold=True)
    add(document, TEXT)
    heading, prose = told(document).blocks
    assert heading.text == "Gian nan buổi đầu"
    assert "<b>Chị nói ngay:</b>" in prose.html


def test_lists_keep_their_kind_and_depth(document) -> None:
    for style, text in [
        ("List Number", "một"), ("List Bullet 2", "một a"), ("List Bullet 3", "sâu"),
        ("List Bullet 2", "một b"), ("List Number", "hai"), ("List Bullet", "chấm"),
    ]:  # fmt: skip
        add(document, text, style=style)
    add(document, TEXT)
    assert html(told(document)) == (
        "<ol><li>một<ul><li>một a<ul><li>sâu</li></ul></li><li>một b</li></ul></li>"
        f"<li>hai</li></ol><ul><li>chấm</li></ul><p>{TEXT}</p>"
    )


# tables


def table(document, rows):
    made = document.add_table(len(rows), len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            made.cell(row, column).text = text
    add(document, TEXT)
    return made


def test_a_table_becomes_a_paragraph_a_row(document) -> None:
    table(document, [["Năm", "Hộ", "Thu nhập"], ["2025", "12", "60 triệu"]])
    story = told(document)
    assert html(story).startswith("<p>Năm | Hộ | Thu nhập</p><p>2025 | 12 | 60 triệu</p>")
    assert story.tables == 1


def test_a_merged_cell_is_told_once(document) -> None:
    made = table(document, [["Tổng", "", "c"], ["d", "e", "f"], ["", "h", "i"]])
    made.cell(0, 0).merge(made.cell(0, 1))
    made.cell(1, 0).merge(made.cell(2, 0))
    assert html(told(document)).startswith("<p>Tổng | c</p><p>d | e | f</p><p>h | i</p>")


@pytest.mark.parametrize("flip", [False, True])
def test_two_columns_of_value_and_label_are_figures(document, flip) -> None:
    rows = [["60 triệu", "thu nhập mỗi năm"], ["20", "chị em được dạy nghề"]]
    table(document, [row[::-1] for row in rows] if flip else rows)
    figures = told(document).blocks[0]
    assert isinstance(figures, Figures)
    assert figures.items == [tuple(row) for row in rows]
    assert told(document).tables == 0


def test_a_table_that_lays_out_pictures_gives_each_its_caption(document) -> None:
    made = document.add_table(2, 2)
    for column in (0, 1):
        add_picture(made.cell(0, column).paragraphs[0], seed=column)
        made.cell(1, column).text = f"Ảnh {column}: Chị {'AB'[column]}"
    story = told(document)
    assert [block.caption for block in story.blocks] == ["Chị A", "Chị B"]


def test_a_table_in_a_table_loses_no_word(document) -> None:
    made = table(document, [["ngoài", "x"]])
    inner = made.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "trong", "cùng"
    assert "<p>ngoài | x; trong; cùng</p>" in html(told(document))


# what Word has and a story hasn't


def raw(document, xml: str) -> None:
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w', 'r', 'm')}>{xml}</w:p>"))


def test_what_is_deleted_hidden_or_noted_is_left_out_and_counted(document) -> None:
    raw(
        document,
        "<w:r><w:t>Giữ </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='1'/></w:r>"
        "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        "<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r>",
    )
    story = told(document)
    assert html(story) == "<p>Giữ thêm</p>"
    assert story.missed == {
        Missed.DELETED: 1, Missed.NOTE: 1, Missed.COMMENT: 1, Missed.FORMULA: 1,
        Missed.SYMBOL: 1, Missed.LINK: 0,
    }  # fmt: skip


def test_links_lead_to_the_web_or_are_plain_text(document) -> None:
    paragraph = add(document, "Xem ")
    for text, href in [
        ("web", "http://a.vn"), ("thư", "mailto:a@b.vn"), ("mã", "javascript:alert(1)"),
        ("tệp", "file:///C:/a.docx"), ("mạng", "\\\\may\\a"),
    ]:  # fmt: skip
        add_link(paragraph, text, href)
    raw(
        document,
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        '<w:r><w:instrText> HYPERLINK "https://c.vn/" </w:instrText></w:r>'
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>cũ</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t> hết</w:t></w:r>",
    )
    story = told(document)
    assert html(story) == (
        '<p>Xem <a href="http://a.vn">web</a><a href="mailto:a@b.vn">thư</a>mãtệpmạng</p>'
        '<p><a href="https://c.vn/">cũ</a> hết</p>'
    )
    assert story.missed[Missed.LINK] == 3


def test_a_picture_that_is_only_linked_is_never_fetched(document) -> None:
    add_picture(document)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = document.part.relate_to("http://127.0.0.1:9/anh.jpg", kind, is_external=True)
    blip = next(
        document.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    )
    blip.set(qn("r:embed"), relation)
    add(document, TEXT)
    story = told(document)
    assert story.missed[Missed.LINKED] == 1
    assert [type(block) for block in story.blocks] == [Prose]


def test_text_boxes_are_read_once(document) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    raw(
        document,
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>Ngoài khung</w:t></w:r>",
    )
    assert html(told(document)) == "<p>Ngoài khung</p><p>Trong khung</p>"


def test_what_word_wraps_in_controls_is_read(document) -> None:
    body = document.element.body
    body.insert(
        len(body) - 1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:smartTag><w:r><w:t>Lâm Thao</w:t></w:r>"
            "</w:smartTag><w:r><w:tab/><w:t>xã</w:t><w:br/><w:t>mới</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert html(told(document)) == "<p>Lâm Thao xã<br/>mới</p>"
