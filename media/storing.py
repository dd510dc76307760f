"""Files and their rows live and end together: no row without a file, no file without a row.

A file is written before its row, so whatever undoes the row must remove the file. Django tells of a
commit, not of a rollback; but on a rollback it drops the callbacks of that transaction, and
`Unconfirmed` is one: dropped without having been called, it removes the file.
"""

from __future__ import annotations

import logging

from django.core.files.storage import Storage
from django.db import models, transaction
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from media.intake import headers, names
from media.intake.pictures import BROKEN, examine
from media.intake.unusable import Unusable
from media.stores.base import StorageDown

logger = logging.getLogger(__name__)


class Unconfirmed:
    """A stored file whose row isn't committed yet."""

    def __init__(self, storage: Storage, name: str) -> None:
        self.storage, self.name, self.confirmed = storage, name, False

    def __call__(self) -> None:
        self.confirmed = True

    def __del__(self) -> None:
        if not self.confirmed:
            remove(self.storage, self.name)


def remove(storage: Storage, name: str) -> None:
    """Remove a file if it is there; a storage that is down leaves it to `media_files`."""
    try:
        storage.delete(name)
    except OSError as error:
        logger.warning("%s was not removed: %s", name, error)


class SafeFile(models.fields.files.FieldFile):
    """Stored under a safe name, and removed when its row is not kept."""

    def save(self, name, content, save=True):
        super().save(names.stored(name), content, save=False)
        transaction.on_commit(Unconfirmed(self.storage, self.name))
        if save:
            self.instance.save()

    save.alters_data = True


class PictureFile(SafeFile, WagtailImageFieldFile):
    """An original: examined before it is stored, whoever stores it."""

    def save(self, name, content, save=True):
        self.instance.learn(examine(content, name))
        super().save(name, content, save)

    save.alters_data = True

    def get_image_dimensions(self) -> tuple[int, int]:
        """Pixels as the picture is to be seen, its EXIF orientation applied."""
        close = self.closed
        try:
            self.open()
            header = headers.read(self)
        except (FileNotFoundError, StorageDown, Unusable):
            raise
        except headers.BROKEN as error:
            raise Unusable(BROKEN, code="broken") from error
        finally:
            if close:
                self.close()
        return header.width, header.height


class RenditionFile(SafeFile, WagtailImageFieldFile):
    pass


class SafeFileField(models.FileField):
    attr_class = SafeFile


class PictureFileField(WagtailImageField):
    attr_class = PictureFile


class RenditionFileField(WagtailImageField):
    attr_class = RenditionFile
