from __future__ import annotations

import hashlib
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.releases.models.release import Release

HIDDEN = "/da-xoa/"


def hidden_path(path: str) -> str:
    """What is kept of a purged item's address: enough to know it again, nothing to read."""
    return f"{HIDDEN}{hashlib.sha256(path.encode()).hexdigest()}/"


class ItemQuerySet(models.QuerySet):
    def at(self, *paths: str) -> ItemQuerySet:
        """Those ever released at these addresses, purged ones too."""
        return self.filter(path__in=[*paths, *map(hidden_path, paths)])

    def public(self) -> ItemQuerySet:
        """What anyone may see now, with its payload: every public query starts here."""
        return self.filter(kind__in=Release.PUBLIC).select_related("current")

    def stories(self) -> ItemQuerySet:
        return self.filter(type=Item.Type.STORY)

    def exemplars(self) -> ItemQuerySet:
        return self.filter(type=Item.Type.EXEMPLAR)

    def news(self) -> ItemQuerySet:
        """Without what was back-filled."""
        # For a plain boolean Django writes no comparison, and SQLite then reads and sorts every
        # story instead of walking an index (measured: 10 ms against 0.2 ms at 100,000).
        return self.filter(is_news__in=[True])


class Item(models.Model):
    """A thing once released, and where it stands now: the ledger's newest row about it."""

    class Type(models.TextChoices):
        STORY = "story", _("Bài viết")
        EXEMPLAR = "exemplar", _("Điển hình")
        PICTURE = "picture", _("Ảnh")

    uuid = models.UUIDField(_("mã"), primary_key=True, default=uuid.uuid4)
    type = models.CharField(_("loại"), max_length=10, choices=Type.choices)
    path = models.CharField(_("đường dẫn"), max_length=300, unique=True)
    source_id = models.CharField(_("mã nguồn"), max_length=120, null=True, unique=True)
    is_news = models.BooleanField(
        _("tin mới"), default=True, help_text=_("Bài nhập từ kho cũ không vào nguồn tin Atom.")
    )
    date = models.DateField(_("ngày"), db_index=True)
    current = models.OneToOneField(
        Release,
        verbose_name=_("bản hiện hành"),
        null=True,
        on_delete=models.PROTECT,
        related_name="current_of",
    )
    version = models.PositiveIntegerField(_("phiên bản"), default=0)
    kind = models.CharField(_("hình thức"), max_length=12, choices=Release.Kind.choices)
    first_released_at = models.DateTimeField(_("đăng lần đầu"), null=True)
    purged_at = models.DateTimeField(_("xóa nội dung lúc"), null=True, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("mục đã phát hành")
        verbose_name_plural = _("mục đã phát hành")
        indexes = [
            # `kind` last: passing over what is withdrawn, and counting, read the index alone.
            models.Index(
                fields=["type", "-date", "-first_released_at", "-uuid", "kind"],
                name="item_newest_and_kind",
            ),
            models.Index(
                fields=["type", "is_news", "-date", "-first_released_at", "-uuid"],
                name="item_newest_news",
            ),
            models.Index(fields=["type", "is_news", "-current"], name="item_type_news_current"),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.path}"

    @property
    def is_public(self) -> bool:
        return self.kind in Release.PUBLIC


class Mention(models.Model):
    """A released story tells about an exemplar, or shows a picture."""

    story = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="mentions")
    target = models.UUIDField(_("nhắc tới"), db_index=True)

    class Meta:
        verbose_name = _("lượt nhắc tới")
        verbose_name_plural = _("lượt nhắc tới")
        constraints = [
            models.UniqueConstraint(fields=["story", "target"], name="mention_story_target")
        ]

    def __str__(self) -> str:
        return f"{self.story_id} → {self.target}"
