"""The operations of /api/v1/ that read the ledger: `public` for anyone, `press` with a key."""
