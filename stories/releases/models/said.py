from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.models import Person
from stories.releases.models.item import Item


class SaidToName(models.Model):
    """An editor said, in a draft, that the text which is public now names or tells of someone.

    It holds for the text of just this hash: the next one passes the gate, which asks for consent.
    """

    item = models.ForeignKey(
        Item, verbose_name=_("bài"), on_delete=models.CASCADE, related_name="said_to_name"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("người"), on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(_("mã băm nội dung"), max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người ghi"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("lúc"), default=timezone.now)
    # She had said no, but the public text doesn't have her name: people look, nothing is done.
    in_doubt = models.BooleanField(_("chưa chắc"), default=False, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("người được ghi là có trong bài đang đăng")
        verbose_name_plural = _("người được ghi là có trong bài đang đăng")
        constraints = [
            models.UniqueConstraint(fields=["item", "person", "sha256"], name="said_to_name_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.person_id}"
