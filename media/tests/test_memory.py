"""A worker stays under 400 MiB, whatever is sent: the largest that is taken, and every bomb."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from PIL import Image
from pillow_heif import register_heif_opener

from media.tests.hostile.documents import DOCUMENTS
from media.tests.hostile.pictures import PICTURES
from media.tests.places import Bucket

register_heif_opener(thumbnails=False)
LIMIT = 400  # MiB
LARGEST = {
    "to.jpg": ("JPEG", (8_160, 6_120), "RGB"),
    "to.png": ("PNG", (8_160, 6_120), "RGBA"),
    "to.webp": ("WEBP", (4_470, 3_350), "RGBA"),
    "to.heic": ("HEIF", (6_300, 4_740), "RGB"),
}
PICTURE_BOMBS = [case for case in PICTURES if "bomb" in case or "endless" in case]
DOCUMENT_BOMBS = [case for case in DOCUMENTS if "bomb" in case]


def peaks(jobs: list[tuple[Path, str]], **variables: str) -> list[int]:
    """MiB that one worker had needed after each of the files."""
    root = settings.BASE_DIR
    given = json.dumps([(str(path), task) for path, task in jobs])
    done = subprocess.run(
        [sys.executable, "-m", "media.tests.memory_worker", given],
        cwd=root,
        env=os.environ
        | {
            "PYTHONPATH": f"{root}:{root / 'site'}",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        | variables,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return list(map(int, done.stdout.split()))


def test_the_largest_picture_of_each_kind_is_examined_and_drawn(tmp_path) -> None:
    for name, (kind, size, mode) in LARGEST.items():
        how = {"method": 0} if kind == "WEBP" else {}
        Image.new(mode, size, (180, 120, 60)).save(tmp_path / name, kind, **how)
    found = peaks([(tmp_path / name, "draw") for name in LARGEST])
    assert max(found) < LIMIT, dict(zip(LARGEST, found, strict=True))


def test_no_bomb_goes_off(tmp_path) -> None:
    jobs = []
    for cases, task in ((PICTURES, "picture"), (DOCUMENTS, "document")):
        for number, case in enumerate(PICTURE_BOMBS if task == "picture" else DOCUMENT_BOMBS):
            name, content, _code = cases[case]
            folder = tmp_path / f"{task}-{number}"
            folder.mkdir()
            (folder / name).write_bytes(content() if callable(content) else content)
            jobs.append((folder / name, task))
    found = peaks(jobs)
    assert len(found) >= 12
    assert max(found) < LIMIT, dict(zip(PICTURE_BOMBS + DOCUMENT_BOMBS, found, strict=True))


def test_the_longest_document_goes_to_a_bucket_and_back(tmp_path, object_server) -> None:
    long = tmp_path / "to.pdf"
    with long.open("wb") as file:
        file.truncate(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    short = tmp_path / "nho.pdf"
    short.write_bytes(b"x")
    options = Bucket(object_server).options
    before, after = peaks([(short, "keep"), (long, "keep")], TEST_BUCKET=json.dumps(options))
    assert after < LIMIT
    assert after - before < 32  # of its 50 MiB
