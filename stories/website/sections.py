"""Titles and introductions of the fixed pages: the only thing here that editors write as pages.

Everything else on the website comes from the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    """`intro` is rich text as Wagtail stores it."""

    title: str
    intro: str


def section(model: type[HomePage | ColumnPage | ExemplarIndexPage]) -> Section:
    """The live page's texts, or sensible ones when there is none (one query)."""
    title, intro = DEFAULTS[model]
    row = model.objects.live().values_list("title", "intro").first()
    if row is None:
        return Section(str(title), str(intro))
    return Section(row[0] or str(title), row[1] or str(intro))
