"""What an import took over and what it didn't, in words for the editor."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.pages.word.document import Kind
from stories.pages.word.draft import Imported
from stories.pages.word.outline import Figures, Heading, Prose


def taken(made: Imported) -> str:
    """One or two sentences."""
    blocks = made.outline.blocks
    lines = [line for block in blocks if isinstance(block, Prose) for line in block.lines]
    items = sum(line.kind is Kind.LIST for line in lines)
    counts = [
        (len(lines) - items, _("%d đoạn văn")),
        (items, _("%d mục danh sách")),
        (sum(isinstance(block, Heading) for block in blocks), _("%d tít phụ")),
        (len(made.pictures), _("%d ảnh")),
        (sum(isinstance(block, Figures) for block in blocks), _("%d khung con số")),
        (made.outline.tables, _("%d bảng (thành đoạn văn, mỗi hàng một đoạn)")),
    ]
    parts = ", ".join(words % count for count, words in counts if count)
    said = _("Đã tạo bài nháp “%(title)s” từ tệp Word: %(parts)s.") % {
        "title": made.page.title,
        "parts": parts or _("chỉ có tít"),
    }
    for encoding, count in made.encodings.items():
        said += " " + ngettext(
            "Đã chuyển %(count)d đoạn từ bảng mã %(name)s sang Unicode; hãy đọc lại.",
            "Đã chuyển %(count)d đoạn từ bảng mã %(name)s sang Unicode; hãy đọc lại.",
            count,
        ) % {"count": count, "name": encoding.value}
    return said


def left_out(made: Imported) -> str:
    """What the editor must look after, "" when there is nothing."""
    said = []
    missing = [
        name
        for there, name in (
            (made.outline.title, _("tít (đã lấy tên tệp)")),
            (made.outline.lead, _("sa-pô")),
            (made.outline.byline, _("tác giả")),
        )
        if not there
    ]
    if missing:
        said.append(_("Không nhận ra: %s.") % ", ".join(missing))
    if made.refused:
        said.append(_("Không nhận %s") % " ".join(made.refused))
    lost = [f"{kind.label} ({count})" for kind, count in made.outline.missed.items() if count]
    if lost:
        said.append(_("Không đưa vào bài: %s.") % ", ".join(lost))
    if not all(picture.alt_text for picture in made.pictures):
        said.append(_("Có ảnh chưa có mô tả cho người khiếm thị; hãy bổ sung ở kho ảnh."))
    return " ".join(said)
