"""What is written to the log, and what may not be."""

from __future__ import annotations

import logging
import re

_KEYS = (
    re.compile(r"(/duyet-khach/|/bao-chi/xac-nhan/)[^/\s\"']+"),  # the token of a link
    re.compile(r"(/bao-chi/(?:mat-khau/[^/\s\"']+|chu-de/thoi)/)[^/\s\"']+"),
    re.compile(r"([?&]apikey=)[^&\s\"'#]+", re.IGNORECASE),  # a press key, from older clients
    re.compile(r"([?&]token=)[^&\s\"'#]+"),  # a preview link's
    re.compile(r"(\bgsdt_[0-9A-Za-z]{6})[0-9A-Za-z]+"),  # one wherever it got to, but its prefix
)


class WithoutKeys(logging.Filter):
    """Takes keys out of a line: who read them there could answer a review, or pull the press."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = shown = record.getMessage()
        for key in _KEYS:
            shown = key.sub(r"\1…", shown)
        if shown != said:
            record.msg, record.args = shown, None
        return True
