"""One line of an archive file: read, checked and typed, or refused with a reason to act on."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from stories.pages.models import Content, TargetGroup
from stories.pages.models.choices import ExemplarKind
from stories.releases.importing import bodies
from stories.units.models import Unit
from stories.units.selectors import AmbiguousUnit, UnitTree, UnknownUnit, fold

FIELDS = frozenset(
    {"id", "title", "lead", "body", "unit", "date", "byline", "tags", "group", "contents", "kind"}
)
LIST_FIELDS = ("tags", "contents")
LONGEST = {"id": 120, "title": 255, "byline": 120, "unit": 300}
LONGEST_TAG, MOST_TAGS = 100, 50
MAX_BYTES = 2 * 1024 * 1024
PROVINCE = "25"
FOUNDED = 1930  # no story of the Union is older than the Union
# Not allowed in XML, so in no feed: control characters but tab and line ends, and non-characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SURROGATE = re.compile("[\ud800-\udfff]")
DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class LineError(ValueError):
    """Why a line can't be taken: `field` ("" for the whole line), `why` in Vietnamese."""

    def __init__(self, why: str, *, field: str = "", source_id: str = "") -> None:
        super().__init__(why)
        self.why, self.field, self.source_id = why, field, source_id


@dataclass(frozen=True, slots=True)
class Line:
    """A story as the file tells it; `date` is None when the line has none."""

    number: int
    source_id: str
    title: str
    lead: str
    body: bodies.Body
    unit: Unit
    date: date | None
    byline: str
    tags: tuple[str, ...]
    group: TargetGroup | None
    contents: tuple[Content, ...]
    kind: str
    unknown: tuple[str, ...] = ()


@dataclass(slots=True)
class Vocabulary:
    """What names in a file may mean; loaded once a run (four queries)."""

    units: UnitTree = field(default_factory=UnitTree.load)
    groups: dict[str, TargetGroup] = field(default_factory=lambda: _terms(TargetGroup))
    contents: dict[str, Content] = field(default_factory=lambda: _terms(Content))
    kinds: dict[str, str] = field(
        default_factory=lambda: {
            fold(name): kind.value for kind in ExemplarKind for name in (kind.value, kind.label)
        }
    )


def _terms(model) -> dict[str, Any]:
    """Terms by folded code and name, each with what it belongs to (for the payload)."""
    terms = model.objects.select_related(*(["movement"] if model is Content else []))
    return {fold(name): term for term in terms for name in (term.name, term.code)}


def raw_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | LineError]]:
    """Number and bytes of each line that isn't blank; a LineError for one that can't be read.

    Never holds more than `MAX_BYTES` of a line. A compressed file that breaks off ends there.
    """
    number = 0
    try:
        while raw := stream.readline(MAX_BYTES + 1):
            number += 1
            if len(raw) > MAX_BYTES and not raw.endswith(b"\n"):
                while (rest := stream.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
                    pass
                why = _("Dòng dài quá %(limit)d MB.") % {"limit": MAX_BYTES // 1024 // 1024}
                yield number, LineError(why)
                continue
            if number == 1:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            if raw.strip():
                yield number, raw
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield number + 1, LineError(_("Tệp nén hỏng hoặc đứt từ đây, phần sau chưa đọc được."))


def parse(number: int, raw: bytes, words: Vocabulary) -> Line:
    """The line as a `Line`. Raises LineError at the first thing that is wrong with it."""
    data = _object(raw)
    source_id = _text(data, "id", required=True)
    try:
        return _line(number, source_id, data, words)
    except LineError as error:
        error.source_id = source_id
        raise


def _object(raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LineError(
            _("Không phải UTF-8 (byte thứ %(place)d).") % {"place": error.start + 1}
        ) from None
    except json.JSONDecodeError as error:
        raise LineError(_("JSON hỏng ở ký tự thứ %(place)d.") % {"place": error.pos + 1}) from None
    except (ValueError, RecursionError):
        raise LineError(_("JSON hỏng: số quá dài hoặc lồng quá sâu.")) from None
    if not isinstance(data, dict):
        raise LineError(_("Mỗi dòng phải là một đối tượng JSON {…}."))
    return data


def _line(number: int, source_id: str, data: dict[str, Any], words: Vocabulary) -> Line:
    title = " ".join(_text(data, "title", required=True).split())
    body_text = _text(data, "body", required=True)
    day = _date(_text(data, "date"))
    tags, contents = (_list(data, name) for name in LIST_FIELDS)
    body = bodies.body(body_text)
    if not body.blocks:
        raise LineError(_("Không còn chữ nào sau khi bỏ mã và ảnh."), field="body")
    return Line(
        number=number,
        source_id=source_id,
        title=title,
        lead=_text(data, "lead"),
        body=body,
        unit=_unit(_text(data, "unit"), day, words.units),
        date=day,
        byline=" ".join(_text(data, "byline").split()),
        tags=_tags(tags),
        group=_term(_text(data, "group"), "group", words.groups),
        contents=tuple(dict.fromkeys(_term(name, "contents", words.contents) for name in contents)),
        kind=_term(_text(data, "kind"), "kind", words.kinds) or "",
        unknown=tuple(data.keys() - FIELDS),
    )


def _text(data: dict[str, Any], name: str, *, required: bool = False) -> str:
    value = data.get(name)
    if value is None:
        if required:
            raise LineError(_("Thiếu trường bắt buộc."), field=name)
        return ""
    if not isinstance(value, str):
        raise LineError(_("Phải là chuỗi ký tự."), field=name)
    value = clean(value, name)
    if required and not value:
        raise LineError(_("Trường bắt buộc đang để trống."), field=name)
    limit = LONGEST.get(name)
    if limit and len(value) > limit:
        raise LineError(
            _("Dài %(length)d ký tự, nhiều nhất %(limit)d.")
            % {"length": len(value), "limit": limit},
            field=name,
        )
    return value


def clean(value: str, name: str) -> str:
    """NFC, without unprintable characters, trimmed. Raises LineError for half a character."""
    if SURROGATE.search(value):
        raise LineError(_("Có ký tự Unicode hỏng."), field=name)
    return unicodedata.normalize("NFC", UNPRINTABLE.sub("", value)).strip()


def _list(data: dict[str, Any], name: str) -> list[str]:
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise LineError(_("Phải là danh sách các chuỗi ký tự."), field=name)
    return [text for entry in value if (text := " ".join(clean(entry, name).split()))]


def _tags(names: list[str]) -> tuple[str, ...]:
    for name in names:
        if len(name) > LONGEST_TAG:
            raise LineError(
                _("Thẻ dài %(length)d ký tự, nhiều nhất %(limit)d.")
                % {"length": len(name), "limit": LONGEST_TAG},
                field="tags",
            )
    if len(names) > MOST_TAGS:
        raise LineError(
            _("Có %(count)d thẻ, nhiều nhất %(limit)d.")
            % {"count": len(names), "limit": MOST_TAGS},
            field="tags",
        )
    return tuple(dict.fromkeys(names))


def _date(text: str) -> date | None:
    """ISO (a time is left out, after a change to Viet Nam's day) or dd/mm/yyyy."""
    if not text:
        return None
    try:
        if found := DAY_FIRST.fullmatch(text):
            day = date(int(found[3]), int(found[2]), int(found[1]))
        else:
            moment = datetime.fromisoformat(text)
            day = timezone.localdate(moment) if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        raise LineError(
            _("“%(text)s” không phải ngày dạng 2026-11-20 hoặc 20/11/2026.") % {"text": text[:40]},
            field="date",
        ) from None
    if day > timezone.localdate():
        raise LineError(_("Ngày ở tương lai: %(day)s.") % {"day": f"{day:%d/%m/%Y}"}, field="date")
    if day.year < FOUNDED:
        raise LineError(
            _("Ngày trước năm %(year)d.") % {"year": FOUNDED},
            field="date",
        )
    return day


def _unit(text: str, day: date | None, tree: UnitTree) -> Unit:
    """The unit as of the story's day; the province when the line names none."""
    try:
        return tree.resolve(text or PROVINCE, day)
    except (UnknownUnit, AmbiguousUnit) as error:
        raise LineError(str(error), field="unit") from None


def _term(text: str, name: str, known: dict[str, Any]) -> Any:
    if not text:
        return None
    found = known.get(fold(text))
    if found is None:
        raise LineError(
            _("Không có “%(text)s” trong danh mục.") % {"text": text[:80]},
            field=name,
        )
    return found
