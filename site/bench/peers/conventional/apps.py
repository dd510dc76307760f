from __future__ import annotations

from django.apps import AppConfig


class ConventionalConfig(AppConfig):
    name = "bench.peers.conventional"
    label = "conventional"
