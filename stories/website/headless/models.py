"""A draft shown to whoever has the link, on another front end.

```mermaid
stateDiagram-v2
    [*] --> open: an editor of the page asks for a link
    open --> over: its time has run out
    open --> over: the page was released, withdrawn or deleted, or this revision written over
    open --> refused: its maker may not edit the page any more
```
Only `open` is ever looked up; what ends a link is asked anew each time it is used, so there is
nothing to be forgotten. Rows that ended long ago are swept when the next link is made.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class PreviewLink(models.Model):
    """Of exactly one revision: `sha256` is its content's, since Wagtail may write over a revision.

    `version` is the item's in the ledger when the link was made (0 before its first release). The
    address isn't stored: it is signed anew from `pk` and `expires_at` (see `previews`).
    """

    revision = models.ForeignKey(
        Revision, verbose_name=_("bản nháp"), on_delete=models.CASCADE, related_name="+"
    )
    item = models.UUIDField(_("bài"))
    version = models.PositiveIntegerField(_("phiên bản đã phát hành"))
    sha256 = models.CharField(_("mã băm nội dung"), max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người tạo"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    created_at = models.DateTimeField(_("tạo lúc"), default=timezone.now)
    expires_at = models.DateTimeField(_("hết hạn lúc"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("liên kết xem trước")
        verbose_name_plural = _("liên kết xem trước")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.item} ← {self.made_by}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
