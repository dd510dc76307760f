"""Whose figures an item counts among: a small table read off the ledger, for the reports' SQL."""

from __future__ import annotations

from django.db import models


class ItemUnit(models.Model):
    """The unit of an item; a picture's is that of the first story or exemplar that shows it.

    It outlives page and content: what was withdrawn and purged stays counted.
    """

    item = models.OneToOneField(
        "releases.Item", on_delete=models.CASCADE, primary_key=True, related_name="press_unit"
    )
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.item_id}: {self.unit_id}"


class ItemUnitOffset(models.Model):
    """How far the ledger has been read: one row."""

    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)
