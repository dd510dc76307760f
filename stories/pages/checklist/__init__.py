"""What stands in the way of publishing a page: asked by the gate, shown on the review screen.

```mermaid
flowchart LR
  P(page) --> C[completeness] & K[consent] & D[personal data] & S[similar stories] --> L{problems}
  L -->|red| B[blocks the approval]
  L -->|amber| T[needs the approver's tick]
```
Each rule takes the page and its `content()` and yields problems. Consent is asked once more when
the page goes live: what was agreed when it was approved may be taken back by then.
"""

from __future__ import annotations

from stories.pages.checklist import completeness, consent, personal, similar
from stories.pages.checklist.problems import AMBER, RED, Problem
from stories.pages.content import content

__all__ = ["AMBER", "RED", "Problem", "publication_problems"]

RULES = (completeness.problems, consent.problems, personal.problems, similar.problems)


def publication_problems(page) -> list[Problem]:
    """Everything that the checklist finds in this text of the page, red first.

    `page` is a `ModeratedPage` or a revision's object. Codes are unique within the list.
    """
    data = content(page)
    found = [problem for rule in RULES for problem in rule(page, data)]
    return sorted(found, key=lambda problem: problem.severity != RED)
