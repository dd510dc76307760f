"""The parts of a text that a comment can be on, by Wagtail's `contentpath`, and what is on them.

A path is the name of a field, or "body.<block id>" with, for a block of several fields, the field
that stands for it: there Wagtail's editor shows the comment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Comment

from stories.pages.blocks import body_text

WHOLE = "body"
NOWHERE_IN = "[]"  # position of a comment on a whole paragraph: rich text takes a list of places
STANDS_FOR = {"picture": "picture", "quote": "text", "video": "title"}
EXCERPT = 90  # characters


@dataclass(slots=True)
class Part:
    """A part as the review screen shows it: `blocks` is one payload block of the body, or none."""

    path: str
    label: str
    words: str = ""
    blocks: Sequence[dict] = ()
    open: list[Comment] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return "phan-" + self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with the part it is on; `part` is None where that is no longer in the text."""

    comment: Comment
    label: str
    part: Part | None


@dataclass(frozen=True, slots=True)
class Remarks:
    fields: dict[str, Part]
    blocks: list[Part]
    open: list[Thread]
    settled: list[Thread]

    @property
    def whole(self) -> Part:
        return self.fields[WHOLE]


def remarks(draft, shown: dict) -> Remarks:
    """Parts and comments of a draft; `shown` is its `preview_context`. Three queries."""
    fields = {part.path: part for part in _fields(draft)}
    blocks = list(_blocks(draft, shown["blocks"]))
    by_block = {_root(part.path): part for part in blocks}
    found = Comment.objects.filter(page_id=draft.pk).select_related("user", "resolved_by")
    threads = [
        _thread(comment, draft, fields, by_block)
        for comment in found.prefetch_related("replies__user").order_by("created_at", "pk")
    ]
    open_ = [thread for thread in threads if thread.comment.resolved_at is None]
    for thread in open_:
        if thread.part:
            thread.part.open.append(thread.comment)
    return Remarks(fields, blocks, open_, [thread for thread in threads if thread not in open_])


def places(draft) -> dict[str, str]:
    """Every path that a comment on this draft may name, with its `position`."""
    found = {part.path: "" for part in _fields(draft)}
    for child in draft.body:
        if path := _path(child):
            found[path] = NOWHERE_IN if child.block_type == "paragraph" else ""
    return found


def _fields(draft) -> Iterator[Part]:
    is_story = draft.item_type == "story"
    yield Part("title", _("Tít") if is_story else _("Tên điển hình"), draft.title)
    if not is_story:
        yield Part("role", _("Là ai"), draft.role)
    yield Part("lead", _("Sa-pô"), _short(draft.lead))
    if draft.lead_picture:
        yield Part("lead_picture", _("Ảnh đại diện"), draft.lead_picture.title)
    yield Part(WHOLE, _("Cả bài"))


def _blocks(draft, payloads: Sequence[dict]) -> Iterator[Part]:
    """One part for each payload block; a picture that is gone has none (see `body_payload`)."""
    children = (
        child
        for child in draft.body
        if child.block_type != "picture" or child.value["picture"] is not None
    )
    for child, payload in zip(children, payloads, strict=True):
        yield Part(_path(child), str(child.block.label), _words(payload), [payload])


def _path(child) -> str:
    """Of a block of the body; "" for a list of figures without any."""
    if child.block_type == "figures":
        items = list(child.value.bound_blocks)
        return f"body.{child.id}.{items[0].id}.value" if items else ""
    end = STANDS_FOR.get(child.block_type)
    return f"body.{child.id}" + (f".{end}" if end else "")


def _words(payload: dict) -> str:
    if payload["type"] == "picture":
        return _short(payload["picture"]["caption"] or payload["picture"]["title"])
    return _short(body_text([payload]))


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…"


def _root(path: str) -> str:
    """The block of the body that a path is in."""
    return ".".join(path.split(".")[:2])


def _thread(comment: Comment, draft, fields: dict, blocks: dict) -> Thread:
    path = comment.contentpath
    part = fields.get(path) or blocks.get(_root(path))
    if part:
        return Thread(comment, part.label, part)
    if "." in path:
        return Thread(comment, _("Một đoạn không còn trong bài"), None)
    try:
        return Thread(comment, capfirst(str(draft._meta.get_field(path).verbose_name)), None)
    except FieldDoesNotExist:
        return Thread(comment, _("Cả bài"), None)
