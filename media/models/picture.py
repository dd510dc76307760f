"""Pictures with what the press needs to know of them (names follow IPTC Photo Metadata)."""

from __future__ import annotations

import io
import uuid
from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.models import ReferenceIndex

from media import press, rendering
from media.fingerprints import parts
from media.intake.pictures import Seen, examine
from media.models.public_file import PublicFile
from media.storing import PictureFileField, RenditionFileField

# Web renditions are WebP, small enough for a slow line. `jpeg720` is for browsers that know no WebP
# (`<picture>`); the press gets a JPEG of its own (clients skip WebP).
RENDITION_SPECS = {
    "thumb": "fill-320x214|format-webp|webpquality-70",
    "w360": "max-360x640|format-webp|webpquality-72",
    "w720": "max-720x1280|format-webp|webpquality-74",
    "w1200": "max-1200x2000|format-webp|webpquality-76",
    "jpeg720": "max-720x1280|format-jpeg|jpegquality-72",
    "press": "max-2400x2400|format-jpeg|jpegquality-88",
}
# Smaller than WebP of the same seen quality by a fifth to a third, and six times as slow to draw:
# drawn ahead (`services.draw_ahead`), never while somebody waits; the pages do without until then.
AVIF_SPECS = {
    "avif360": "max-360x640|format-avif|avifquality-55",
    "avif720": "max-720x1280|format-avif|avifquality-52",
    "avif1200": "max-1200x2000|format-avif|avifquality-49",
}
NOTES = "|notes-"


class Picture(AbstractImage):
    """An original as uploaded. Never public itself: only its released renditions are."""

    file = PictureFileField(
        _("tệp ảnh"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
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
    rights_holder = models.CharField(
        _("chủ sở hữu bản quyền"),
        max_length=200,
        blank=True,
        help_text=_("Người hoặc cơ quan giữ bản quyền, nếu khác tác giả ảnh."),
    )
    taken_on = models.DateField(_("ngày chụp"), null=True, blank=True)
    place = models.CharField(
        _("nơi chụp"),
        max_length=200,
        blank=True,
        help_text=_("Tên xã, phường hoặc sự kiện. Không ghi địa chỉ nhà."),
    )
    has_location = models.BooleanField(_("có vị trí chụp"), default=False, editable=False)
    # The fingerprint's parts (see `media.fingerprints`); empty until it is taken.
    look_0 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    look_1 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    look_2 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    look_3 = models.PositiveIntegerField(null=True, editable=False, db_index=True)

    told_keywords: tuple[str, ...] = ()  # by the file, to become tags with the first save

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
        "rights_holder",
        "taken_on",
        "place",
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

    @property
    def fingerprint(self) -> int | None:
        looks = (self.look_0, self.look_1, self.look_2, self.look_3)
        if None in looks:
            return None
        return sum(part << 16 * at for at, part in enumerate(looks))

    def learn(self, seen: Seen) -> None:
        """Keep what examining the file told of it."""
        self.has_location = seen.told.has_location
        self.look_0, self.look_1, self.look_2, self.look_3 = parts(seen.fingerprint)

    def save(self, *args, **kwargs) -> None:
        """As Wagtail's. Raises PermissionDenied for another file in place of one that is used.

        What was shown to a reviewer must be what is approved: a new file is a new picture.
        A new file is examined (raises Unusable), and doesn't stay when the row doesn't.
        """
        if self.pk and self.is_used:
            stored = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first()
            if stored and stored != self.file.name:
                raise PermissionDenied(_("Ảnh này đang dùng trong bài nên không thay tệp được."))
        if not self.file or self.file._committed:
            super().save(*args, **kwargs)
            return
        self.learn(examine(self.file.file, self.file.name))
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.told_keywords:
                self.tags.add(*self.told_keywords)

    @property
    def default_alt_text(self) -> str:
        return self.alt_text or self.title

    def get_rendition(self, filter):
        """As Wagtail's; the original itself is what its admin screens ask for as `original`."""
        spec = filter if isinstance(filter, str) else filter.spec
        if spec == "original":
            return Rendition(image=self, filter_spec=spec, file=self.file.name, **self._size())
        return super().get_rendition(filter)

    def _size(self) -> dict[str, int]:
        return {"width": self.width, "height": self.height}

    def press_rendition_spec(self, notes: press.Notes) -> str:
        """The spec of the press JPEG with these notes in it."""
        self._notes = {**getattr(self, "_notes", {}), notes.digest: notes}
        return f"{RENDITION_SPECS['press']}{NOTES}{notes.digest}"

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """One decoding for all, one after another: three at a time would need three times the
        memory. Raises OSError when the original is missing."""
        if not filters:
            return {}
        with self.open_file() as file:
            self._master = rendering.master(file, list(filters), self)
        try:
            return {one: self.create_rendition(one) for one in filters}
        finally:
            del self._master

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """A file with a short name and nothing of the original's metadata in it."""
        ready = getattr(self, "_master", None)
        if ready is None:
            with self.open_file() as file:
                ready = rendering.master(source or file, [filter], self)
        made = rendering.DrawnFilter(filter.spec, ready).run(self, io.BytesIO())
        content = made.f.getvalue()
        label = _label(filter.spec)
        if NOTES in filter.spec:
            digest = filter.spec.partition(NOTES)[2]
            content = press.written(content, self._said(digest))
        name = f"{PurePosixPath(self.file.name).stem[:24]}-{label}.{_SUFFIXES[made.format_name]}"
        return File(io.BytesIO(content), name=name)

    def _said(self, digest: str) -> press.Notes:
        try:
            return self._notes[digest]
        except (AttributeError, KeyError):
            raise InvalidFilterSpecError("notes that were not given") from None


_SUFFIXES = {"jpeg": "jpg", "webp": "webp", "png": "png", "avif": "avif", "gif": "gif"}


def _label(spec: str) -> str:
    """What a rendition's file is called after: its name among ours, or its first operation."""
    base = spec.partition(NOTES)[0]
    ours = {spec: name for name, spec in (RENDITION_SPECS | AVIF_SPECS).items()}
    return ours.get(base) or base.partition("|")[0]


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    file = RenditionFileField(
        upload_to=get_rendition_upload_to,
        storage=get_rendition_storage,
        width_field="width",
        height_field="height",
    )

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("bản ảnh")
        verbose_name_plural = _("bản ảnh")
