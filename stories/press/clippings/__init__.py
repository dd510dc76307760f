"""Where clients published what they took: written down, looked at when a person asks, chased."""
