"""Sent after a release is committed. A wake-up call only: a reader keeps its own offset, because a
signal can be lost and the ledger can't."""

from __future__ import annotations

from django.dispatch import Signal

released = Signal()  # seq: the release's place in the ledger
sent_early = Signal()  # seq: of the `Advance`; committed, as above
