"""A worker of its own for `test_memory`: takes the files that it is given, one after another, and
prints its peak so far (MiB) after each."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path

import django
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile


def picture(content: bytes, name: str) -> None:
    from wagtail.images.models import Filter

    from media.intake.pictures import examine
    from media.models import Picture
    from media.models.picture import AVIF_SPECS, RENDITION_SPECS
    from media.rendering import DrawnFilter, master

    file = SimpleUploadedFile(name, content)
    seen = examine(file, name)
    shot = Picture(title="Ảnh", collection_id=1, width=seen.width, height=seen.height)
    shot.__dict__["file"] = type("Stored", (), {"name": name})()
    filters = [Filter(spec) for spec in (RENDITION_SPECS | AVIF_SPECS).values()]
    ready = master(file, filters, shot)
    for one in filters:
        DrawnFilter(one.spec, ready).run(shot, io.BytesIO())


def refused(check, content: bytes, name: str) -> None:
    from media.intake.unusable import Unusable

    file = TemporaryUploadedFile(name, "", len(content), None)
    file.write(content)
    try:
        check(file, name)
    except Unusable:
        return
    raise AssertionError(name)


def kept(path: str) -> None:
    """Stored in the bucket that the environment names, and served."""
    from django.core.files.base import File
    from django.http import FileResponse

    from media.stores.bucket import BucketStorage

    store = BucketStorage(**json.loads(os.environ["TEST_BUCKET"]))
    with open(path, "rb") as file:
        name = store.save("documents/to.pdf", File(file))
    response = FileResponse(store.open(name))
    assert sum(map(len, response)) == os.path.getsize(path)
    response.close()


def peak() -> int:
    """MiB. Not `ru_maxrss`, which a process inherits from the one that started it."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024


def main(jobs: list[tuple[str, str]]) -> None:
    django.setup()
    import config.urls  # noqa: F401 - a worker has all of it in memory
    from media.intake import documents, pictures

    for path, task in jobs:
        if task == "keep":
            kept(path)
            sys.stdout.write(f"{peak()}\n")
            continue
        content, name = Path(path).read_bytes(), Path(path).name
        if task == "draw":
            picture(content, name)
        else:
            refused(documents.check if task == "document" else pictures.examine, content, name)
        sys.stdout.write(f"{peak()}\n")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
