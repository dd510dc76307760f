"""Webhooks: press clients are woken up when something was released; the feed is the truth.

```mermaid
flowchart LR
  L[ledger] -->|own offset each hook| R(reader) --> E[(PressHookEvent)] --> D(delivery)
  D -->|signed, small JSON without any text| C[client] -->|its key| F[feed]
```
"""
