"""Notices: the one way by which the house tells its people something, in the admin and by mail.

`services.tell` writes a row for each person in the transaction of the event, so what is rolled back
is told to nobody; mails go out after the commit (`delivery`), as each person chose (`kinds.Mode`).

```mermaid
stateDiagram-v2
    [*] --> pending: tell
    [*] --> skipped: tell, no address or account off
    pending --> sent
    pending --> pending: the server didn't take it, later again
    pending --> skipped: read already, or no mails wanted
    pending --> failed: the address is refused, or a week is over
```
"""
