"""What the people of the media room tells those above it, inside the transaction of the act: a
receiver that raises undoes it, so what must follow is written down as rows, not done at once."""

from __future__ import annotations

from django.dispatch import Signal

consent_withdrawn = Signal()  # consent: a `Consent` just withdrawn; user: who recorded it
now_shown = Signal()  # depictions: `Depiction`s just written, by whichever way
merged = Signal()  # person: a `Person` into whom another record was just merged; user: who did it
