"""The one text form of data that is hashed: by approvals, releases and the audit trail alike."""

from __future__ import annotations

import json


def canonical(data: dict) -> str:
    """Compact JSON with sorted keys: the same data always gives the same text."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
