"""A list of results to take along, as CSV or for Excel: what is public now, never a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import IO, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import spreadsheets
from search.answering import answered
from search.query import ArchiveQuery
from stories.releases.models import Item

MOST: Final = 10_000
AT_ONCE: Final = 500
# Heading, and about how many letters wide.
COLUMNS: Final = (
    (gettext_lazy("Tiêu đề"), 60),
    (gettext_lazy("Đơn vị"), 28),
    (gettext_lazy("Ngày"), 12),
    (gettext_lazy("Loại điển hình"), 18),
    (gettext_lazy("Nhóm đối tượng"), 24),
    (gettext_lazy("Nội dung thi đua"), 36),
    (gettext_lazy("Thẻ"), 36),
    (gettext_lazy("Địa chỉ"), 60),
    (gettext_lazy("Mã"), 38),
    (gettext_lazy("Phiên bản"), 10),
)
Row = list[str | int | dt.date]


def rows(query: ArchiveQuery) -> Iterator[Row]:
    """The results in their order, each once, at most MOST. Raises QueryError and EngineError."""
    query = replace(query, cursor="", limit=AT_ONCE)
    seen: set[str] = set()
    while True:
        asked = query
        results = answered(lambda engine: engine.search(asked))  # noqa: B023 - asked at once
        uuids = [hit.uuid for hit in results.hits if hit.uuid not in seen]
        items = {str(i.pk): i for i in Item.objects.public().filter(uuid__in=uuids)}
        for uuid in uuids:
            if len(seen) == MOST:
                return
            if uuid in items:
                seen.add(uuid)
                yield _row(items[uuid])
        if not results.next:
            return
        query = replace(query, cursor=results.next)


def _row(item: Item) -> Row:
    data = item.current.data
    return [
        data["title"],
        _name(data.get("unit")),
        item.date,
        _name(data.get("exemplar_kind")),
        _name(data.get("group")),
        "; ".join(content["name"] for content in data.get("contents") or ()),
        "; ".join(data.get("tags") or ()),
        settings.PUBLIC_BASE_URL + item.path,
        str(item.uuid),
        item.version,
    ]


def _name(term: dict[str, Any] | None) -> str:
    return (term or {}).get("name", "")


def as_csv(found: Iterable[Row]) -> Iterator[str]:
    return spreadsheets.as_csv(COLUMNS, found)


def as_xlsx(found: Iterable[Row]) -> IO[bytes]:
    return spreadsheets.as_xlsx(_("Kho lưu trữ"), COLUMNS, found)
