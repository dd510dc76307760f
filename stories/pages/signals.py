"""What the pages room tells those above it. All are sent inside the transaction that changes the
page, so that a receiver that raises undoes the change."""

from __future__ import annotations

from django.dispatch import Signal

going_public = Signal()  # pages: a list of `Approved`, live pages being saved with exactly that
gone_private = Signal()  # page, withdrawal: a live page was unpublished or deleted
draft_saved = Signal()  # page, as it was saved in a revision
schedule_changed = Signal()  # uuid: of a page whose time of publication was set, changed, ended
round_of_publishing = Signal()  # `publish_scheduled` begins; not inside a transaction
