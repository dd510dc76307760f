"""Taking things from the public, to the last copy: what goes, the steps, the record, the purge.

```mermaid
flowchart LR
  C[consent withdrawn] --> A(affected) --> W
  P[a page withdrawn] --> W(services.withdraw_item) --> L[ledger: gone at once]
  W --> R(records: takedown, steps) -->|on commit, then by cron| S(carry_out)
  S --> K[storage, index, caches, feeds, corrected drafts]
  L --> F(less: others forget the name)
```
Whatever can fail outside the database is a step, done after the commit and again until it is done.
Other rooms add steps with `steps.register`.
"""
