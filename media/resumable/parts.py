"""The parts on disk: `VAR_DIR/uploads/<user>/<upload>`. Their length is the offset, nothing else.

So the offset is true whatever breaks: what was written counts, what was not doesn't. One writer at
a time holds a part by a lock of the operating system, which ends with its process.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from media.models import Upload

CHUNK = 64 * 1024
ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}


class Busy(Exception):
    """Another request holds the part."""


class Gone(Exception):
    """There is no part any more."""


class Mismatch(Exception):
    """The bytes are not those that the checksum is of; none of them was kept."""


class Part:
    """An open part, held by nobody else."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    @property
    def offset(self) -> int:
        return os.fstat(self.file.fileno()).st_size

    def append(self, source, length: int, checksum: tuple[str, bytes] | None = None) -> int:
        """Write `length` bytes of `source` at the end, or as many as come; the new offset.

        With a checksum (`("sha1", digest)`) all of them or none: raises Mismatch.
        """
        start = self.file.seek(0, os.SEEK_END)
        try:
            found = self._copy(source, length, checksum[0] if checksum else "sha1")
            if checksum and found != checksum[1]:
                raise Mismatch
        except BaseException:
            if checksum:
                self.file.truncate(start)
            raise
        return self.offset

    def _copy(self, source, length: int, algorithm: str) -> bytes:
        digest = ALGORITHMS[algorithm](usedforsecurity=False)
        while length > 0 and (chunk := source.read(min(CHUNK, length))):
            digest.update(chunk)
            length -= len(chunk)
            rest = memoryview(chunk)
            while rest:
                rest = rest[self.file.write(rest) :]
        return digest.digest()


def folder() -> Path:
    return Path(settings.VAR_DIR) / "uploads"


def path(upload: Upload) -> Path:
    return folder() / str(upload.user_id) / str(upload.pk)


def create(upload: Upload) -> None:
    place = path(upload)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.touch(mode=0o600, exist_ok=False)


def remove(upload: Upload) -> None:
    path(upload).unlink(missing_ok=True)


def offset(upload: Upload) -> int:
    """Raises Gone."""
    try:
        return path(upload).stat().st_size
    except FileNotFoundError as error:
        raise Gone from error


@contextmanager
def held(upload: Upload) -> Iterator[Part]:
    """Raises Busy or Gone."""
    try:
        file = path(upload).open("r+b", buffering=0)
    except FileNotFoundError as error:
        raise Gone from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        if not os.fstat(file.fileno()).st_nlink:  # removed between opening and locking
            raise Gone
        yield Part(file)


def stored() -> Iterator[Path]:
    yield from (one for one in folder().glob("*/*") if one.is_file())
