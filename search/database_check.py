"""An engine that keeps its index in the main database needs the right database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connection
from django.utils.translation import gettext as _


def engine_fits_database(**kwargs: Any) -> list[CheckMessage]:
    """The PostgreSQL engine keeps its index in the main database."""
    if settings.ARCHIVE_ENGINE != "postgresql" or connection.vendor == "postgresql":
        return []
    return [
        Error(
            _(
                "ARCHIVE_ENGINE=postgresql chỉ dùng được khi cơ sở dữ liệu chính là PostgreSQL,"
                " còn DATABASE_URL đang chỉ tới %(vendor)s."
            )
            % {"vendor": connection.display_name},
            hint=_(
                "Hãy đặt DATABASE_URL=postgres://… hoặc bỏ ARCHIVE_ENGINE"
                " để dùng chỉ mục đi kèm (embedded)."
            ),
            id="search.E005",
        )
    ]
