"""Archive files for tests: lines with sensible defaults, and one way to import them."""

from __future__ import annotations

import io
import json
from typing import Any

from stories.releases.importing.run import BadLine, Summary, run
from stories.releases.models import Item

BODY = "Chị Lan dạy nghề cho hai mươi chị em.\nNăm 2019, tổ có thêm tám người."


def line(source_id: str = "bai-1", **changes: Any) -> dict[str, Any]:
    """A good line; a change to None leaves the field out."""
    fields = {"id": source_id, "title": f"Chị Lan giữ nghề nón lá {source_id}", "body": BODY}
    return {name: value for name, value in (fields | changes).items() if value is not None}


def stream(*lines: dict[str, Any] | bytes | str) -> io.BytesIO:
    """The lines as a file; bytes and strings go in as they are."""
    raw = (
        entry
        if isinstance(entry, bytes)
        else (entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False)).encode()
        for entry in lines
    )
    return io.BytesIO(b"\n".join(raw) + b"\n")


def load(
    user, *lines: dict[str, Any] | bytes | str, **options: Any
) -> tuple[Summary, list[BadLine]]:
    bad: list[BadLine] = []
    summary = run(stream(*lines), user=user, on_bad=bad.append, **options)
    return summary, bad


def released(source_id: str = "bai-1") -> dict[str, Any]:
    """The current payload of what was imported under this id."""
    return Item.objects.select_related("current").get(source_id=source_id).current.data
