"""The clients of the integration guide, run as a newsroom's technician runs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from stories.press.guide.pages import CLIENTS, FOLDER

COMMANDS = {"pull.sh": "bash", "pull.py": "python3", "pull.php": "php", "pull.mjs": "node"}
NEEDED = {"pull.sh": ("bash", "curl", "jq"), "pull.php": ("php",), "pull.mjs": ("node",)}
NAMES = tuple(client.name for client in CLIENTS)


def must_be_there(name: str) -> None:
    """Skips the test where what runs the client is not installed; fails instead in CI."""
    for program in NEEDED.get(name, ()):
        if shutil.which(program) is None:
            reason = f"{name} needs {program}: .ci/system-packages installs it"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)


@dataclass(frozen=True)
class RunningClient:
    """One of the clients, with a folder of its own."""

    name: str
    base: str
    key: str
    folder: Path

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [COMMANDS[self.name], str(FOLDER / self.name)],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder.parent),
                "GUONG_SANG_URL": self.base,
                "GUONG_SANG_KEY": self.key,
                "GUONG_SANG_FOLDER": str(self.folder),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self) -> tuple[int, str]:
        """Exit status, and what it said."""
        process = self.start()
        said, _none = process.communicate(timeout=120)
        return process.returncode, said

    def items(self) -> dict[str, dict]:
        """What it holds: item by uuid."""
        files = (self.folder / "items").glob("*.json")
        return {file.stem: json.loads(file.read_bytes()) for file in files}

    def pictures(self) -> dict[str, bytes]:
        files = (self.folder / "pictures").glob("*.jpg")
        return {file.stem: file.read_bytes() for file in files}

    def bytes(self) -> bytes:
        """All that lies in its folder."""
        files = filter(Path.is_file, self.folder.rglob("*"))
        return b"\n".join(file.read_bytes() for file in files)
