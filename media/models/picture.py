"""Pictures with what the press needs to know of them (names follow IPTC Photo Metadata)."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import ReferenceIndex

from media.models.public_file import PublicFile

# Web renditions are WebP, small enough for a slow line; the press gets JPEG (clients skip WebP).
RENDITION_SPECS = {
    "thumb": "fill-320x214|format-webp|webpquality-70",
    "w360": "max-360x640|format-webp|webpquality-72",
    "w720": "max-720x1280|format-webp|webpquality-74",
    "w1200": "max-1200x2000|format-webp|webpquality-76",
    "press": "max-2400x2400|format-jpeg|jpegquality-88",
}


class Picture(AbstractImage):
    """An original as uploaded. Never public itself: only its released renditions are."""

    uuid = models.UUIDField(_("mã"), default=uuid.uuid4, unique=True, editable=False)
    caption = models.CharField(
        _("chú thích"),
        max_length=500,
        blank=True,
        help_text=_("Ai, làm gì, ở đâu, khi nào. Chú thích in dưới ảnh."),
    )
    credit = models.CharField(
        _("tác giả ảnh"),
        max_length=200,
        blank=True,
        help_text=_("Người chụp hoặc nguồn, ví dụ: Ảnh: Thu Hà."),
    )
    alt_text = models.CharField(
        _("mô tả ảnh cho người khiếm thị"),
        max_length=300,
        blank=True,
        help_text=_("Một câu tả điều nhìn thấy trong ảnh, cho người dùng trình đọc màn hình."),
    )
    terms = models.CharField(
        _("điều kiện sử dụng"),
        max_length=300,
        blank=True,
        default="Được dùng kèm bài, ghi rõ tác giả ảnh.",
    )

    no_recognisable_person = models.BooleanField(
        _("không có ai nhận ra được"),
        default=False,
        help_text=_("Đánh dấu khi ảnh không có người, hoặc không nhận ra được ai trong ảnh."),
    )

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "caption",
        "credit",
        "alt_text",
        "terms",
        "no_recognisable_person",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")

    @property
    def is_public(self) -> bool:
        """Whether any file of the picture is released now."""
        return PublicFile.objects.filter(picture=self.uuid).exists()

    @property
    def is_used(self) -> bool:
        """Whether it is public, or any page has it (by Wagtail's reference index)."""
        return self.is_public or ReferenceIndex.get_references_to(self).exists()

    def save(self, *args, **kwargs) -> None:
        """As Wagtail's. Raises PermissionDenied for another file in place of one that is used.

        What was shown to a reviewer must be what is approved: a new file is a new picture.
        """
        if self.pk and self.is_used:
            stored = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first()
            if stored and stored != self.file.name:
                raise PermissionDenied(_("Ảnh này đang dùng trong bài nên không thay tệp được."))
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        return self.alt_text or self.title


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("bản ảnh")
        verbose_name_plural = _("bản ảnh")
