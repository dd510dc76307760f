"""What was sent to the press before its time: an append-only table beside the ledger.

The ledger means "public"; what is approved and waits for its go-live moment isn't in it. Its text
goes, marked with that moment, to clients with the embargo right, from here:

```mermaid
stateDiagram-v2
    [*] --> usable: approved, with a time of publication to come
    usable --> correction: another time, another approved text, fewer purposes
    correction --> correction
    usable --> withheld: approval void, time taken back, a yes taken back
    correction --> withheld
    withheld --> usable: approved for a time again
    usable --> canceled: the page is deleted, the picture was withdrawn
    correction --> canceled
    withheld --> canceled
    usable --> released: published, in the ledger
    correction --> released
    withheld --> released
    released --> [*]
    canceled --> [*]
```
`released` is no row: it is the item in the ledger, whose first version there follows the last one
here. So one item has one count of versions, (uuid, version) stays the key by which clients know
what they had, and what is public is always newer than what was sent early.

Only what was never public is sent early. A correction of a public text that waits for its time is
not: clients hold one text under one id, and the one that they may print must stay it.

What may come again is withheld, as in the ledger: a canceled item never becomes usable under its
id, and clients that were told to kill it would refuse the publication.
"""

from __future__ import annotations

import json
from functools import cached_property
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.moments import moment
from stories.moderation.models import Approval
from stories.releases.models.item import Item
from stories.releases.models.release import Release


class AdvanceQuerySet(models.QuerySet["Advance"]):
    def update(self, **kwargs):
        raise PermissionDenied(_("Sổ gửi trước chỉ ghi thêm, không sửa."))

    def delete(self):
        raise PermissionDenied(_("Sổ gửi trước chỉ ghi thêm, không xóa."))

    def newest(self) -> AdvanceQuerySet:
        """Of each item the newest row, but for what is in the ledger by now."""
        later = Advance.objects.filter(item=OuterRef("item"), seq__gt=OuterRef("seq"))
        released = Item.objects.filter(pk=OuterRef("item"))
        return self.filter(~Exists(later), ~Exists(released))

    def standing(self) -> AdvanceQuerySet:
        """What clients with the right may have now."""
        return self.newest().filter(kind__in=Release.PUBLIC)

    def texts(self) -> AdvanceQuerySet:
        return self.exclude(type=Item.Type.PICTURE)


class Advance(models.Model):
    """One sending. `embargoed_until` is the go-live moment, in whole seconds; `item` is the uuid
    of the page or picture, which has no `Item` yet."""

    Kind = Release.Kind

    seq = models.BigIntegerField(_("số thứ tự"), primary_key=True)
    item = models.UUIDField(_("bài, ảnh"), db_index=True)
    type = models.CharField(_("loại"), max_length=10, choices=Item.Type.choices)
    version = models.PositiveIntegerField(_("phiên bản"))
    kind = models.CharField(_("hình thức"), max_length=12, choices=Release.Kind.choices)
    released_at = models.DateTimeField(_("gửi lúc"))
    embargoed_until = models.DateTimeField(_("giờ công bố"))
    payload = models.TextField(_("nội dung"))
    sha256 = models.CharField(_("mã băm nội dung đã duyệt"), max_length=64)
    approval = models.ForeignKey(
        Approval,
        verbose_name=_("phê duyệt"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    takedown = models.ForeignKey(
        "releases.Takedown",
        verbose_name=_("lần thu hồi"),
        null=True,
        on_delete=models.PROTECT,
        related_name="advances",
    )
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    reason = models.CharField(
        _("loại thu hồi"), max_length=12, choices=Release.Reason.choices, blank=True
    )

    objects = AdvanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bài gửi trước")
        verbose_name_plural = _("bài gửi trước")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="advance_item_version"),
            models.CheckConstraint(
                condition=Q(kind__in=["withheld", "canceled"]) | Q(approval__isnull=False),
                name="advance_usable_has_approval",
            ),
        ]

    def __str__(self) -> str:
        return _("%(type)s %(uuid)s…, bản %(n)d") % {
            "type": self.get_type_display(),
            "uuid": str(self.item)[:8],
            "n": self.version,
        }

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise PermissionDenied(_("Sổ gửi trước chỉ ghi thêm, không sửa."))
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args, **kwargs):
        raise PermissionDenied(_("Sổ gửi trước chỉ ghi thêm, không xóa."))

    @property
    def item_id(self) -> UUID:
        """As of a `Release`."""
        return self.item

    @property
    def is_standing(self) -> bool:
        """Not taken back; whether it is the newest the caller knows."""
        return self.kind in Release.PUBLIC

    @property
    def title(self) -> str:
        return self.data["title"]

    @admin.display(description=_("tít"))
    def headline(self) -> str:
        """For staff: of what was taken back the title that it had (until it is purged)."""
        if self.is_standing:
            return self.title
        sent = Advance.objects.filter(item=self.item, kind__in=Release.PUBLIC)
        return sent.order_by("-seq").first().title

    @admin.display(description=_("tình trạng"))
    def status(self) -> str:
        if self.kind == Release.Kind.CANCELED:
            return str(_("đã hủy hẳn"))
        return str(_("đã gửi, chờ giờ") if self.is_standing else _("đã thu lại"))

    @admin.display(description=_("giờ công bố"))
    def until(self) -> str:
        return moment(self.embargoed_until)

    @admin.display(description=_("gửi lúc"))
    def sent(self) -> str:
        return moment(self.released_at)

    @cached_property
    def data(self) -> dict:
        """The payload as a dict."""
        return json.loads(self.payload)
