"""The one query model: what the web archive, the public API and every engine are asked."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from search.text import tidy

FACETS: Final = ("unit", "group", "content", "kind", "tag", "year", "column")
KINDS: Final = ("individual", "collective", "model", "practice")
COLUMNS: Final = ("phu-nu-dat-to", "dien-hinh")
SORTS: Final = ("relevance", "newest", "oldest")
MAX_LIMIT: Final = 100
MAX_VALUES: Final = 20
MAX_POSITION: Final = 10_000_000
# What is longer than any headline is cut, not refused: people paste whole paragraphs.
MAX_QUESTION: Final = 400
_CODE = re.compile(r"[\w.-]{1,64}", re.ASCII)
_DIGITS = re.compile(r"[0-9]{1,4}", re.ASCII)


class QueryError(ValueError):
    """A parameter that cannot be answered.

    `field` names the parameter, `code` the reason (unknown, invalid, unknown_value, repeated,
    too_many, cursor), `message` says it in Vietnamese.
    """

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.code = code
        self.message = message


class Position(NamedTuple):
    """A place in a list of results, such that any engine can go on from another's.

    `shown` entries came before it; `key` is the last one's day << 40 | seq (see
    `search.documents.Document.key`), `score` what the engine that made it wants to remember.
    """

    shown: int
    key: int = 0
    score: int = 0


@dataclass(frozen=True, slots=True)
class ArchiveQuery:
    """A question to the archive. Several values of one facet mean any of them; facets mean all."""

    q: str = ""
    unit: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    sort: str = "relevance"
    cursor: str = ""
    limit: int = 20

    def __post_init__(self) -> None:
        object.__setattr__(self, "q", tidy(self.q[: MAX_QUESTION * 4])[:MAX_QUESTION].strip())
        # One order, in whatever order they were chosen: the same question has the same address.
        for name in FACETS:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values of each facet that has any."""
        return {name: values for name in FACETS if (values := getattr(self, name))}

    def to_params(self) -> list[tuple[str, str]]:
        """The shortest parameters that `parse` reads back to an equal query, in a fixed order."""
        params = [("q", self.q)] if self.q else []
        params += [(name, value) for name in FACETS for value in getattr(self, name)]
        if self.sort != "relevance":
            params.append(("sort", self.sort))
        if self.limit != 20:
            params.append(("limit", str(self.limit)))
        if self.cursor:
            params.append(("cursor", self.cursor))
        return params

    def toggled(self, facet: str, value: str) -> ArchiveQuery:
        """The same question with one facet value added or taken away, from its first page."""
        values = getattr(self, facet)
        changed = tuple(v for v in values if v != value) if value in values else (*values, value)
        changes: dict[str, Any] = {facet: changed}
        return replace(self, cursor="", **changes)

    def asking(self, q: str) -> ArchiveQuery:
        """The same filters with other words, from the first page."""
        return replace(self, q=q, cursor="")

    @property
    def by_date(self) -> bool:
        """Whether dates alone say the order: where chosen, or where there are no words to rank."""
        return self.sort != "relevance" or not self.q

    def at(self, position: Position) -> str:
        """The cursor of a place in this query's results."""
        packed = json.dumps([self._fingerprint(), *position], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    def position(self) -> Position | None:
        """The place that the cursor names, or None on the first page.

        Raises QueryError where the cursor is damaged or belongs to another query.
        """
        if not self.cursor:
            return None
        try:
            raw = base64.b64decode(
                self.cursor.encode("ascii") + b"=" * (-len(self.cursor) % 4), b"-_", validate=True
            )
            fingerprint, *position = json.loads(raw)
        except (binascii.Error, ValueError, TypeError, RecursionError):
            raise _wrong_cursor() from None
        if fingerprint != self._fingerprint() or len(position) != len(Position._fields):
            raise _wrong_cursor()
        if any(type(part) is not int or not 0 <= part < 2**63 for part in position):
            raise _wrong_cursor()
        return Position(*position)

    def _fingerprint(self) -> str:
        asked = json.dumps(
            [self.q, {name: sorted(values) for name, values in self.filters.items()}, self.sort],
            ensure_ascii=True,
            sort_keys=True,
        )
        return hashlib.blake2b(asked.encode(), digest_size=6).hexdigest()


def _wrong_cursor() -> QueryError:
    return QueryError("cursor", "cursor", _("Con trỏ trang không thuộc lượt tìm này."))


def _code(field: str, value: str) -> str:
    if not _CODE.fullmatch(value):
        raise QueryError(field, "invalid", _("Mã không hợp lệ."))
    return value


def _kind(field: str, value: str) -> str:
    if value not in KINDS:
        raise QueryError(field, "invalid", _("Loại điển hình không hợp lệ."))
    return value


def _column(field: str, value: str) -> str:
    if value not in COLUMNS:
        raise QueryError(field, "invalid", _("Chuyên mục không hợp lệ."))
    return value


def _tag(field: str, value: str) -> str:
    value = tidy(value[:400]).strip()
    if not 0 < len(value) <= 100:
        raise QueryError(field, "invalid", _("Thẻ không hợp lệ."))
    return value


def _year(field: str, value: str) -> str:
    if not _DIGITS.fullmatch(value) or not 1900 <= int(value) <= 2200:
        raise QueryError(field, "invalid", _("Năm phải là số có bốn chữ số."))
    return value


def _sort(field: str, value: str) -> str:
    if value not in SORTS:
        raise QueryError(field, "invalid", _("Cách xếp phải là relevance, newest hoặc oldest."))
    return value


def _limit(field: str, value: str) -> int:
    if not _DIGITS.fullmatch(value) or not 1 <= int(value) <= MAX_LIMIT:
        raise QueryError(field, "invalid", _("Số kết quả mỗi trang phải từ 1 đến 100."))
    return int(value)


def _as_is(field: str, value: str) -> str:
    return value


_MANY: Final[dict[str, Callable[[str, str], str]]] = {
    "unit": _code,
    "group": _code,
    "content": _code,
    "kind": _kind,
    "tag": _tag,
    "year": _year,
    "column": _column,
}
_ONE: Final[dict[str, Callable[[str, str], Any]]] = {
    "q": _as_is,
    "sort": _sort,
    "cursor": _as_is,
    "limit": _limit,
}


def own(params: QueryDict) -> QueryDict:
    """What `parse` knows of them: shared links bring a tracker's own along (`fbclid`, `zarsrc`)."""
    kept = params.copy()
    for field in [field for field in kept if field not in _MANY and field not in _ONE]:
        del kept[field]
    return kept


def parse(params: QueryDict) -> ArchiveQuery:
    """Read a query string. An empty value is as good as none (forms send them).

    Raises QueryError for an unknown parameter, a bad value, one given twice that may be given once,
    or a cursor of another query.
    """
    given: dict[str, Any] = {}
    for field, raw in params.lists():
        values = [value for value in raw if value.strip() or field == "q"]
        if field in _MANY:
            if len(values) > MAX_VALUES:
                raise QueryError(field, "too_many", _("Chọn nhiều nhất 20 giá trị."))
            given[field] = tuple(dict.fromkeys(_MANY[field](field, value) for value in values))
        elif field in _ONE:
            if len(values) > 1:
                raise QueryError(field, "repeated", _("Tham số này chỉ được dùng một lần."))
            if values:
                given[field] = _ONE[field](field, values[0])
        else:
            raise QueryError(field[:80], "unknown", _("Tham số không có trong danh mục."))
    query = ArchiveQuery(**given)
    query.position()
    return query
