"""Wrong settings of the archive are told when a command or the server starts, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connection
from django.utils.translation import gettext as _

from search.engines import ENGINES

# What Elasticsearch takes as a name, and room for the number behind it.
_INDEX: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,199}")


def archive(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Errors `search.E001` (engine), `E002` (address), `E003` (index), `E004` (key) and `E005`
    (database of the PostgreSQL engine).
    """
    if settings.ARCHIVE_ENGINE not in ENGINES:
        said = _("ARCHIVE_ENGINE=%(value)r: hãy chọn một trong: %(known)s.")
        known = ", ".join(sorted(ENGINES))
        return [_error("E001", said, value=settings.ARCHIVE_ENGINE, known=known)]
    wrong = {"elasticsearch": _elasticsearch, "postgresql": _postgresql}
    return list(wrong.get(settings.ARCHIVE_ENGINE, tuple)())


def _elasticsearch() -> Iterator[CheckMessage]:
    if not settings.ELASTICSEARCH_URL:
        yield _error("E002", _("Thiếu ELASTICSEARCH_URL: địa chỉ máy chủ Elasticsearch."))
    signed = False
    for url in settings.ELASTICSEARCH_URL:
        try:
            parts = urlsplit(url)
            right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
            plain = not parts.path.strip("/") and not parts.query and not parts.fragment
            signed = signed or parts.username is not None
            address = f"{parts.scheme}://{parts.hostname}"
        except ValueError:
            right = plain = False
            address = "…"
        if not right or not plain:
            # The address itself may hold a password.
            said = _(
                "ELASTICSEARCH_URL (%(address)s): địa chỉ phải có dạng"
                " http://máy-chủ:9200 hoặc https://tên:mật-khẩu@máy-chủ:9200;"
                " nhiều địa chỉ cách nhau bằng dấu phẩy."
            )
            yield _error("E002", said, address=address)
    if not _INDEX.fullmatch(settings.ELASTICSEARCH_INDEX):
        said = _(
            "ELASTICSEARCH_INDEX=%(value)r: chỉ dùng chữ thường không dấu, chữ số,"
            " dấu chấm, gạch nối và gạch dưới; bắt đầu bằng chữ hoặc số."
        )
        yield _error("E003", said, value=settings.ELASTICSEARCH_INDEX)
    if signed and settings.ELASTICSEARCH_API_KEY:
        said = _(
            "Chỉ dùng một cách xác thực: mật khẩu trong ELASTICSEARCH_URL"
            " hoặc ELASTICSEARCH_API_KEY."
        )
        yield _error("E004", said)


def _postgresql() -> Iterator[CheckMessage]:
    """Its index is kept in the main database."""
    if connection.vendor != "postgresql":
        said = _(
            "ARCHIVE_ENGINE=postgresql chỉ dùng được khi cơ sở dữ liệu chính là PostgreSQL, còn"
            " DATABASE_URL đang chỉ tới %(vendor)s. Hãy đặt DATABASE_URL=postgres://… hoặc bỏ"
            " ARCHIVE_ENGINE để dùng chỉ mục đi kèm (embedded)."
        )
        yield _error("E005", said, vendor=connection.display_name)


def _error(code: str, said: str, **values: Any) -> Error:
    return Error(said % values if values else said, id=f"search.{code}")
