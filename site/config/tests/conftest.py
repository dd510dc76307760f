"""For browser tests of many screens: one site that has one of everything (see `walk.samples`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from config.tests.browser import Site, chromium, serve

PREPARE = """
import json
from pathlib import Path
from django.conf import settings
from config.tests.walk.samples import World
from stories import factories
world = World(factories.people())
made = {name: page.pk for name, page in world.pages.items()} | {"emergency": world.emergency.pk}
(Path(settings.VAR_DIR) / "made.json").write_text(json.dumps(made), encoding="utf-8")
"""


@dataclass(frozen=True)
class Sampled:
    """A running site and the numbers of its pages, by their state."""

    site: Site
    made: dict[str, int]

    @property
    def admin(self) -> str:
        return f"{self.site.base}/quan-tri"

    def address(self, path: str) -> str:
        """`path` in the admin, with the names of samples in braces: "/duyet/{waiting}/"."""
        return self.admin + path.format_map(self.made)


@pytest.fixture(scope="session")
def sampled(tmp_path_factory) -> Iterator[Sampled]:
    folder = tmp_path_factory.mktemp("sampled")
    with serve(folder, PREPARE) as running:
        made = json.loads((folder / "made.json").read_text("utf-8"))
        yield Sampled(running, made)


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running
