"""The demo content as it lies in the files beside this module."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

FOLDER = Path(__file__).parent
NAMESPACE = UUID("3f6c1e0a-5a55-5c1e-8d0e-0d0a70d0a25b")

Row = dict[str, Any]


def stories() -> list[Row]:
    return _read("stories")


def exemplars() -> list[Row]:
    return _read("exemplars")


def pictures() -> dict[str, dict[str, str]]:
    """`{"title", "caption", "credit", "alt"}` by picture key."""
    return _read("pictures")


def picture_keys(row: Row) -> list[str]:
    """The pictures of a story or exemplar, the lead picture first."""
    inside = [block["picture"] for block in row["body"] if block["type"] == "picture"]
    return list(dict.fromkeys([row["picture"], *inside]))


def uuid_of(kind: str, key: str) -> UUID:
    """The same id on every machine: `kind` is story, exemplar or picture."""
    return uuid5(NAMESPACE, f"{kind}:{key}")


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
