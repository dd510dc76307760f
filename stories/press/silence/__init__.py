"""A client that used to pull and has stopped; and the mails with what it would have pulled.

```mermaid
stateDiagram-v2
    [*] --> unknown: has a key
    unknown --> pulling: the first pull
    pulling --> silent: nothing for `silent_after_days`, or twice its usual gap; the board is told
    silent --> pulling: the next pull; the notice is settled
```
"""
