"""What a draft changes of the text that is public: word by word, and picture by picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.moderation.models import Approval
from stories.pages.blocks import TAG, body_text
from stories.pages.content import content, sha256

SAME, INSERTED, DELETED = "same", "ins", "del"
_TOKEN = re.compile(r"\n|\w+[^\S\n]*|[^\w\n][^\S\n]*")
_LINK = re.compile(r'<a [^<>]*href="([^"]*)"[^<>]*>(.*?)</a>', re.DOTALL)
TOO_LONG = 4_000_000  # pairs of words: beyond, a part is shown as replaced whole


@dataclass(frozen=True, slots=True)
class Piece:
    kind: str  # SAME, INSERTED or DELETED
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A part of the page that changed; `pieces` in reading order, a newline between paragraphs."""

    label: str
    pieces: list[Piece]
    note: str = ""  # where no word changed: what did


@dataclass(frozen=True, slots=True)
class PictureChange:
    """`kind` is "added", "removed" or "changed"; `texts` are the changed texts of a picture."""

    kind: str
    title: str
    texts: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Differences:
    texts: list[Change]
    pictures: list[PictureChange]
    outside: bool  # something the page refers to (a picture's texts, a name) changed by itself

    def __bool__(self) -> bool:
        return bool(self.texts or self.pictures or self.outside)


def differences(page, data: dict | None = None) -> Differences | None:
    """What `page` (a revision's object) changes of its public version; None if it isn't public.

    `data` is the page's `content()`, if at hand. Texts of pictures are compared as they are in the
    library today, so a change there alone shows as `outside`.
    """
    if not page.live or page.live_revision is None:
        return None
    public = page.live_revision.as_object()
    old, new = content(public), data or content(page)
    approved = Approval.objects.filter(item=page.uuid, sha256=sha256(old)).exists()
    return Differences([*_texts(public, old, page, new)], [*_pictures(old, new)], not approved)


def words(old: str, new: str) -> list[Piece]:
    """The two texts as one, by words and marks; spelling forms of Unicode don't count."""
    a, b = _tokens(old), _tokens(new)
    if len(a) * len(b) > TOO_LONG:
        return [Piece(DELETED, old), Piece(INSERTED, new)]
    marked: list[tuple[str, str]] = []  # (kind, word)
    keys = [[token.rstrip(" ") for token in tokens] for tokens in (a, b)]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs = zip(a[i1:i2], b[j1:j2], strict=True)
            marked += [(SAME, now if now.endswith(" ") else was) for was, now in pairs]
        else:
            marked += [(DELETED, token) for token in a[i1:i2]]
            marked += [(INSERTED, token) for token in b[j1:j2]]
    runs = groupby(_by_paragraph(marked), key=itemgetter(0))
    return [Piece(kind, "".join(token for _kind, token in run)) for kind, run in runs]


def _by_paragraph(marked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """An added or deleted paragraph as one, not from the middle of a sentence to the next.

    Of “A. / B. / C.” against “A. / C.” both “. / B” and “B. /” are what was added: a run is moved
    along to the end of a paragraph where the words allow it.
    """
    start = 0
    while start < len(marked):
        kind, end = marked[start][0], start + 1
        while end < len(marked) and marked[end][0] == kind:
            end += 1
        alone = start == 0 or marked[start - 1][0] == SAME
        way = _way_to_end(marked, start, end) if kind != SAME and alone else 0
        for step in range(way):
            marked[start + step] = (SAME, marked[start + step][1])
            marked[end + step] = (kind, marked[end + step][1])
        start = end + way
    return marked


def _way_to_end(marked: list[tuple[str, str]], start: int, end: int) -> int:
    """How many words on the run from `start` to `end` would end a paragraph; 0 if it can't."""
    way = 0
    while marked[end + way - 1][1] != "\n":
        if end + way == len(marked) or marked[end + way][0] != SAME:
            return 0
        if marked[start + way][1].rstrip(" ") != marked[end + way][1].rstrip(" "):
            return 0
        way += 1
    return way


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def _texts(public, old: dict, page, new: dict) -> Iterator[Change]:
    for name, label in (("title", _("Tít")), ("lead", _("Sa-pô"))):
        if old[name] != new[name]:
            yield Change(label, words(old[name], new[name]))
    yield from _body(_blocks(old), _blocks(new))
    before, after = _facts(public, old), _facts(page, new)
    for label in before:
        if before[label] != after[label]:
            yield Change(label, words(before[label], after[label]))


def _body(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[Change]:
    """Each run of blocks that changed, as one; blocks are pairs of raw form and readable text."""
    matcher = SequenceMatcher(None, [raw for raw, _t in old], [raw for raw, _t in new], False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        before, after = (
            "\n".join(text for _raw, text in part) for part in (old[i1:i2], new[j1:j2])
        )
        if i2 == i1 + 1 or j2 == j1 + 1:
            where = _("Nội dung, phần %(number)d") % {"number": j1 + 1}
        else:
            where = _("Nội dung, từ phần %(number)d") % {"number": j1 + 1}
        if before == after:
            yield Change(where, [Piece(SAME, after)], _("Chỉ đổi cách trình bày, không đổi chữ."))
        else:
            yield Change(where, words(before, after))


def _blocks(data: dict) -> list[tuple[str, str]]:
    titles = {picture["uuid"]: picture["title"] for picture in data["pictures"]}
    return [(repr(sorted(block.items())), _readable(block, titles)) for block in data["body"]]


def _readable(block: dict, titles: dict[str, str]) -> str:
    """A block as words, with what plain text leaves out: where links lead, which picture."""
    match block["type"]:
        case "paragraph":
            html = _LINK.sub(lambda link: f"{TAG.sub('', link[2])} [{link[1]}]", block["html"])
            return body_text([block | {"html": html}])
        case "picture":
            return _("[Ảnh: %(title)s]") % {"title": titles.get(block["picture"], "")}
        case "video":
            return f"{block['title']} [{block['url']}]"
    return body_text([block])


def _facts(page, data: dict) -> dict[str, str]:
    """Everything else that is approved with the text, by its name for people."""

    def names(key: str) -> str:
        return ", ".join(term["name"] for term in data[key])

    facts = {
        _("Tác giả"): data["byline"],
        _("Ngày"): date_format(page.date, "d/m/Y") if page.date else "",
        _("Đơn vị"): data["unit"]["name"],
        _("Nhóm đối tượng"): data["group"]["name"] if data["group"] else "",
        _("Nội dung thi đua"): names("contents"),
        _("Cuộc vận động"): names("campaigns"),
        _("Loại"): data["exemplar_kind"]["name"] if data["exemplar_kind"] else "",
        _("Thẻ"): ", ".join(data["tags"]),
        _("Nội dung đính chính"): data["note"],
        _("Ảnh đại diện"): page.lead_picture.title if page.lead_picture else "",
        _("Người được nêu trong bài"): ", ".join(str(one) for one in page.named_people.all()),
    }
    if data["type"] == "story":
        told = (str(told.exemplar) for told in page.told_exemplars.all())
        return facts | {_("Điển hình được kể"): ", ".join(told)}
    awards = (
        f"{award['title']} ({award['year']})" + _award_source(award) for award in data["awards"]
    )
    return facts | {
        _("Là người nào"): str(page.person or ""),
        _("Là ai"): data["role"],
        _("Người lao động trực tiếp"): _("có") if data["direct_labour"] else _("không"),
        _("Khâu"): data["stage"]["name"],
        _("Khen thưởng"): "\n".join(awards),
    }


def _award_source(award: dict) -> str:
    parts = [part for part in (award["decision_number"], award["awarded_by"]) if part]
    return f", {', '.join(parts)}" if parts else ""


def _said(picture: dict, name: str) -> str:
    said = picture.get(name, "")
    return said if isinstance(said, str) else ", ".join(said)


def _pictures(old: dict, new: dict) -> Iterator[PictureChange]:
    before = {picture["uuid"]: picture for picture in old["pictures"]}
    after = {picture["uuid"]: picture for picture in new["pictures"]}
    for uuid, picture in after.items():
        if uuid not in before:
            yield PictureChange("added", picture["title"])
            continue
        labels = {
            "caption": _("Chú thích"),
            "persons": _("Người trong ảnh, từ trái sang phải"),
            "credit": _("Tác giả ảnh"),
            "rights_holder": _("Chủ sở hữu bản quyền"),
            "place": _("Nơi chụp"),
            "taken_on": _("Ngày chụp"),
        }
        old_and_new = ((_said(before[uuid], name), _said(picture, name)) for name in labels)
        texts = [
            Change(label, words(one, other))
            for label, (one, other) in zip(labels.values(), old_and_new, strict=True)
            if one != other
        ]
        if texts:
            yield PictureChange("changed", picture["title"], texts)
    for uuid, picture in before.items():
        if uuid not in after:
            yield PictureChange("removed", picture["title"])
