"""The press room at `/bao-chi/`: what reporters see and take, without a key and without code.

```mermaid
flowchart LR
  P[reporter] -->|e-mail, password| A(access) --> V(views)
  L[(ledger)] --> E(entitlements of her newsroom) --> V
  V -->|what she read, copied, downloaded| D[(PressDelivery, PressDownload)]
  L --> T(alerts of saved topics) -->|mail with headlines| P
```
"""
