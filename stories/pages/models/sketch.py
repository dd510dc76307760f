"""Sketches of the texts that went public: what a new text is compared with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextSketch(models.Model):
    """The words of an item's last public text, in 512 bytes (see `checklist.similar`).

    Rows stay when their item is withdrawn, until its content is purged: its text shouldn't come
    back under another name. The order of `pk` is the order of first publication.
    """

    uuid = models.UUIDField(_("bài"), unique=True)
    type = models.CharField(_("loại"), max_length=10)
    title = models.CharField(_("tít"), max_length=255)
    sketch = models.BinaryField(_("phác họa"))

    class Meta:
        verbose_name = _("phác họa bài")
        verbose_name_plural = _("phác họa bài")

    def __str__(self) -> str:
        return self.title


class TextBand(models.Model):
    """Texts that share a band are likely alike: the way from a new text to the few to compare."""

    value = models.BigIntegerField(_("dải"), db_index=True)
    text = models.ForeignKey(
        TextSketch, verbose_name=_("phác họa"), on_delete=models.CASCADE, related_name="bands"
    )

    class Meta:
        verbose_name = _("dải của phác họa")
        verbose_name_plural = _("dải của phác họa")

    def __str__(self) -> str:
        return f"{self.value} {self.text_id}"
