"""The editor's form: what an editor needs in the order of writing, and nothing else."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from stories.pages.comments.panel import LastingCommentPanel
from stories.pages.editing.panel import DraftPanel

TITLE_HELP = _("Ngắn, nói đúng việc; không dùng khẩu hiệu.")
BODY_HELP = _("Bấm dấu cộng để thêm đoạn văn, tít phụ, ảnh, trích lời, con số hay video.")


def _classification(*own: FieldPanel) -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            *own,
            FieldPanel("group"),
            FieldPanel("contents", widget=forms.CheckboxSelectMultiple),
            FieldPanel("campaigns", widget=forms.CheckboxSelectMultiple),
            FieldPanel("tags"),
        ],
        heading=_("Phân loại"),
    )


def _people(*own: FieldPanel) -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            *own,
            InlinePanel(
                "named_people",
                heading=_("Người được nêu trong bài"),
                label=_("Người"),
                help_text=_("Mỗi người mà bài nêu tên hoặc kể chuyện; ai cũng phải đã đồng ý."),
                panels=[FieldPanel("person")],
            ),
            FieldPanel("names_nobody"),
        ],
        heading=_("Con người trong bài"),
    )


def _body() -> FieldPanel:
    """With room for a comment on the text as a whole."""
    return FieldPanel("body", disable_comments=False, help_text=BODY_HELP)


def story() -> list:
    return [
        FieldPanel("title", heading=_("Tít"), help_text=TITLE_HELP),
        FieldPanel("lead"),
        FieldPanel("lead_picture"),
        _body(),
        FieldPanel("byline"),
        FieldPanel("date"),
        InlinePanel("told_exemplars", heading=_("Điển hình được kể"), label=_("Điển hình")),
        _people(),
        _classification(FieldPanel("kind")),
        FieldPanel("correction_note"),
        LastingCommentPanel(),
        DraftPanel(),
    ]


def exemplar() -> list:
    return [
        FieldPanel(
            "title",
            heading=_("Tên điển hình"),
            help_text=_("Họ tên, tên tập thể hoặc tên mô hình."),
        ),
        FieldPanel("role"),
        FieldPanel("lead"),
        FieldPanel("lead_picture"),
        _body(),
        FieldPanel("byline"),
        FieldPanel("date"),
        _people(FieldPanel("person")),
        InlinePanel("awards", heading=_("Khen thưởng"), label=_("Khen thưởng")),
        _classification(FieldPanel("kind"), FieldPanel("direct_labour"), FieldPanel("stage")),
        FieldPanel("correction_note"),
        LastingCommentPanel(),
        DraftPanel(),
    ]
