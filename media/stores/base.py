"""What both places share: one kind of error, and a look whether the place is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

WORDS = _("Kho tệp đang tạm ngừng. Mời bạn thử lại sau ít phút.")
UNSAVED = _("Kho tệp đang tạm ngừng nên tệp chưa được lưu. Mời bạn thử lại sau ít phút.")


class StorageDown(OSError):
    """Files can't be reached or written now; what was asked for may be asked again later."""


class Reached:
    """Mixin of a storage: its faults become `StorageDown`, but for a file that isn't there."""

    FAULTS: tuple[type[Exception], ...]

    def told(self, fault: Exception) -> Exception:
        """What to raise for one of FAULTS; the same one where it is no fault of the place."""
        raise NotImplementedError

    def probe(self) -> None:
        """Raises StorageDown when files can't be kept now. Cheap: asked before each upload."""
        raise NotImplementedError

    def exposures(self, name: str) -> list[str]:
        """Where the place shows to others, or keeps too long, what it has: words for the
        administrator. `name` is a stored file. Raises StorageDown."""
        return []

    @contextmanager
    def reaching(self) -> Iterator[None]:
        try:
            yield
        except self.FAULTS as fault:
            told = self.told(fault)
            if told is fault:
                raise
            raise told from fault

    def _open(self, name, mode="rb"):
        with self.reaching():
            return super()._open(name, mode)

    def _save(self, name, content):
        try:
            with self.reaching():
                return super()._save(name, content)
        except BaseException:
            with suppress(OSError):  # whatever of it was written: no other file has this name
                self.delete(name)
            raise

    def delete(self, name):
        with self.reaching():
            super().delete(name)

    def exists(self, name):
        with self.reaching():
            return super().exists(name)

    def listdir(self, path):
        with self.reaching():
            return super().listdir(path)

    def size(self, name):
        with self.reaching():
            return super().size(name)

    def get_modified_time(self, name):
        with self.reaching():
            return super().get_modified_time(name)


def refuse_when_down() -> None:
    """For forms, before a file is looked at. Raises ValidationError with code `storage`."""
    try:
        default_storage.probe()
    except StorageDown as error:
        raise ValidationError(UNSAVED, code="storage") from error


@contextmanager
def told_down() -> Iterator[None]:
    """What others made of a StorageDown becomes one again."""
    try:
        yield
    except Exception as error:
        if found_down(error):
            raise StorageDown(str(error)) from error
        raise


def found_down(error: BaseException | None) -> bool:
    """Whether this error, or what caused it, is a storage that is down."""
    while error is not None:
        if isinstance(error, StorageDown):
            return True
        error = error.__cause__
    return False
