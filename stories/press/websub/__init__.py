"""The hub of the column's open feeds (https://www.w3.org/TR/websub/): readers needn't poll.

```mermaid
sequenceDiagram
    reader->>hub: POST /websub/ subscribe, callback, topic
    hub-->>reader: 202
    hub->>reader: GET callback with a challenge (by the next round)
    reader-->>hub: the challenge: it was meant
    ledger->>hub: a release changed the column
    hub->>reader: POST the feed as it is now, signed
```
What is sent is always the feed of that moment, so nothing withdrawn goes out by a late try.
"""
