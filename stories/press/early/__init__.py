"""What clients with the embargo right get before its time (see `stories.releases.models.Advance`).

Everyone else's answers are made without a look in here. Rows of an answer are pairs of a number and
a text, whatever the stream: a ledger number, or below zero the number of what was sent early.
"""
