"""Who is shown or told of, and what she agreed to: persons, consents, who is in which picture."""
