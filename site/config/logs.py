"""What is written to the log, and what may not be."""

from __future__ import annotations

import logging
import re

_KEY = re.compile(r"(/duyet-khach/|/bao-chi/xac-nhan/)[^/\s\"']+")


class WithoutKeys(logging.Filter):
    """Takes the token of a link (to review, to confirm) out of a line: it is the link's key."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if _KEY.search(said):
            record.msg, record.args = _KEY.sub(r"\1…", said), None
        return True
