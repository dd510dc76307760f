"""superdesk-core as a client of ours: asked in its own environment (see `build`)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
VENV = Path(os.environ.get("SUPERDESK_VENV") or CACHE / "guong-sang" / "superdesk")


def read(**documents: object) -> dict:
    """What Superdesk's parsers make of these documents (see read.py for the shapes).

    Skips the test where the environment isn't built; fails instead in CI.
    """
    python = VENV / "bin" / "python"
    if not (VENV / "made-of").exists():
        reason = f"superdesk-core is not in {VENV}; run {HERE.relative_to(Path.cwd())}/build"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run(
        [python, HERE / "read.py"],
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        env={"TZ": "UTC", "PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
