"""Blocks of a body. Each says what it contributes to a payload (`as_payload`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlsplit

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import expand_db_html

PARAGRAPH_FEATURES = ["bold", "italic", "link", "ol", "ul"]
SAFE_TAGS = {"p", "b", "strong", "i", "em", "a", "br", "ul", "ol", "li"}
TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')  # of clean HTML
VIDEO_HOSTS = ("youtube.com", "youtu.be", "facebook.com", "vimeo.com", "phuthotv.vn")


def safe_html(html: str, attribute_filter: Callable[[str, str, str], str] | None = None) -> str:
    """Only the inline and list elements that a paragraph may hold; links http(s), mail or own.

    `attribute_filter` gets element, attribute and value, and gives the value to be written.
    """
    return nh3.clean(
        html,
        tags=SAFE_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
        attribute_filter=attribute_filter,
    )


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs) -> None:
        super().__init__(features=PARAGRAPH_FEATURES, **kwargs)

    def as_payload(self, value) -> dict:
        return {"type": "paragraph", "html": safe_html(expand_db_html(value.source))}

    class Meta:
        label = _("Đoạn văn")
        icon = "pilcrow"


class HeadingBlock(blocks.CharBlock):
    def as_payload(self, value) -> dict:
        return {"type": "heading", "text": value}

    class Meta:
        label = _("Tít phụ")
        icon = "title"


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Ảnh"))
    caption = blocks.CharBlock(
        label=_("Chú thích"),
        required=False,
        max_length=500,
        help_text=_("Để trống thì dùng chú thích đã ghi ở kho ảnh."),
    )
    credit = blocks.CharBlock(
        label=_("Tác giả ảnh"),
        required=False,
        max_length=200,
        help_text=_("Để trống thì dùng tên tác giả đã ghi ở kho ảnh."),
    )

    def as_payload(self, value) -> dict | None:
        picture = value["picture"]
        return {"type": "picture", "picture": str(picture.uuid)} if picture else None

    class Meta:
        label = _("Ảnh")
        icon = "image"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Lời nói"), rows=3)
    attribution = blocks.CharBlock(
        label=_("Của ai"),
        required=False,
        help_text=_("Họ tên, chức danh hoặc nơi ở, ví dụ: chị Nguyễn Thị Lan, xã Lâm Thao."),
    )

    def as_payload(self, value) -> dict:
        return {"type": "quote", "text": value["text"], "attribution": value["attribution"] or ""}

    class Meta:
        label = _("Trích lời")
        icon = "openquote"


class FigureItemBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Con số"), max_length=40, help_text=_("Ví dụ: 12 triệu đồng"))
    label = blocks.CharBlock(label=_("Là gì"), max_length=120)


class FiguresBlock(blocks.ListBlock):
    def __init__(self, **kwargs) -> None:
        super().__init__(FigureItemBlock(label=_("Con số")), min_num=1, max_num=6, **kwargs)

    def as_payload(self, value) -> dict:
        items = [{"value": item["value"], "label": item["label"]} for item in value]
        return {"type": "figures", "items": items}

    class Meta:
        label = _("Con số nổi bật")
        icon = "list-ul"


class VideoBlock(blocks.StructBlock):
    """A link to a video; the page shows it as a plain link, nothing of a third party is loaded."""

    url = blocks.URLBlock(label=_("Địa chỉ video"))
    title = blocks.CharBlock(label=_("Tên video"), max_length=200)

    def clean(self, value):
        cleaned = super().clean(value)
        host = (urlsplit(cleaned["url"]).hostname or "").removeprefix("www.").removeprefix("m.")
        if not any(host == known or host.endswith("." + known) for known in VIDEO_HOSTS):
            raise blocks.StructBlockValidationError(
                {
                    "url": ValidationError(
                        _("Chỉ nhận video từ: %(hosts)s."), params={"hosts": ", ".join(VIDEO_HOSTS)}
                    )
                }
            )
        return cleaned

    def as_payload(self, value) -> dict:
        return {"type": "video", "url": value["url"], "title": value["title"]}

    class Meta:
        label = _("Video")
        icon = "media"


class BodyBlock(blocks.StreamBlock):
    paragraph = ParagraphBlock()
    heading = HeadingBlock(max_length=200)
    picture = PictureBlock()
    quote = QuoteBlock()
    figures = FiguresBlock()
    video = VideoBlock()


def body_payload(body) -> list[dict]:
    """The payload blocks of a body, in order; a picture that is gone is left out."""
    blocks_ = (child.block.as_payload(child.value) for child in body)
    return [block for block in blocks_ if block is not None]


def body_text(payload: list[dict]) -> str:
    """The words of payload blocks as plain text, a line a block."""
    lines = []
    for block in payload:
        match block["type"]:
            case "paragraph":
                broken = block["html"].replace("</p>", "</p>\n").replace("</li>", "</li>\n")
                lines += [plain(line) for line in broken.replace("<br>", "\n").split("\n")]
            case "heading" | "video":
                lines.append(block.get("text") or block.get("title", ""))
            case "quote":
                lines.append(" — ".join(filter(None, (block["text"], block["attribution"]))))
            case "figures":
                lines += [f"{item['value']} {item['label']}" for item in block["items"]]
    return "\n".join(line for line in (line.strip() for line in lines) if line)


def plain(html: str) -> str:
    """The words of what `safe_html` gave."""
    return unescape(TAG.sub("", html)).replace("\xa0", " ")
