"""Writing a kit: the same release and the same copy always give the same bytes.

So a download that broke off goes on where it was, on whichever worker. Times are the release's,
what is packed already (pictures, Word) is stored as it is, and the pictures go from the storage
through to a temporary file, in chunks.
"""

from __future__ import annotations

import hashlib
import json
import logging
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings

from media.selectors import open_at
from stories.pages import slugs
from stories.press.faces import blocks, docx, house, text
from stories.press.kits import manifest
from stories.press.kits.ranges import CHUNK

logger = logging.getLogger(__name__)
IN_MEMORY = 1024 * 1024  # bytes; larger kits are written to the disk
TEXT_LIMIT = 200_000  # bytes of a kit for bad lines
IN_WORD = "jpeg720"  # the rendition that a Word file is light with; the one to print is beside it
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Copy:
    """Whose copy it is. `made_at` is UTC, as in payloads."""

    client: str
    organisation: str
    serial: str
    made_at: str

    @property
    def foot(self) -> str:
        return f"Gói bài số {self.serial}, bản riêng của {self.organisation}."


@dataclass(slots=True)
class Packed:
    """A kit, open; `left_out` are pictures (uuids) whose files weren't there."""

    file: IO[bytes]
    size: int
    sha256: str
    left_out: list[str]


@dataclass(slots=True)
class Archive:
    """A ZIP file in the making, and the list of what is in it."""

    zip: zipfile.ZipFile
    moment: tuple[int, int, int, int, int, int]
    listed: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, chunks: Iterable[bytes], *, deflated=False, **about: object) -> None:
        """One more file; `about` is said of it in the list."""
        entry = zipfile.ZipInfo(name, self.moment)
        entry.create_system, entry.external_attr = 3, 0o644 << 16  # whatever system it is made on
        entry.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self.zip.open(entry, "w") as target:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.listed.append({"name": name, "size": size, "sha256": digest.hexdigest()} | about)


def full(payload: dict, copy: Copy, base: str, withdrawn: Iterable[str]) -> Packed:
    """Word with pictures, text, the pictures to print, manifest. `payload` shows none of those
    `withdrawn`; the manifest says which they were. Raises StorageDown."""
    file = _temporary()
    missing: list[str] = []
    with zipfile.ZipFile(file, "w") as made:
        archive = Archive(made, _moment(payload))
        small = {}
        for number, picture in enumerate(payload["pictures"], 1):
            if _add_picture(archive, number, picture):
                small[picture["uuid"]] = _in_word(picture)
            else:
                missing.append(picture["uuid"])
        there = without(payload, missing)
        found = {uuid: content for uuid, content in small.items() if content is not None}
        _add_word(archive, there, copy, base, found)
        _add_text(archive, text.render(there, base), there, copy)
        _add_manifest(archive, there, copy, base, left_out=[*withdrawn, *missing])
    return _finished(file, missing)


def for_bad_lines(payload: dict, copy: Copy, base: str, withdrawn: Iterable[str]) -> Packed:
    """The same without pictures, in at most TEXT_LIMIT bytes.

    A story too long for that comes without the Word file; if that isn't enough, its text is cut at
    the end of a sentence, and text and manifest say so.
    """
    said = text.render(payload, base)
    # The Word file has the same words again: it isn't written where it can't fit.
    word = len(zlib.compress(said.encode())) < TEXT_LIMIT // 2
    limit = len(said)
    packed = _text_only(payload, copy, base, withdrawn, word=word)
    while packed.size > TEXT_LIMIT and (word or limit > text.SHORTEST):
        if not word:
            limit = max(text.SHORTEST, min(limit * 9 // 10, limit * TEXT_LIMIT // packed.size))
        packed.file.close()
        word = False
        packed = _text_only(payload, copy, base, withdrawn, limit=limit)
    return packed


def _text_only(
    payload: dict,
    copy: Copy,
    base: str,
    withdrawn: Iterable[str],
    *,
    word: bool = False,
    limit: int | None = None,
) -> Packed:
    file = _temporary()
    whole, kept = text.render(payload, base), text.render(payload, base, limit)
    with zipfile.ZipFile(file, "w") as made:
        archive = Archive(made, _moment(payload))
        if word:
            _add_word(archive, payload, copy, base, {})
        _add_text(archive, kept, payload, copy)
        complete = whole == kept
        _add_manifest(archive, payload, copy, base, left_out=list(withdrawn), complete=complete)
    return _finished(file, [])


def without(payload: dict, uuids: Iterable[str]) -> dict:
    """The payload with none of these pictures, nor what was said of them."""
    gone = set(uuids)
    if not gone:
        return payload
    body = [block for block in payload["body"] if block.get("picture") not in gone]
    pictures = [picture for picture in payload["pictures"] if picture["uuid"] not in gone]
    lead = None if payload["lead_picture"] in gone else payload["lead_picture"]
    return payload | {"body": body, "pictures": pictures, "lead_picture": lead}


def _add_picture(archive: Archive, number: int, picture: dict) -> bool:
    """Whether it is there."""
    rendition = house.rendition(picture)
    try:
        source = open_at(rendition["href"] if rendition else "")
    except FileNotFoundError:
        logger.error("No press file of picture %s for a kit", picture["uuid"])
        return False
    with source:
        archive.add(
            f"anh/{number:02}-{_name(picture['title'])}.jpg",
            source.chunks(CHUNK),
            mimetype=house.JPEG,
            picture={key: picture.get(key, "") for key in manifest.OF_PICTURE},
        )
    return True


def _in_word(picture: dict) -> bytes | None:
    """A JPEG of the picture for the Word file; None where there is none."""
    rendition = house.rendition(picture, IN_WORD) or house.rendition(picture)
    try:
        with open_at(rendition["href"] if rendition else "") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _add_word(archive: Archive, payload: dict, copy: Copy, base: str, pictures: dict) -> None:
    content = docx.render(payload, base, pictures, foot=copy.foot)
    archive.add(f"{slug(payload)}.docx", [content], mimetype=docx.MEDIA_TYPE)


def _add_text(archive: Archive, said: str, payload: dict, copy: Copy) -> None:
    content = f"{said}\n\n{copy.foot}\n".encode()
    archive.add(f"{slug(payload)}.txt", [content], deflated=True, mimetype=text.MEDIA_TYPE)


def _add_manifest(archive: Archive, payload: dict, copy: Copy, base: str, **more: Any) -> None:
    document = manifest.document(payload, copy, base, files=list(archive.listed), **more)
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    archive.add("manifest.json", [content], deflated=True)


def _temporary() -> IO[bytes]:
    return SpooledTemporaryFile(IN_MEMORY, dir=settings.FILE_UPLOAD_TEMP_DIR)


def _finished(file: IO[bytes], missing: list[str]) -> Packed:
    size = file.seek(0, 2)
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return Packed(file, size, digest.hexdigest(), missing)


def _moment(payload: dict) -> tuple[int, int, int, int, int, int]:
    return datetime.strptime(payload["released_at"], "%Y-%m-%dT%H:%M:%SZ").timetuple()[:6]


def slug(payload: dict) -> str:
    return _name(blocks.slug(payload))


def _name(title: str) -> str:
    """ASCII, for whatever unpacks it."""
    name = slugs.of_title(title)
    return (name if name.isascii() else "anh")[:NAME_LENGTH].strip("-")
