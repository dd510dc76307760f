"""The archive: one query model, engines behind one small port, one reader of the ledger."""
