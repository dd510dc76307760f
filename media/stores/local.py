"""Files below MEDIA_ROOT."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from media.stores.base import Reached, StorageDown

# Not the disk's fault: what was asked for isn't there, or is no file.
OURS = (FileNotFoundError, FileExistsError, IsADirectoryError, StorageDown)


class LocalStorage(Reached, FileSystemStorage):
    FAULTS = (OSError,)

    def told(self, fault: Exception) -> Exception:
        return fault if isinstance(fault, OURS) else StorageDown(str(fault))

    def probe(self) -> None:
        root = Path(self.location)
        with self.reaching():
            if not root.exists():
                root.mkdir(parents=True)
            self._is_there()
            if not os.access(root, os.W_OK | os.X_OK):
                raise StorageDown(f"{root}: not writable")

    def exists(self, name):
        if os.path.lexists(self.location):  # else nothing has been stored yet
            self._is_there()
        return super().exists(name)

    def delete(self, name):
        self._is_there()  # without its folder a file only seems to be gone
        super().delete(name)

    def _is_there(self) -> None:
        if not os.path.isdir(self.location):
            raise StorageDown(f"{self.location}: no such folder")
