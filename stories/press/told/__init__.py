"""Corrections and withdrawals are told to each client that holds the item, and each confirms.

```mermaid
flowchart LR
  L[ledger] --> R(reader) --> C[(PressConfirmation)]
  D[(PressDelivery: who holds it)] --> R
  C --> T(telling: mails, reminders, the board)
  H[webhooks, feed] -->|seen| T
  A[API, link of the mail, admin] -->|services.confirm| C
```
"""
