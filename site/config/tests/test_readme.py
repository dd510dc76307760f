"""The README can't rot: commands, settings and accounts that it names exist, and none is missing."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OWN_APPS = {"accounts", "media", "search"}


def test_each_command_of_the_project_is_in_the_readme() -> None:
    own = {
        name
        for name, app in get_commands().items()
        if app in OWN_APPS or str(app).startswith("stories.")
    }
    assert own
    table = README.split("## Commands")[1].split("## Configuration")[0]
    assert own == set(re.findall(r"^\| `(\w+)", table, re.MULTILINE))


def test_each_setting_from_the_environment_is_in_the_readme_and_the_other_way_round() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "site/config/settings").glob("*.py")
    )
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    table = README.split("## Configuration")[1].split("## For real")[0]
    rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    assert read == set(re.findall(r"`([A-Z_]+)`", " ".join(rows)))


def test_make_targets_named_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE))
    assert {"run", "test"} <= named <= targets


def test_site_is_a_plain_folder_beside_the_standard_module() -> None:
    import site

    assert not (ROOT / "site" / "__init__.py").exists()
    assert Path(site.__file__).parent != ROOT / "site"
