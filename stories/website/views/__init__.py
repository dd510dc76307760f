"""The public pages: each reads the ledger and says what it shows; `page_cache` keeps it ready."""
