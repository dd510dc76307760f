"""feedsmith as a client of ours, in Node.js (see `build`)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
FOLDER = CACHE / "guong-sang" / "feedsmith"


def read(kind: str, content: bytes) -> list[dict]:
    """The entries that feedsmith finds in an "atom", "rss" or "json" feed (see read.mjs).

    Skips the test where it isn't built; fails instead in CI.
    """
    if not (FOLDER / "made-of").exists():
        reason = f"feedsmith is not in {FOLDER}; run {HERE / 'build'}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run(
        ["node", FOLDER / "read.mjs", kind], input=content, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return json.loads(done.stdout)
