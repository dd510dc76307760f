"""By what a public story can be filtered: a small table read off the ledger.

The ledger's payload is text, so the lists of the API keep one row an item with its codes. It is
a reader like any other: it has its own offset, and can be emptied and read again at any time.
"""

from __future__ import annotations

from django.db import models


class CatalogueEntry(models.Model):
    """A public story or exemplar: its day and its codes, as words ` unit:08494 tag:nón_lá `."""

    item = models.OneToOneField(
        "releases.Item", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    type = models.CharField(max_length=10)
    date = models.DateField()
    terms = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["type", "-date", "-item"], name="catalogue_type_date")]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.terms}"


class CatalogueFact(models.Model):
    """What was true of an item by one release: words of hashes, kept when content is purged.

    `item` is the story or exemplar, or a picture in it; `since` the ledger number from which on it
    counts. No foreign key: ledger rows never go, and this table may be read again at any time.
    """

    item = models.UUIDField()
    release = models.BigIntegerField()
    since = models.BigIntegerField()
    terms = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "release"], name="catalogue_fact_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}@{self.release}"


class CatalogueOffset(models.Model):
    """How far the ledger has been read: one row."""

    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)
