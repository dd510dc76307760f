"""Approved texts sent to the press before their time, and taken back (see `models.advance`).

`settle` compares what is sent with what may be sent, and writes the difference: whatever changes a
schedule, an approval, a consent or a picture only has to call it, and what calls nobody is noticed
by the next `publish_scheduled`.
"""
