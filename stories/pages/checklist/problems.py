from __future__ import annotations

from dataclasses import dataclass

RED, AMBER = "red", "amber"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found. `code` names its kind, `field` the form field to mend it in."""

    code: str
    severity: str  # RED blocks the approval, AMBER needs a tick
    message: str  # Vietnamese: what was found and what to do
    field: str
    url: str = ""  # of the earlier story, the picture or the person that is meant, else empty
    link: str = ""  # what to call that address; for an earlier story it may be left empty

    @property
    def is_red(self) -> bool:
        return self.severity == RED


def some(values, limit: int = 3) -> str:
    """The first few, in quotation marks, for a message."""
    values = list(dict.fromkeys(values))
    more = "…" if len(values) > limit else ""
    return ", ".join(f"“{value}”" for value in values[:limit]) + more
