"""What a page lacks."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from stories.pages.checklist.problems import AMBER, RED, Problem, some


def problems(page, data: dict) -> Iterator[Problem]:
    yield from _text(page, data)
    yield from _pictures(data)
    yield from _place(data)
    if page.live:
        yield from _correction(page, data)


def _text(page, data: dict) -> Iterator[Problem]:
    if not data["title"].strip():
        yield Problem("title", RED, _("Chưa có tít. Hãy đặt tít cho bài."), "title")
    if not data["lead"].strip():
        yield Problem("lead", RED, _("Chưa có sa-pô. Hãy viết hai, ba câu mở đầu."), "lead")
    if not data["text"].strip():
        yield Problem("body", RED, _("Chưa có nội dung. Hãy viết nội dung bài."), "body")


def _pictures(data: dict) -> Iterator[Problem]:
    wanted = {
        "credit": (
            RED,
            _("Chưa ghi tác giả ảnh: %(pictures)s. Hãy ghi tên người chụp hoặc nguồn."),
        ),
        "alt": (
            RED,
            _("Ảnh chưa có mô tả cho người khiếm thị: %(pictures)s. Hãy bổ sung ở kho ảnh."),
        ),
        "caption": (AMBER, _("Ảnh chưa có chú thích: %(pictures)s. Nên ghi ai, làm gì, ở đâu.")),
    }
    for code, (severity, message) in wanted.items():
        lacking = [picture for picture in data["pictures"] if not picture[code].strip()]
        if lacking:
            only_lead = all(picture["uuid"] == data["lead_picture"] for picture in lacking)
            names = some(picture["title"] for picture in lacking)
            field = "lead_picture" if only_lead else "body"
            yield Problem(code, severity, message % {"pictures": names}, field)


def _place(data: dict) -> Iterator[Problem]:
    if not data["unit"]:
        message = _("Bài chưa thuộc đơn vị nào. Hãy đặt bài vào mục của đơn vị.")
        yield Problem("unit", RED, message, "unit")
    if data["type"] == "story" and not data["exemplars"]:
        message = _("Chưa gắn điển hình nào. Nếu bài kể về một điển hình, hãy chọn hồ sơ.")
        yield Problem("exemplars", AMBER, message, "told_exemplars")
    if not data["group"]:
        message = _("Chưa chọn nhóm đối tượng. Hãy chọn nhóm để bài được thống kê đúng.")
        yield Problem("group", AMBER, message, "group")
    if not data["contents"]:
        message = _("Chưa chọn nội dung thi đua. Hãy chọn ít nhất một nội dung.")
        yield Problem("contents", AMBER, message, "contents")


def _correction(page, data: dict) -> Iterator[Problem]:
    """A text that differs from the one that is public must say what was corrected."""
    public = type(page).objects.get(pk=page.pk)
    if public.content_sha256() == page.content_sha256():
        return
    if not data["note"].strip():
        message = _("Bài đã đăng được sửa mà chưa ghi nội dung đính chính. Hãy ghi đã sửa gì.")
        yield Problem("correction_note", RED, message, "correction_note")
    elif data["note"].strip() == public.correction_note.strip():
        message = _("Nội dung đính chính vẫn là của lần sửa trước. Hãy xem còn đúng không.")
        yield Problem("same_note", AMBER, message, "correction_note")
