"""Titles and introductions of the fixed pages; those of three are all that editors write as pages.

Everything else on the website comes from the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.pages.models import ColumnPage, ExemplarIndexPage, HomePage

DEFAULTS = {
    HomePage: (_("Gương sáng Đất Tổ"), ""),
    ColumnPage: (
        _("Phụ nữ Đất Tổ"),
        _(
            "Người tốt, việc tốt của phụ nữ Phú Thọ: những việc làm bình dị, có thật, "
            "do các cấp Hội phát hiện và kể lại."
        ),
    ),
    ExemplarIndexPage: (
        _("Điển hình tiên tiến"),
        _(
            "Những cá nhân, tập thể, mô hình và cách làm hay trong phong trào thi đua "
            "“Phụ nữ tích cực học tập, lao động sáng tạo, xây dựng gia đình hạnh phúc”."
        ),
    ),
}


@dataclass(frozen=True)
class Section:
    """`intro` is rich text as Wagtail stores it, or a sentence."""

    title: str
    intro: str


def section(model: type[HomePage | ColumnPage | ExemplarIndexPage]) -> Section:
    """The live page's texts, or sensible ones when there is none (one query)."""
    title, intro = DEFAULTS[model]
    row = model.objects.live().values_list("title", "intro").first()
    if row is None:
        return Section(str(title), str(intro))
    return Section(row[0] or str(title), row[1] or str(intro))


def units() -> Section:
    intro = gettext(
        "Gương sáng phụ nữ ở từng xã, phường của Phú Thọ, và ở các huyện, thành, thị cũ."
    )
    return Section(gettext("Xã, phường, đơn vị"), intro)


def subjects() -> Section:
    intro = gettext("Gương sáng phụ nữ Đất Tổ theo nội dung thi đua, theo nhóm phụ nữ và theo thẻ.")
    return Section(gettext("Chủ đề"), intro)


def press_room() -> Section:
    intro = gettext("Bài và ảnh đã duyệt về phụ nữ Đất Tổ cho báo, đài.")
    return Section(gettext("Dành cho báo chí"), intro)
