"""The audit trail: who did what when, each entry chained to the one before it by its hash."""
